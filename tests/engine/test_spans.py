"""Times that move with the day, and the times before them, with which numbers are compared."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.model.report import Span
from engine.periods import days_before, days_of, is_span
from tests.shop import shop_configuration

TODAY = dt.date(2026, 3, 30)


@pytest.mark.parametrize(
    ("span", "days", "before"),
    [
        ("today", "2026-03-30 2026-03-30", "2026-03-29 2026-03-29"),
        ("yesterday", "2026-03-29 2026-03-29", "2026-03-28 2026-03-28"),
        ("this_week", "2026-03-30 2026-04-05", "2026-03-23 2026-03-23"),
        # February has no 30th day: what is compared ends with it.
        ("this_month", "2026-03-01 2026-03-31", "2026-02-01 2026-02-28"),
        ("last_month", "2026-02-01 2026-02-28", "2026-01-01 2026-01-31"),
        ("this_quarter", "2026-01-01 2026-03-31", "2025-10-01 2025-12-28"),
        ("this_year", "2026-01-01 2026-12-31", "2025-01-01 2025-03-30"),
        ("last_year", "2025-01-01 2025-12-31", "2024-01-01 2024-12-31"),
        ("last_7_days", "2026-03-24 2026-03-30", "2026-03-17 2026-03-23"),
        ("last_30_days", "2026-03-01 2026-03-30", "2026-01-30 2026-02-28"),
        ("last_12_months", "2025-04-01 2026-03-30", "2024-04-01 2025-03-30"),
        ("tomorrow", "2026-03-31 2026-03-31", "2026-03-30 2026-03-30"),
        ("next_14_days", "2026-03-30 2026-04-12", "2026-03-16 2026-03-29"),
    ],
)
def test_the_days_of_a_time_and_of_the_one_before(span: Span, days: str, before: str) -> None:
    configuration = shop_configuration()

    def said(found: tuple[dt.date, dt.date]) -> str:
        return " ".join(day.isoformat() for day in found)

    assert said(days_of(span, TODAY, configuration)) == days
    assert said(days_before(span, TODAY, configuration)) == before


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("next_week", "2026-04-06 2026-04-12"),
        ("next_month", "2026-04-01 2026-04-30"),
        ("next_quarter", "2026-04-01 2026-06-30"),
        ("next_year", "2027-01-01 2027-12-31"),
        ("last_1_days", "2026-03-30 2026-03-30"),
        ("next_1_months", "2026-03-30 2026-03-31"),
        ("next_3_months", "2026-03-30 2026-05-31"),
        ("before_today", "1000-01-01 2026-03-29"),
        ("after_today", "2026-03-31 9999-12-30"),
    ],
)
def test_the_days_of_what_lies_ahead_or_behind(span: str, days: str) -> None:
    assert is_span(span)
    assert " ".join(day.isoformat() for day in days_of(span, TODAY, shop_configuration())) == days


@pytest.mark.parametrize(
    "text", ["", "last_0_days", "last_1000_days", "last_7_weeks", "next_٣_days", "this_day", "soon"]
)
def test_no_other_text_is_a_span(text: str) -> None:
    assert not is_span(text)
