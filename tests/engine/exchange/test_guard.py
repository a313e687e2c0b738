"""Texts that look like formulas, on their way through a CSV file and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.exchange.guard import guarded, unguarded

FORMULAS = (
    *("=1+1", "+cmd", "-2+3", "@SUM(A1)", "%x", "|cmd", "\t=1", "\r=1", " =1", "\u00a0=1", "'=1", "''=1", "'\t"),
    *('=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "-1:30", "+1-2", "+358401234567;ext=12"),
)
HARMLESS = ("", "a", "'", "'a", "1", "-1", "+1", "-1.50", "12%", "-12.5%", "+358 40 123", "x=1", "Ёлка", "🙂")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_anything_else_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@|% \t\r\n0a.\u00a0")) | st.text())
def test_what_was_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
