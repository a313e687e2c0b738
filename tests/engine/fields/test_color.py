"""A colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import assert_laws, make, typed

COLOR = make("color")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("#2A62B8", "#2a62b8"),
        ("2a62b8", "#2a62b8"),
        ("#abc", "#aabbcc"),
        ("red", "! not-a-color"),
        ("#12345", "! not-a-color"),
        ("#12345678", "! not-a-color"),
        ("#12345g", "! not-a-color"),
        ("url(x)", "! not-a-color"),
    ],
)
def test_typed(text: str, value: str) -> None:
    assert typed(COLOR, text) == value


@given(st.integers(0, 0xFFFFFF))
def test_laws(value: int) -> None:
    assert_laws(COLOR, f"#{value:06x}")
