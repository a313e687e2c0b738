"""A time of day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import LOCALES, assert_laws, cell, loaded, make, shown, typed

TIME = make("time")

TYPED = [
    ("en", "13:30", "13:30:00"),
    ("fi", "9.05", "09:05:00"),
    ("en", "9", "09:00:00"),
    ("en", "13:30:15", "13:30:15"),
    ("en", "2:30 pm", "14:30:00"),
    ("en", "12 am", "00:00:00"),
    ("sq", "12:15 p.m.", "12:15:00"),
    ("en", "24:00", "! not-a-time"),
    ("en", "13:60", "! not-a-time"),
    ("en", "13 pm", "! not-a-time"),
    ("en", "0 am", "! not-a-time"),
    ("en", "1:5", "! not-a-time"),
    ("en", "noon", "! not-a-time"),
]
CELLS: list[tuple[Any, str]] = [
    (dt.time(9, 30), "09:30:00"),
    (dt.timedelta(hours=9, minutes=30), "09:30:00"),
    (dt.datetime(1899, 12, 30, 9, 30), "09:30:00"),
    (dt.timedelta(hours=30), "! not-a-time"),
    (dt.timedelta(hours=-1), "! not-a-time"),
    (dt.datetime(2026, 1, 1, 9, 30), "! not-a-time"),
    ("9:30", "09:30:00"),
    (0.5, "! not-a-time"),
]


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert str(typed(TIME, text, language)) == value


@pytest.mark.parametrize(("language", "text"), [("en", "09:05"), ("ru", "09:05"), ("sq", "09:05"), ("fi", "09.05")])
def test_shown(language: str, text: str) -> None:
    assert shown(TIME, dt.time(9, 5), language) == text


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: str) -> None:
    assert str(cell(TIME, content)) == value


@pytest.mark.parametrize(
    ("json", "value"),
    [
        ("09:30", "09:30:00"),
        ("9.30", "! not-a-time"),
        (930, "! value-wrong-kind"),
        ("09:30+02:00", "! not-a-time"),
    ],
)
def test_loaded(json: Any, value: str) -> None:
    assert str(loaded(TIME, json)) == value


@given(st.times())
def test_laws(value: dt.time) -> None:
    accepted = TIME.accept(value)
    assert_laws(TIME, accepted)
    for locale in LOCALES:
        assert TIME.parse(TIME.formatter(locale)(accepted), locale) == accepted
