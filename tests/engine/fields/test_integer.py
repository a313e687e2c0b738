"""A whole number."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import assert_laws, cell, faults, loaded, make, shown, typed

NUMBER = make("integer")
PIECES = make("integer", min=0, max=100, unit={"en": "pcs", "ru": "шт."})

TYPED: list[tuple[str, str, Any]] = [
    ("en", "42", 42),
    ("en", "1,234", 1234),
    ("en", "1,234,567", 1234567),
    ("ru", "1 234", 1234),
    ("ru", "1\u00a0234\u202f567", 1234567),
    ("ro", "1.234", 1234),
    ("fi", "\u221212", -12),
    ("fi", "12,0", 12),
    ("en", "1.5", "! not-an-integer"),
    ("en", "1 2", "! not-a-number"),
    ("en", "twelve", "! not-a-number"),
    ("en", "999999999999999", 999999999999999),
    ("en", "1000000000000000", "! too-large"),
]
LOADED: list[tuple[Any, Any]] = [
    ("12", 12),
    ("-12", -12),
    ("012", 12),
    ("1_000", "! not-an-integer"),
    (" 1", "! not-an-integer"),
    ("١", "! not-an-integer"),
    ("1.0", "! not-an-integer"),
    (1.0, "! value-wrong-kind"),
    (True, "! value-wrong-kind"),
    (10**4000, "! too-large"),
]
CELLS: list[tuple[Any, Any]] = [
    (12.0, 12),
    ("1 234", 1234),
    (12.5, "! not-an-integer"),
    (1e300, "! too-long"),
    (True, "! not-a-number"),
]


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: Any) -> None:
    assert typed(NUMBER, text, language) == value


@pytest.mark.parametrize(("json", "value"), LOADED)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(NUMBER, json) == value


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: Any) -> None:
    assert cell(NUMBER, content) == value


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "\u22121,234"), ("ru", "\u22121\u00a0234"), ("ro", "\u22121.234"), ("fi", "\u22121\u00a0234")],
)
def test_shown(language: str, text: str) -> None:
    assert shown(NUMBER, -1234, language) == text


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("100", 100), ("-1", "! too-small"), ("101", "! too-large")])
def test_bounds(text: str, value: Any) -> None:
    assert typed(PIECES, text) == value


def test_unit() -> None:
    assert (PIECES.unit_in("ru"), NUMBER.unit_in("ru")) == ("шт.", "")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"min": 5, "max": 1}, [("min", "range-reversed")]),
        ({"max": 10**15}, [("max", "number-too-large")]),
        ({"default": "x"}, [("default", "not-an-integer")]),
        ({"min": 1, "default": 0}, [("default", "too-small")]),
    ],
)
def test_faults(keys: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert faults(make("integer", **keys)) == found


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_laws(value: int) -> None:
    assert_laws(NUMBER, value)
