"""An exact decimal number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import LOCALES, assert_laws, cell, faults, loaded, make, shown, typed

WEIGHT = make("decimal", scale=3, unit="kg")

TYPED: list[tuple[str, str, Any]] = [
    ("ru", "1 234,5", "1234.5"),
    ("fi", "1\u00a0234,5", "1234.5"),
    ("en", "1,234.5", "1234.5"),
    ("ro", "1.234,5", "1234.5"),
    ("sq", "1 234,5", "1234.5"),
    ("ru", "1,234.5", "1234.5"),
    ("en", "1.234,5", "1234.5"),
    ("en", "1'234.5", "1234.5"),
    ("en", "1,234", "1234"),
    ("ru", "1,234", "1.234"),
    ("ru", "1.234", "1.234"),
    ("ro", "1.234", "1234"),
    ("en", "0,234", "0.234"),
    ("en", ".5", "0.5"),
    ("en", "5.", "5"),
    ("en", "- 5", "-5"),
    ("en", "+5", "5"),
    ("en", "-0", "0"),
    ("en", "1,23,456", "! not-a-number"),
    ("en", "1.234,567.8", "! not-a-number"),
    ("en", "1,234,5", "! not-a-number"),
    ("en", "12 34", "! not-a-number"),
    ("en", ".", "! not-a-number"),
    ("en", "5e3", "! not-a-number"),
    ("en", "1.2345", "! too-many-decimals"),
    ("en", "1000000000000", "! too-large"),
]
LOADED: list[tuple[Any, Any]] = [
    ("1.5", "1.5"),
    ("-1.50000", "-1.5"),
    (7, "7"),
    ("1,5", "! not-a-number"),
    ("1_0", "! not-a-number"),
    ("NaN", "! not-a-number"),
    ("1e5", "! not-a-number"),
    (" 1", "! not-a-number"),
    (1.5, "! value-wrong-kind"),
    (False, "! value-wrong-kind"),
    (10**30, "! too-large"),
]
ACCEPTED: list[tuple[Any, Any]] = [
    (Decimal("1.50000"), "1.5"),
    (Decimal("-0.000"), "0"),
    (Decimal("Infinity"), "! value-wrong-kind"),
    (Decimal("sNaN"), "! value-wrong-kind"),
    (Decimal("1e999999"), "! too-large"),
    (Decimal("1e-999999"), "! too-many-decimals"),
]
CELLS: list[tuple[Any, Any]] = [
    (0.1 + 0.2, "0.3"),
    (261.96, "261.96"),
    (12, "12"),
    ("1 234,5", "1234.5"),
    (1 / 3, "! too-many-decimals"),
    (True, "! value-wrong-kind"),
    (float("inf"), "! value-wrong-kind"),
]


def same(found: Any, expected: str) -> bool:
    return bool(found == (expected if expected.startswith("!") else Decimal(expected)))


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert same(typed(WEIGHT, text, language), value)


@pytest.mark.parametrize(("json", "value"), LOADED)
def test_loaded(json: Any, value: str) -> None:
    assert same(loaded(WEIGHT, json), value)


@pytest.mark.parametrize(("given_value", "value"), ACCEPTED)
def test_accepted(given_value: Any, value: str) -> None:
    assert same(loaded(WEIGHT, given_value), value)


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: str) -> None:
    assert same(cell(WEIGHT, content, "ru"), value)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234.5"), ("ru", "1\u00a0234,5"), ("ro", "1.234,5"), ("sq", "1\u00a0234,5")]
)
def test_shown(language: str, text: str) -> None:
    assert shown(WEIGHT, Decimal("1234.500"), language) == text


def test_what_is_shown_can_be_typed() -> None:
    value = Decimal("-1234567.891")
    assert {WEIGHT.parse(shown(WEIGHT, value, locale.language), locale) for locale in LOCALES} == {value}


def test_json_is_text_with_all_places() -> None:
    assert WEIGHT.dump(WEIGHT.accept(Decimal("0.1"))) == "0.100"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"min": "2", "max": "1"}, [("min", "range-reversed")]),
        ({"max": "1e14"}, [("max", "number-too-large")]),
        ({"default": "1.234"}, [("default", "too-many-decimals")]),
    ],
)
def test_faults(keys: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(make("decimal", **keys)) == found


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=3))
def test_laws(value: Decimal) -> None:
    assert_laws(WEIGHT, WEIGHT.accept(value))


@given(st.integers(0, 10), st.integers(-(10**15) + 1, 10**15 - 1))
def test_laws_at_every_scale(scale: int, units: int) -> None:
    field = make("decimal", scale=scale)
    assert_laws(field, field.accept(Decimal(units).scaleb(-scale)))
