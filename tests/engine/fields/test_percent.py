"""A percentage, kept as a fraction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import assert_laws, cell, loaded, make, reader, shown, typed

DISCOUNT = make("percent", min=0, max=1)
RATE = make("percent", scale=6)

TYPED = [
    ("en", "30", "0.3"),
    ("en", "30%", "0.3"),
    ("fi", "30 %", "0.3"),
    ("ru", "12,5\u00a0%", "0.125"),
    ("en", "12.55", "0.1255"),
    ("en", "0.5", "0.005"),
    ("en", "100", "1"),
    ("en", "12.555", "! too-many-decimals"),
    ("en", "101%", "! too-large"),
    ("en", "-1", "! too-small"),
    ("en", "%", "! not-a-number"),
    ("en", "30%%", "! not-a-number"),
]
SHOWN = [("en", "12.5%"), ("ru", "12,5\u00a0%"), ("ro", "12,5\u00a0%"), ("sq", "12,5%"), ("fi", "12,5\u00a0%")]
CELLS: list[tuple[Any, str]] = [
    (30, "0.3"),
    (30.0, "0.3"),
    (1, "0.01"),
    (0, "0"),
    (0.3, "! percent-or-fraction"),
    ("0,3", "! percent-or-fraction"),
    ("0,3 %", "0.003"),
    ("30", "0.3"),
    ("30 %", "0.3"),
    (Decimal("0.3"), "0.3"),
    (True, "! value-wrong-kind"),
]


def same(found: Any, expected: str) -> bool:
    return bool(found == (expected if expected.startswith("!") else Decimal(expected)))


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert same(typed(DISCOUNT, text, language), value)


@pytest.mark.parametrize(("language", "text"), SHOWN)
def test_shown(language: str, text: str) -> None:
    assert shown(DISCOUNT, Decimal("0.1250"), language) == text


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: str) -> None:
    assert same(cell(DISCOUNT, content, "ru"), value)


def test_json_carries_the_fraction() -> None:
    assert loaded(DISCOUNT, "0.3") == Decimal("0.3")
    assert DISCOUNT.dump(DISCOUNT.accept(Decimal("0.3"))) == "0.3000"


def test_the_form_shows_the_number_before_the_sign() -> None:
    assert (DISCOUNT.entry(Decimal("0.1250"), reader("ru")), DISCOUNT.unit_in("ru")) == ("12,5", "%")


@given(st.decimals(-100, 100, places=6))
def test_laws(value: Decimal) -> None:
    assert_laws(RATE, RATE.accept(value))
