"""Parts of dates in SQL: the whole numbers of `engine.periods`, computed where the rows are."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Integer, Text, case, extract, func, literal, type_coerce
from sqlalchemy import cast as converted

from engine.model import Configuration
from engine.model.report import Part
from engine.periods import BASE, MONTHS, shift_of_weeks
from formulas.to_sql import System

Sql = ColumnElement[Any]
LOCAL = "kartoteka_local"
"""The function of SQLite's connections that turns a moment into the clock of a zone."""


@lru_cache(maxsize=16384)
def local(moment: str | None, zone: str) -> str | None:
    """A moment as SQLite keeps it, in UTC, as it is on the clocks of a zone."""
    if moment is None:
        return None
    found = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    return found.strftime("%Y-%m-%d %H")


def part_of(column: Sql, part: Part, system: System, configuration: Configuration, *, moment: bool) -> Sql:
    """The part of a date or, where the column holds a `moment`, of that in the zone of the business."""
    clock = _Text(column, configuration, moment) if system == "sqlite" else _Typed(column, configuration, moment)
    if part == "day":
        return clock.day
    if part == "hour":
        return clock.number(12, 2, "hour")
    if part in ("week", "weekday"):
        return _weekly(clock.days, part, configuration)
    month = clock.number(6, 2, "month")
    if part == "month_of_year":
        return month
    months = clock.number(1, 4, "year") * 12 + month - 1
    if part == "ten_days":
        day = clock.number(9, 2, "day")
        return months * 3 + case((day <= 10, 0), (day <= 20, 1), else_=2)
    if part in ("fiscal_year", "fiscal_quarter"):
        months = months - (configuration.fiscal_year_starts - 1)
    return months // MONTHS[part]


def _weekly(days: Sql, part: Part, configuration: Configuration) -> Sql:
    """By the days since a Monday; before it they are negative, and % takes the sign of what is divided."""
    if part == "weekday":
        return (days % 7 + 7) % 7 + 1
    since = days + shift_of_weeks(configuration)
    return (since - (since % 7 + 7) % 7) // 7


class _Text:
    """A date of SQLite, which is a text."""

    def __init__(self, column: Sql, configuration: Configuration, moment: bool) -> None:
        plain: Sql = type_coerce(column, Text)
        self.text = getattr(func, LOCAL)(plain, literal(configuration.timezone)) if moment else plain
        self.day: Sql = type_coerce(func.substr(self.text, 1, 10), Date)

    @property
    def days(self) -> Sql:
        since = func.julianday(func.substr(self.text, 1, 10)) - func.julianday(BASE.isoformat())
        return converted(since, Integer)

    def number(self, first: int, length: int, name: str) -> Sql:
        del name
        return converted(func.substr(self.text, first, length), Integer)


class _Typed:
    """A date of a database that knows dates."""

    def __init__(self, column: Sql, configuration: Configuration, moment: bool) -> None:
        self.clock: Sql = func.timezone(configuration.timezone, column) if moment else column
        self.day: Sql = converted(self.clock, Date)

    @property
    def days(self) -> Sql:
        return type_coerce(self.day - literal(BASE, Date), Integer)

    def number(self, first: int, length: int, name: str) -> Sql:
        del first, length
        return converted(extract(name, self.clock), Integer)
