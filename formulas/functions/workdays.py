"""Working days: Monday to Friday, without the holidays that a list names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from formulas.decimals import whole
from formulas.function import Function, Parameter, date, number
from formulas.functions.dates import day_number, out_of_years
from formulas.types import DATE, NUMBER

_HOLIDAYS = Parameter("holidays", ("date", "datetime"), optional=True, ranges="whole", blanks=True)
_MOST_DAYS = 4_000_000
Holidays = Sequence[dt.date | None]


def _working_days(start: dt.date, end: dt.date, holidays: Holidays = ()) -> int:
    if start > end:
        return -_working_days(end, start, holidays)
    free = sum(start <= day <= end for day in _weekday_holidays(holidays))
    return _weekdays_before(end.toordinal() + 1) - _weekdays_before(start.toordinal()) - free


def _weekdays_before(ordinal: int) -> int:
    """Days from Monday to Friday before a day; the first day of all was a Monday."""
    weeks, days = divmod(ordinal - 1, 7)
    return weeks * 5 + min(days, 5)


def _weekday_holidays(holidays: Holidays) -> list[dt.date]:
    return sorted({day for day in holidays if day is not None and day.weekday() < 5})


def _workday(start: dt.date, days: Decimal, holidays: Holidays = ()) -> dt.date:
    count = whole(days)
    if not -_MOST_DAYS < count < _MOST_DAYS:
        raise out_of_years()
    if not count:
        return start
    step = 1 if count > 0 else -1
    found = _weekday_later(start.toordinal(), count)
    for holiday in _weekday_holidays(holidays)[::step]:
        if start.toordinal() * step < holiday.toordinal() * step <= found * step:
            found = _weekday_later(found, step)
    return day_number(found)


def _weekday_later(ordinal: int, count: int) -> int:
    """The day so many weekdays later, or earlier."""
    weekday = (ordinal - 1) % 7
    if count > 0:
        weeks, days = divmod(min(weekday, 4) + count, 5)
        return ordinal - weekday + weeks * 7 + days
    weeks, days = divmod(min(weekday, 5) + count, 5)
    return ordinal - weekday + weeks * 7 + days


FUNCTIONS = (
    Function(
        "NETWORKDAYS",
        (date("start"), date("end"), _HOLIDAYS),
        NUMBER,
        _working_days,
        "How many working days lie between two dates, both of them counted.",
        (
            ("NETWORKDAYS(DATE(2024; 5; 1); DATE(2024; 5; 31))", "23"),
            ("NETWORKDAYS(DATE(2024; 5; 1); DATE(2024; 5; 31); DATE(2024; 5; 9))", "22"),
        ),
        ru="ЧИСТРАБДНИ",
        fi="TYÖPÄIVÄT",
    ),
    Function(
        "WORKDAY",
        (date("start"), number("days"), _HOLIDAYS),
        DATE,
        _workday,
        "The date so many working days later, or earlier.",
        (
            ("WORKDAY(DATE(2024; 5; 17); 1)", "2024-05-20"),
            ("WORKDAY(DATE(2024; 5; 8); 1; DATE(2024; 5; 9))", "2024-05-10"),
        ),
        ru="РАБДЕНЬ",
        fi="TYÖPÄIVÄ",
    ),
)
