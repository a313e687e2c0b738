"""A line of text: trimmed, composed, one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.text import one_line
from engine.problems import Unfit
from tests.engine.fields.laws import assert_laws, cell, make, reader, shown, typed

NAME = make("text", max_length=20)

TYPED = [
    ("  Anna  ", "Anna"),
    ("Anna\r\n\tMaria", "Anna Maria"),
    ("Jose\u0301", "José"),
    ("\u202eanna\u202c", "anna"),
    ("an\u200bna\ufeff", "anna"),
    ("x" * 20, "x" * 20),
    ("x" * 21, "! too-long"),
    ("a\x00b", "! text-invalid"),
    ("\ud83d", "! text-invalid"),
    ("e" + "\u0301" * 31, "! text-invalid"),
    ("Ильин 'Ёж' <b>", "Ильин 'Ёж' <b>"),
    ("e\u0301" * 20, "é" * 20),
]

CELLS: list[tuple[Any, Any]] = [
    (7707083893.0, "7707083893"),
    (12, "12"),
    (0.5, "0.5"),
    (dt.datetime(2026, 12, 31), "2026-12-31"),
    (dt.datetime(2026, 12, 31, 9, 30), "2026-12-31 09:30:00"),
    ("  Anna ", "Anna"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str) -> None:
    assert typed(NAME, text) == value


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: object, value: str) -> None:
    assert cell(NAME, content) == value


def test_shown_as_it_is() -> None:
    assert shown(NAME, "Anna") == "Anna"


def test_a_filter_looks_for_any_part() -> None:
    assert NAME.operand("  a very long text that is no allowed value  ", reader("en")) is not None


@given(st.text(max_size=60))
def test_laws(text: str) -> None:
    try:
        value = NAME.accept(text)
    except Unfit:
        return
    assert_laws(NAME, value)
    if value is not None:
        assert value == one_line(value, 20)
        assert "\n" not in value
