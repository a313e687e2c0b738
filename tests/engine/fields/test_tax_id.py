"""A tax or registration number."""

from __future__ import annotations

from typing import Any

import pytest

from engine.fields import Defaults
from engine.fields.tax_id import _USUAL, TaxIdField, _modules, numbers_of
from tests.engine.fields.laws import assert_laws, cell, faults, make, reader, shown, typed

NUMBERS: list[tuple[str, str | None, str, str, str]] = [
    ("FI", None, "2077474-0", "20774740", "2077474-0"),
    ("RU", None, "7707083893", "7707083893", "7707083893"),
    ("RU", "inn", "500100732259", "500100732259", "500100732259"),
    ("RU", "ogrn", "1022200525819", "1022200525819", "1022200525819"),
    ("MD", None, "1008600038413", "1008600038413", "1008600038413"),
    ("RO", None, "RO 185 472 90", "18547290", "18547290"),
    ("RO", None, "1630615123457", "1630615123457", "1630615123457"),
    ("AL", None, "J 91402501 L", "J91402501L", "J91402501L"),
    ("EU", None, "FI 20774740", "FI20774740", "FI20774740"),
    ("US", None, "91-1144442", "911144442", "91-1144442"),
    ("FR", None, "552 008 443", "552008443", "552 008 443"),
    ("DE", None, "DE 136,695 976", "136695976", "136695976"),
    ("IS", None, "00621", "00621", "00621"),
    ("KZ", None, "123 456-789 012", "123456789012", "123456789012"),
]
REFUSED = [
    ("FI", "2077474-1", "! tax-id-digits"),
    ("FI", "207747", "! not-a-tax-id"),
    ("RU", "7707083894", "! tax-id-digits"),
    ("RU", "77070838930", "! not-a-tax-id"),
    ("MD", "abc", "! not-a-tax-id"),
    ("KZ", "12", "! not-a-tax-id"),
    ("KZ", "1" * 21, "! not-a-tax-id"),
    ("KZ", "<b>bold</b>", "! not-a-tax-id"),
]


@pytest.mark.parametrize(("country", "number", "text", "value", "seen"), NUMBERS)
def test_numbers(country: str, number: str | None, text: str, value: str, seen: str) -> None:
    field = make("tax_id", country=country, number=number)
    assert typed(field, text) == value
    assert shown(field, value) == seen
    assert_laws(field, value)


@pytest.mark.parametrize(("country", "text", "code"), REFUSED)
def test_refused(country: str, text: str, code: str) -> None:
    assert typed(make("tax_id", country=country), text) == code


def test_the_country_comes_from_the_configuration() -> None:
    field = TaxIdField(type="tax_id").completed(Defaults(country="MD"))
    assert (field.country, field.completed(Defaults())) == ("MD", field)


def test_a_spreadsheet_has_it_as_a_number() -> None:
    assert cell(make("tax_id", country="RU"), 7707083893.0) == "7707083893"


def test_found_with_and_without_dashes() -> None:
    field = make("tax_id")
    assert field.search_text("20774740") == "20774740 2077474-0"
    assert field.operand("2077 474-0", reader("fi")) == "20774740"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"country": "RU", "number": "ogrn"}, []),
        ({"country": "EU"}, []),
        ({"country": "KZ"}, []),
        ({"country": "XX"}, [("country", "country-unknown")]),
        ({"country": "RU", "number": "inm"}, [("number", "tax-number-unknown")]),
        ({"country": "KZ", "number": "bin"}, [("number", "tax-number-unknown")]),
    ],
)
def test_faults(keys: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(make("tax_id", **keys)) == found


@pytest.mark.parametrize("country", sorted(_USUAL))
def test_the_usual_numbers_exist(country: str) -> None:
    assert set(_USUAL[country]) <= set(numbers_of(country))


@pytest.mark.parametrize(
    "country", ["FI", "RU", "MD", "RO", "AL", "EU", "EE", "LV", "LT", "PL", "UA", "SE", "NO", "IN", "IS", "TR", "RS"]
)
def test_there_is_a_check(country: str) -> None:
    assert all(hasattr(module, "validate") for module in _modules(country, None))
    assert _modules(country, None)
