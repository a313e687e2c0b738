"""A number of stars."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.fields.laws import LOCALES, assert_laws, cell, loaded, make, shown, typed

RATING = make("rating")


@pytest.mark.parametrize(
    ("text", "value"), [("3", 3), ("★★☆☆☆", 2), ("0", "! too-small"), ("6", "! too-large"), ("2.5", "! not-an-integer")]
)
def test_typed(text: str, value: Any) -> None:
    assert typed(RATING, text) == value


@pytest.mark.parametrize(("json", "value"), [(4, 4), ("4", 4), (4.0, "! value-wrong-kind")])
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(RATING, json) == value


def test_shown_as_stars() -> None:
    assert (shown(RATING, 3), shown(make("rating", max=3), 3), cell(RATING, 4.0)) == ("★★★☆☆", "★★★", 4)


def test_laws() -> None:
    for value in range(1, 6):
        assert_laws(RATING, value)
        assert {RATING.parse(shown(RATING, value), locale) for locale in LOCALES} == {value}
