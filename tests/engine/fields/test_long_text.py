"""Text of several lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import Unfit
from tests.engine.fields.laws import assert_laws, make, typed

NOTES = make("long_text", max_length=50)

TYPED = [
    ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
    ("a\tb", "a\tb"),
    ("  \n ", None),
    ("x" * 51, "! too-long"),
    ("\x07", "! text-invalid"),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: str | None) -> None:
    assert typed(NOTES, text) == value


def test_lists_do_not_sort_by_it() -> None:
    assert (NOTES.sortable, NOTES.searched) == (False, True)


@given(st.text(max_size=60))
def test_laws(text: str) -> None:
    try:
        value = NOTES.accept(text)
    except Unfit:
        return
    assert_laws(NOTES, value)
