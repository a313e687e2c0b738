"""A moment: kept in UTC, typed and shown on the reader's clock (Helsinki here)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.locale import locale_for
from tests.engine.fields.laws import assert_laws, cell, loaded, make, reader, shown, typed

MOMENT = make("datetime")

TYPED = [
    ("fi", "31.12.2026 14.30", "2026-12-31T12:30:00Z"),
    ("en", "31/12/2026, 2:30 pm", "2026-12-31T12:30:00Z"),
    ("ru", "31.12.2026", "2026-12-30T22:00:00Z"),
    ("en", "2026-06-30T14:30", "2026-06-30T11:30:00Z"),
    ("en", "2026-06-30T14:30:15.5", "2026-06-30T11:30:15Z"),
    ("en", "2026-06-30T14:30Z", "2026-06-30T14:30:00Z"),
    ("en", "2026-06-30 14:30+05:00", "2026-06-30T09:30:00Z"),
    ("en", "14:30", "! not-a-datetime"),
    ("en", "31/12/2026 25:00", "! not-a-datetime"),
    ("en", "2026-13-01T00:00", "! not-a-datetime"),
    ("en", "0001-01-01T00:00", "! not-a-datetime"),
    ("en", "9999-12-31T23:00", "! moment-out-of-range"),
]
CLOCK_CHANGES = [
    ("skipped, so an hour later", "2026-03-29T03:30", "2026-03-29T04:30"),
    ("twice, so the first", "2026-10-25T03:30", "2026-10-25T03:30"),
]
CELLS: list[tuple[Any, str]] = [
    (dt.datetime(2026, 12, 31, 14, 30), "2026-12-31T12:30:00Z"),
    (dt.date(2026, 12, 31), "2026-12-30T22:00:00Z"),
    (dt.datetime.max, "! moment-out-of-range"),
    ("31.12.2026 14:30", "2026-12-31T12:30:00Z"),
    (46387.5, "! not-a-datetime"),
]


def dumped(found: Any) -> str:
    return found if isinstance(found, str) else str(MOMENT.dump(found))


@pytest.mark.parametrize(("language", "text", "value"), TYPED)
def test_typed(language: str, text: str, value: str) -> None:
    assert dumped(typed(MOMENT, text, language)) == value


@pytest.mark.parametrize(("why", "entered", "entry"), CLOCK_CHANGES)
def test_clock_changes(why: str, entered: str, entry: str) -> None:
    assert MOMENT.entry(typed(MOMENT, entered), reader("en")) == entry


@pytest.mark.parametrize(("content", "value"), CELLS)
def test_cells(content: Any, value: str) -> None:
    assert dumped(cell(MOMENT, content, "ru")) == value


@pytest.mark.parametrize(
    ("json", "value"),
    [
        ("2026-12-31T14:30:00Z", "2026-12-31T14:30:00Z"),
        ("2026-12-31T14:30:00+02:00", "2026-12-31T12:30:00Z"),
        ("2026-12-31T14:30:00", "! not-a-datetime"),
        ("31.12.2026", "! not-a-datetime"),
        ("9999-12-31T23:59:59-23:00", "! moment-out-of-range"),
        (dt.datetime(2026, 1, 1), "! value-wrong-kind"),
        (5, "! value-wrong-kind"),
    ],
)
def test_loaded(json: Any, value: str) -> None:
    assert dumped(loaded(MOMENT, json)) == value


@pytest.mark.parametrize(("language", "text"), [("en", "31/12/2026 14:30"), ("fi", "31.12.2026 14.30")])
def test_shown(language: str, text: str) -> None:
    assert shown(MOMENT, dt.datetime(2026, 12, 31, 12, 30, tzinfo=dt.UTC), language) == text


def test_filters_ask_for_days() -> None:
    assert MOMENT.operand("31.12.2026", reader("ru")) == dt.date(2026, 12, 31)
    begin, end = reader("ru").day_span(dt.date(2026, 10, 25))
    assert end - begin == dt.timedelta(hours=25)


@given(st.datetimes(dt.datetime(3, 1, 1), dt.datetime(9997, 1, 1), timezones=st.just(dt.UTC)))
def test_laws(value: dt.datetime) -> None:
    moment = MOMENT.accept(value)
    if moment.astimezone(reader("en").zone).fold:
        return  # The second turn of a repeated hour looks like the first.
    assert_laws(MOMENT, moment)


@given(
    st.datetimes(dt.datetime(3, 1, 1), dt.datetime(9997, 1, 1)),
    st.sampled_from(["Asia/Kolkata", "Pacific/Apia", "UTC"]),
)
def test_every_local_time_means_a_moment(local: dt.datetime, zone: str) -> None:
    locale = locale_for("en", zone)
    moment = MOMENT.parse(local.isoformat(timespec="minutes"), locale)
    assert moment.tzinfo is dt.UTC
    assert MOMENT.formatter(locale)(moment)
