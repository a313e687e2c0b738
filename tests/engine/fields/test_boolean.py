"""Yes or no."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.fields.laws import assert_laws, cell, loaded, make, shown, typed

PAID = make("boolean")

YES = ["yes", "Y", "TRUE", "on", "1", "x", "✓", "да", "Da", "po", "Kyllä"]
NO = ["no", "n", "False", "off", "0", "-", "нет", "nu", "jo", "ei", ""]


@pytest.mark.parametrize(("word", "value"), [*((word, True) for word in YES), *((word, False) for word in NO)])
def test_typed(word: str, value: bool) -> None:
    assert typed(PAID, word) is value


def test_other_words_are_refused() -> None:
    assert typed(PAID, "perhaps") == "! not-yes-or-no"


@pytest.mark.parametrize(
    ("content", "value"), [(True, True), (1.0, True), (0, False), ("нет", False), (2, "! not-yes-or-no")]
)
def test_cells(content: Any, value: Any) -> None:
    assert cell(PAID, content) == value


@pytest.mark.parametrize(
    ("json", "value"), [("true", True), ("false", False), (None, False), (1, "! value-wrong-kind")]
)
def test_loaded(json: Any, value: Any) -> None:
    assert loaded(PAID, json) == value


@pytest.mark.parametrize(("default", "value"), [(None, False), (True, True), ("true", True)])
def test_a_new_record(default: Any, value: bool) -> None:
    assert make("boolean", default=default).initial() is value


@pytest.mark.parametrize(("value", "text"), [(True, "✓"), (False, "")])
def test_shown(value: bool, text: str) -> None:
    assert shown(PAID, value) == text


def test_laws() -> None:
    assert_laws(PAID, True)
    assert_laws(PAID, False)
