"""A stretch of time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.duration import _MORE_WORDS, LIMIT, unit_words
from tests.engine.fields.laws import LOCALES, assert_laws, cell, loaded, make, shown, typed

SPENT = make("duration")

TYPED: list[tuple[str, Any]] = [
    ("1:30", 5400),
    ("0:00:15", 15),
    ("-1:30", -5400),
    ("125:00", 450_000),
    ("90 min", 5400),
    ("90min.", 5400),
    ("2 h 15 min", 8100),
    ("2h15m30s", 8130),
    ("1.5 h", 5400),
    ("1,5 h", 5400),
    ("2 ч 15 мин", 8100),
    ("2 часа", 7200),
    ("2 ore 5 minute", 7500),
    ("1 orë", 3600),
    ("2 tuntia", 7200),
    ("1 t 5 min", 3900),
    ("3 days", 259_200),
    ("1 000 min", 60_000),
    ("−2 h", -7200),
    ("90", "! not-a-duration"),
    ("1:60", "! not-a-duration"),
    ("1 h 2 h", "! not-a-duration"),
    ("h", "! not-a-duration"),
    ("2 parsecs", "! not-a-duration"),
    ("-", "! not-a-duration"),
    ("٣ h", "! not-a-duration"),
    ("9999999:00", "! too-large"),
]
CELLS: list[tuple[Any, Any]] = [
    (dt.timedelta(hours=30), 108_000),
    (dt.time(1, 30), 5400),
    ("1:30", 5400),
    (0.0625, "! not-a-duration"),
]
LOADED: list[tuple[Any, Any]] = [
    (90, 90),
    ("5400", 5400),
    ("1:30", 5400),
    ("90 min", "! not-a-duration"),
    (1.5, "! value-wrong-kind"),
    (True, "! value-wrong-kind"),
    (10**30, "! too-large"),
    (dt.timedelta.max, "! too-large"),
]


def seconds(found: Any) -> Any:
    return found if isinstance(found, str) else found.total_seconds()


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_typed(text: str, value: Any) -> None:
    assert {seconds(typed(SPENT, text, locale.language)) for locale in LOCALES} == {value}


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: Any) -> None:
    assert seconds(cell(SPENT, content)) == value


@pytest.mark.parametrize(("json", "value"), LOADED)
def test_loaded(json: Any, value: Any) -> None:
    assert seconds(loaded(SPENT, json)) == value


@pytest.mark.parametrize(("value", "text"), [(5400, "1:30"), (15, "0:00:15"), (-60, "\u22120:01"), (360_000, "100:00")])
def test_shown(value: int, text: str) -> None:
    assert shown(SPENT, dt.timedelta(seconds=value)) == text


def test_no_word_means_two_units() -> None:
    words = [word for listed in _MORE_WORDS.values() for word in set(listed.split())]
    assert len(words) == len(set(words))
    assert {unit_words()[word] for word in _MORE_WORDS["hour"].split()} == {3600}
    assert {unit_words()[word] for word in _MORE_WORDS["minute"].split()} == {60}
    assert "" not in unit_words()


@given(st.integers(-LIMIT, LIMIT))
def test_laws(value: int) -> None:
    assert_laws(SPENT, dt.timedelta(seconds=value))
