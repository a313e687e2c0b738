"""The folded form in which texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.storage.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ivanov", "ivanov"),
        ("ИВАНОВ", "иванов"),
        ("Ёлкин", "елкин"),
        ("Йод", "йод"),
        ("Șef", "sef"),
        ("Ştefan", "stefan"),
        ("Çelë", "cele"),
        ("Ääkkönen", "aakkonen"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Īśvara", "isvara"),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="абвёйЁЙșțëäöåABCxyz "))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())
