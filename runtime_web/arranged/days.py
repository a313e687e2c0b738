"""Which days a calendar shows: those of a month in whole weeks, or of one week, as its address says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from babel import dates as babel_dates

from engine.fields.locale import Locale
from engine.model.configuration import Weekday

FIRST_YEAR, LAST_YEAR = 1900, 2199
WEEK = 7
WEEKDAYS: tuple[str, ...] = get_args(Weekday)


@dataclass(frozen=True)
class Span:
    """A month, or the week that begins with `first`."""

    first: dt.date
    weekly: bool
    starts: int
    """The weekday with which weeks begin, 0 for Monday."""
    chosen: dt.date | None = None
    """The day of a month whose records a phone shows below it, where the address says one."""

    @classmethod
    def read(cls, text: str, today: dt.date, starts: str) -> Span:
        """The span of an address: 2026-11, with one of its days chosen 2026-11.23, or for a week any of its days.

        It is this month where it says none.
        """
        begin = WEEKDAYS.index(starts)
        found = re.fullmatch(r"(\d{4})-(\d\d)(?:([-.])(\d\d))?", text)
        try:
            day = dt.date(int(found[1]), int(found[2]), int(found[4] or 1)) if found else today
        except ValueError:
            day, found = today, None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            day, found = today, None
        if found and found[3] == "-":
            return cls(day - dt.timedelta((day.weekday() - begin) % WEEK), True, begin)
        return cls(day.replace(day=1), False, begin, day if found and found[4] else None)

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(WEEK - 1) if self.weekly else self._next_month() - dt.timedelta(1)

    @property
    def before(self) -> str:
        """The span before this one, as an address says it."""
        day = self.first - dt.timedelta(1)
        return (self.first - dt.timedelta(WEEK)).isoformat() if self.weekly else f"{day:%Y-%m}"

    @property
    def after(self) -> str:
        """The span after this one."""
        day = self.last + dt.timedelta(1)
        return day.isoformat() if self.weekly else f"{day:%Y-%m}"

    def weeks(self) -> tuple[tuple[dt.date, ...], ...]:
        """The days that are shown, in whole weeks."""
        first = self.first - dt.timedelta((self.first.weekday() - self.starts) % WEEK)
        count = ((self.last - first).days // WEEK + 1) * WEEK
        days = [first + dt.timedelta(number) for number in range(count)]
        return tuple(tuple(days[at : at + WEEK]) for at in range(0, count, WEEK))

    def title(self, locale: Locale) -> str:
        """The month and its year, or the days from the first to the last."""
        if not self.weekly:
            text = str(babel_dates.format_skeleton("yMMMM", self.first, locale=locale.babel))
            return text[:1].upper() + text[1:]
        return str(babel_dates.format_interval(self.first, self.last, "yMMMd", locale=locale.babel))

    def heads(self, locale: Locale) -> Iterator[tuple[str, str]]:
        """The names of the weekdays in their order, short and whole."""
        short = babel_dates.get_day_names("abbreviated", context="stand-alone", locale=locale.babel)
        whole = babel_dates.get_day_names("wide", context="stand-alone", locale=locale.babel)
        for number in range(WEEK):
            day = (self.starts + number) % WEEK
            yield str(short[day]), str(whole[day])

    def _next_month(self) -> dt.date:
        return (self.first.replace(day=28) + dt.timedelta(4)).replace(day=1)


def choosing(day: dt.date) -> str:
    """How an address says the month of a day, and that the day is chosen in it."""
    return f"{day:%Y-%m.%d}"


def day_label(day: dt.date, locale: Locale) -> str:
    """A day with its weekday, as it is read out and as it stands above the entries on a phone."""
    return str(babel_dates.format_skeleton("MMMEd", day, locale=locale.babel))
