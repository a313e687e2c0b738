"""Parts of dates as whole numbers, which sort, follow each other and are compared everywhere alike.

A month is the year times twelve and its number from 0, so that the next one is one more; ten-day periods, quarters,
halves and years are counted in the same way. A week is told by how many weeks it is after the one that holds
1 January 1900; a fiscal year by the calendar year in which it begins. Days are dates. Hours (0 to 23), weekdays
(1 Monday to 7) and months of any year (1 to 12) come again and again, so they have no first day.

Spans are times that move with the day, such as last_month or next_14_days.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, get_args
from zoneinfo import ZoneInfo

from engine.model import Configuration
from engine.model.configuration import Weekday
from engine.model.report import Part, Span

Days = tuple[dt.date, dt.date]
"""The first and the last day of a time."""
DaysOf = Callable[[Span, dt.date, Configuration], Days]
"""What says which days a span is today."""
DAY = dt.timedelta(days=1)
EVER = dt.date(1000, 1, 1), dt.date(9999, 12, 30)
"""Before and after all days that anybody means."""
MOST = 999
"""So many days or months a span is counted to."""
_COUNTED = re.compile(r"(last|next)_([1-9][0-9]{0,2})_(days|months)", re.ASCII)
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
_PARTS: Mapping[str, tuple[Part, int]] = MappingProxyType(
    {
        f"{which}_{part}": (part, before)
        for part in ("week", "month", "quarter", "year")
        for which, before in (("this", 0), ("last", 1), ("next", -1))
    }
)
"""The part of which a span is one, and how many before this one."""
SPANS = (
    *("today", "yesterday", "tomorrow", "before_today", "after_today"),
    *_PARTS,
)
"""The spans that have a name of their own; others are counted, such as last_14_days and next_3_months."""


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


def counted(span: str) -> tuple[str, int, str] | None:
    """What a counted span says: last or next, how many, days or months."""
    said = _COUNTED.fullmatch(span)
    return (said[1], int(said[2]), said[3]) if said else None


def is_span(text: str) -> bool:
    return text in SPANS or counted(text) is not None


def days_of(span: str, today: dt.date, configuration: Configuration) -> Days:
    """The first and the last day of a span.

    So many days end or begin today; so many months are whole ones, the one of today among them, up to or from today.

    Raises:
        KeyError: there is no such span.
    """
    said = counted(span)
    if said:
        return _counted(*said, today, configuration)
    if span in _PARTS:
        part, before = _PARTS[span]
        key = key_of(part, today, configuration) - before
        return first_day(part, key, configuration), last_day(part, key, configuration)
    return {
        "today": (today, today),
        "yesterday": (today - DAY, today - DAY),
        "tomorrow": (today + DAY, today + DAY),
        "before_today": (EVER[0], today - DAY),
        "after_today": (today + DAY, EVER[1]),
    }[span]


def _counted(which: str, number: int, unit: str, today: dt.date, configuration: Configuration) -> Days:
    back = which == "last"
    if unit == "days":
        length = (number - 1) * DAY
        return (today - length, today) if back else (today, today + length)
    month = key_of("month", today, configuration)
    if back:
        return first_day("month", month - number + 1, configuration), today
    return today, last_day("month", month + number - 1, configuration)


def days_before(span: str, today: dt.date, configuration: Configuration) -> Days:
    """The first and the last day of the time before, to compare with: of what is not over yet, up to the same day."""
    said = counted(span)
    if said and said[2] == "months":
        month = key_of("month", today, configuration) - said[1]
        first = first_day("month", month - said[1] + 1, configuration)
        return first, _as_far("month", month, today, configuration)
    if span not in _PARTS:
        first, last = days_of(span, today, configuration)
        length = (last - first) + DAY
        return first - length, last - length
    part, before = _PARTS[span]
    key = key_of(part, today, configuration) - before - 1
    last = last_day(part, key, configuration) if before else _as_far(part, key, today, configuration)
    return first_day(part, key, configuration), last


def _as_far(part: Part, key: int, today: dt.date, configuration: Configuration) -> dt.date:
    """The day of an earlier period that lies as far in it as today lies in its own."""
    gone = today - first_day(part, key_of(part, today, configuration), configuration)
    return min(first_day(part, key, configuration) + gone, last_day(part, key, configuration))


def _before(part: Part, configuration: Configuration) -> int:
    """By how many months the years of a part begin after January."""
    return configuration.fiscal_year_starts - 1 if part in ("fiscal_year", "fiscal_quarter") else 0


def _month(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)
