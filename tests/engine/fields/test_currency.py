"""A currency by its code."""

from __future__ import annotations

import pytest

from engine.fields.currency import CurrencyField, currencies_in_use
from tests.engine.fields.laws import assert_laws, faults, loaded, make, reader, typed

CURRENCY = make("currency")
TWO = make("currency", options=["EUR", "USD"])

TYPED = [
    ("en", "eur", "EUR"),
    ("en", "€", "EUR"),
    ("en", "euro", "EUR"),
    ("ru", "евро", "EUR"),
    ("ru", "₽", "RUB"),
    ("fi", "FIM", "FIM"),
    ("en", "XXQ", "! choice-unknown"),
    ("en", "money", "! choice-unknown"),
]


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert typed(CURRENCY, text, language) == value


@pytest.mark.parametrize(("code", "value"), [("EUR", "EUR"), ("SEK", "! choice-unknown"), ("eur", "! choice-unknown")])
def test_options_limit_it(code: str, value: str) -> None:
    assert loaded(TWO, code) == value


def test_a_form_offers_codes_with_names() -> None:
    assert isinstance(TWO, CurrencyField)
    assert TWO.choices(reader("ru")) == (("EUR", "евро"), ("USD", "доллар США"))
    assert isinstance(CURRENCY, CurrencyField)
    assert CURRENCY.codes == currencies_in_use()
    assert {"EUR", "RUB", "MDL", "RON", "ALL"} <= set(CURRENCY.codes)
    assert "FIM" not in CURRENCY.codes


def test_faults() -> None:
    assert faults(make("currency", options=["EUR", "EUX"])) == [("options", "currency-unknown")]


def test_laws() -> None:
    for code in currencies_in_use():
        assert_laws(CURRENCY, code)
