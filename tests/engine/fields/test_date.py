"""A calendar day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.fields.laws import LOCALES, assert_laws, cell, loaded, make, shown, typed

DAY = make("date")

TYPED = [
    ("ru", "31.12.2026", "2026-12-31"),
    ("en", "31/12/2026", "2026-12-31"),
    ("en", "2026-12-31", "2026-12-31"),
    ("fi", "1.2.2026", "2026-02-01"),
    ("sq", "1.2.26", "2026-02-01"),
    ("ro", "01-02-2026", "2026-02-01"),
    ("en", "1 2 2026", "2026-02-01"),
    ("en", "3/4/2026", "2026-04-03"),
    ("en", "2026-12-31 00:00:00", "2026-12-31"),
    ("en", "2026-12-31T00:00:00.000Z", "2026-12-31"),
    ("en", "31/12/99", "1999-12-31"),
    ("en", "2026-12-31 10:00", "! not-a-date"),
    ("en", "31/12.2026", "! not-a-date"),
    ("en", "31/13/2026", "! not-a-date"),
    ("en", "30/2/2026", "! not-a-date"),
    ("en", "31/12/026", "! not-a-date"),
    ("en", "0000-01-01", "! not-a-date"),
    ("en", "tomorrow", "! not-a-date"),
    ("ru", "٣١.١٢.٢٠٢٦", "! not-a-date"),
]
SHOWN = [("en", "01/02/2026"), ("ru", "01.02.2026"), ("ro", "01.02.2026"), ("sq", "01.02.2026"), ("fi", "01.02.2026")]
CELLS: list[tuple[Any, str]] = [
    (dt.datetime(2026, 12, 31), "2026-12-31"),
    (dt.date(2026, 12, 31), "2026-12-31"),
    (dt.datetime(2026, 12, 31, 1), "! not-a-date"),
    ("31.12.2026", "2026-12-31"),
    (46387.0, "! not-a-date"),
]


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert str(typed(DAY, text, language)) == value


@pytest.mark.parametrize(("language", "text"), SHOWN)
def test_shown(language: str, text: str) -> None:
    assert shown(DAY, dt.date(2026, 2, 1), language) == text


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: str) -> None:
    assert str(cell(DAY, content, "ru")) == value


@pytest.mark.parametrize(
    ("json", "value"),
    [("2026-12-31", "2026-12-31"), ("31.12.2026", "! not-a-date"), (20261231, "! value-wrong-kind")],
)
def test_loaded(json: Any, value: str) -> None:
    assert str(loaded(DAY, json)) == value


def test_a_moment_is_no_day() -> None:
    assert loaded(DAY, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) == "! value-wrong-kind"


@given(st.dates())
def test_laws(value: dt.date) -> None:
    assert_laws(DAY, value)
    for locale in LOCALES:
        assert DAY.parse(DAY.formatter(locale)(value), locale) == value
