"""When things happen: more in spring and late autumn, little at weekends, more every year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

HISTORY = timedelta(days=3 * 365)
"""The period that the orders cover, up to the last day."""

_MONTHS = (0.72, 0.82, 1.02, 1.18, 1.24, 1.10, 0.66, 0.84, 1.10, 1.16, 1.22, 0.94)
_WEEKDAYS = (1.15, 1.10, 1.05, 1.05, 0.95, 0.22, 0.08)
_GROWTH = 0.12


@dataclass(frozen=True, slots=True)
class Day:
    """A day and how much happens on it."""

    date: date
    count: int


def weight(day: date, first: date) -> float:
    """How busy a day is, against an average day of the first year."""
    years = (day - first).days / 365
    return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * (1 + _GROWTH * years)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


def days(total: int, until: date) -> Iterator[Day]:
    """The days of the history with `total` events spread over them exactly.

    Each day gets what the running sum of weights has grown by, rounded, so nothing is lost to rounding.
    """
    first = until - HISTORY
    dates = [first + timedelta(days=number) for number in range(HISTORY.days + 1)]
    weights = [weight(day, first) for day in dates]
    scale = total / sum(weights)
    running, given = 0.0, 0
    for day, share in zip(dates, weights, strict=True):
        running += share * scale
        reached = total if day == until else min(total, round(running))
        yield Day(day, reached - given)
        given = reached
