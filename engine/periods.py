"""Parts of dates as whole numbers, which sort, follow each other and are compared everywhere alike.

A month is the year times twelve and its number from 0, so that the next one is one more; ten-day periods, quarters,
halves and years are counted in the same way. A week is told by how many weeks it is after the one that holds
1 January 1900; a fiscal year by the calendar year in which it begins. Days are dates. Hours (0 to 23), weekdays
(1 Monday to 7) and months of any year (1 to 12) come again and again, so they have no first day.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import Any, get_args
from zoneinfo import ZoneInfo

from engine.model import Configuration
from engine.model.configuration import Weekday
from engine.model.report import Part

BASE = dt.date(1900, 1, 1)
"""A Monday."""
RECURRING: frozenset[Part] = frozenset({"hour", "weekday", "month_of_year"})
MONTHS: dict[Part, int] = {
    "month": 1,
    "quarter": 3,
    "half_year": 6,
    "year": 12,
    "fiscal_quarter": 3,
    "fiscal_year": 12,
}
"""How many months a part has."""


def shift_of_weeks(configuration: Configuration) -> int:
    """How many days before a Monday the weeks of this business begin."""
    return -get_args(Weekday).index(configuration.week_starts) % 7


def key_of(part: Part, moment: dt.date | dt.datetime, configuration: Configuration) -> Any:
    """The part of a day or, in the zone of the business, of a moment."""
    if isinstance(moment, dt.datetime):
        moment = moment.astimezone(ZoneInfo(configuration.timezone))
        if part == "hour":
            return moment.hour
        moment = moment.date()
    if part == "day":
        return moment
    if part == "week":
        return ((moment - BASE).days + shift_of_weeks(configuration)) // 7
    if part == "weekday":
        return moment.isoweekday()
    if part == "month_of_year":
        return moment.month
    months = moment.year * 12 + moment.month - 1
    if part == "ten_days":
        return months * 3 + min((moment.day - 1) // 10, 2)
    return (months - _before(part, configuration)) // MONTHS[part]


def first_day(part: Part, key: Any, configuration: Configuration) -> dt.date:
    """The day with which a span of time begins.

    Raises:
        KeyError: the part comes again and again.
    """
    if part == "day":
        assert isinstance(key, dt.date)
        return key
    if part == "week":
        return BASE + dt.timedelta(key * 7 - shift_of_weeks(configuration))
    if part == "ten_days":
        return _month(key // 3).replace(day=1 + key % 3 * 10)
    return _month(key * MONTHS[part] + _before(part, configuration))


def last_day(part: Part, key: Any, configuration: Configuration) -> dt.date:
    """The day with which a span of time ends. Raises as `first_day` does."""
    if part == "day":
        assert isinstance(key, dt.date)
        return key
    first = first_day(part, key, configuration)
    if part == "ten_days" and first.day > 20:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first_day(part, key + 1, configuration) - dt.timedelta(1)


def _before(part: Part, configuration: Configuration) -> int:
    """By how many months the years of a part begin after January."""
    return configuration.fiscal_year_starts - 1 if part in ("fiscal_year", "fiscal_quarter") else 0


def _month(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)
