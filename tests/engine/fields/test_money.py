"""An amount of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.column import Column
from engine.fields.locale import locale_for
from engine.fields.money import MoneyField
from tests.engine.fields.laws import assert_laws, faults, make, shown, typed

PRICE = make("money")

TYPED = [
    ("fi", "1 234,5", "1234.50"),
    ("fi", "12,00 €", "12.00"),
    ("en", "€1,234.50", "1234.50"),
    ("en", "EUR 5", "5.00"),
    ("en", "-€5", "! not-a-number"),
    ("en", "$5", "! not-a-number"),
    ("en", "0.005", "! too-many-decimals"),
]


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    found = typed(PRICE, text, language)
    assert str(found) == value


@pytest.mark.parametrize(("language", "text"), [("en", "1,234.50"), ("fi", "1\u00a0234,50"), ("ro", "1.234,50")])
def test_shown_with_all_places(language: str, text: str) -> None:
    assert shown(PRICE, Decimal("1234.50"), language) == text


@pytest.mark.parametrize(
    ("keys", "places", "currency"),
    [
        ({}, 2, "EUR"),
        ({"currency": "JPY"}, 0, "JPY"),
        ({"currency": "KWD"}, 3, "KWD"),
        ({"currency": "USD", "scale": 4}, 4, "USD"),
        ({"currency": "order_currency"}, 4, None),
        ({"currency": "order.currency"}, 4, None),
    ],
)
def test_the_currency_gives_the_places(keys: dict[str, Any], places: int, currency: str | None) -> None:
    field = make("money", **keys)
    assert isinstance(field, MoneyField)
    assert (field.places, field.fixed_currency) == (places, currency)
    column = field.column()
    assert isinstance(column, Column)
    assert (column.kind, column.scale) == ("decimal", places)


@pytest.mark.parametrize(
    ("currency", "language", "sign"), [("EUR", "fi", "€"), ("RUB", "ru", "₽"), ("other", "en", "")]
)
def test_the_sign_stands_behind_the_input(currency: str, language: str, sign: str) -> None:
    assert make("money", currency=currency).unit_in(language) == sign


@pytest.mark.parametrize(("value", "shown"), [("1234.5", "1,234.50"), ("0.125", "0.1250"), ("-3", "\u22123.00")])
def test_an_amount_in_any_currency_shows_the_places_it_needs(value: str, shown: str) -> None:
    field = make("money", currency="order_currency")
    english = locale_for("en")
    assert field.formatter(english)(Decimal(value)) == shown
    assert field.parse(field.entry(Decimal(value), english), english) == Decimal(value)


def test_an_unknown_currency_is_a_fault() -> None:
    assert faults(make("money", currency="EURO")) == [("currency", "currency-unknown")]


@given(st.decimals(-(10**13) + 1, 10**13 - 1, places=2), st.sampled_from(["EUR", "RUB", "MDL", "ALL", "USD", "RON"]))
def test_laws(value: Decimal, currency: str) -> None:
    field = make("money", currency=currency, scale=2)
    assert_laws(field, field.accept(value))
