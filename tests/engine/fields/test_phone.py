"""A telephone number."""

from __future__ import annotations

import phonenumbers
import pytest

from engine.fields import Defaults
from engine.fields.phone import PhoneField
from tests.engine.fields.laws import assert_laws, cell, faults, loaded, make, reader, shown, typed

PHONE = make("phone")
MOLDOVAN = make("phone", country="MD")

TYPED = [
    ("040 123 4567", "+358401234567"),
    ("040-1234567", "+358401234567"),
    ("(040) 123 45 67", "+358401234567"),
    ("+358 40 1234567", "+358401234567"),
    ("00358401234567", "+358401234567"),
    ("tel:+358-40-1234567", "+358401234567"),
    ("+358401234567", "+358401234567"),
    ("040 1234567 ext. 12", "+358401234567;ext=12"),
    ("+373 22 123456", "+37322123456"),
    ("+7 (916) 123-45-67", "+79161234567"),
    ("٠٤٠١٢٣٤٥٦٧", "+358401234567"),
    ("123", "! not-a-phone"),
    ("040", "! not-a-phone"),
    ("call me", "! not-a-phone"),
    ("+999 123 456 789", "! not-a-phone"),
    ("0" * 60, "! not-a-phone"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str) -> None:
    assert typed(PHONE, text) == value


def test_the_country_decides_how_short_forms_are_read() -> None:
    assert typed(MOLDOVAN, "069 123 456") == "+37369123456"
    assert cell(make("phone", country="RU"), 89161234567.0) == "+79161234567"


def test_the_country_comes_from_the_configuration() -> None:
    field = PhoneField(type="phone").completed(Defaults(country="AL"))
    assert (field.country, field.completed(Defaults(country="RO"))) == ("AL", field)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("+358401234567", "+358 40 1234567"),
        ("+37322123456", "+373 22 123 456"),
        ("+358401234567;ext=12", "+358 40 1234567 ext. 12"),
    ],
)
def test_shown(value: str, text: str) -> None:
    assert shown(PHONE, value, "ru") == text


def test_an_old_value_is_shown_as_it_is() -> None:
    assert shown(PHONE, "unknown") == "unknown"


def test_found_by_the_national_form() -> None:
    assert PHONE.search_text("+358401234567") == "+358401234567 0401234567"
    assert PHONE.operand("(040) 123-45", reader("fi")) == "04012345"


@pytest.mark.parametrize(("country", "found"), [("FI", []), ("XX", [("country", "country-unknown")])])
def test_faults(country: str, found: list[tuple[str, str]]) -> None:
    assert faults(make("phone", country=country)) == found


def test_json_may_have_any_spelling() -> None:
    assert loaded(PHONE, "040 1234567") == "+358401234567"


@pytest.mark.parametrize("country", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_laws(country: str) -> None:
    example = phonenumbers.example_number(country)
    if example:
        national = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        value = make("phone", country=country).parse(national, reader("en"))
        assert value == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        assert_laws(PHONE, value)
