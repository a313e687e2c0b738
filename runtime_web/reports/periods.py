"""Periods as people write them: "March 2026", "Q1 2026", "1–10 Mar 2026", "2026/27", weekdays and months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_interval, format_skeleton

from engine.fields.locale import Locale
from engine.model import Configuration
from engine.model.report import Part
from engine.periods import first_day, last_day, shift_of_weeks
from runtime_web.i18n import gettext as _


@dataclass(frozen=True)
class Periods:
    """How one reader calls parts of dates, given as the numbers that `engine.grouping.Keys` describes."""

    locale: Locale
    configuration: Configuration

    def text(self, part: Part, key: Any) -> str:
        """What a period is called."""
        return self._texts[part](key)

    def order(self, part: Part, key: Any) -> Any:
        """Where it stands among others: weekdays begin with the first day of the week."""
        return (key - 1 + shift_of_weeks(self.configuration)) % 7 if part == "weekday" else key

    @property
    def _texts(self) -> Mapping[Part, Callable[[Any], str]]:
        babel = self.locale.babel
        return {
            "hour": lambda key: self.locale.show_time(dt.time(key)),
            "day": self.locale.show_date,
            "weekday": lambda key: str(babel.days["stand-alone"]["wide"][key - 1]),
            "week": lambda key: self._between("week", key),
            "ten_days": lambda key: self._between("ten_days", key),
            "month": lambda key: self._said("yMMMM", "month", key),
            "month_of_year": lambda key: str(babel.months["stand-alone"]["wide"][key]),
            "quarter": lambda key: self._said("yQQQ", "quarter", key),
            "half_year": lambda key: _("Half %(number)s of %(year)s", number=key % 2 + 1, year=key // 2),
            "year": str,
            "fiscal_year": self._fiscal_year,
            "fiscal_quarter": lambda key: _(
                "Quarter %(number)s of %(year)s", number=key % 4 + 1, year=self._fiscal_year(key // 4)
            ),
        }

    def _said(self, skeleton: str, part: Part, key: int) -> str:
        first = first_day(part, key, self.configuration)
        return str(format_skeleton(skeleton, first, locale=self.locale.babel))

    def _between(self, part: Part, key: int) -> str:
        first, last = (day(part, key, self.configuration) for day in (first_day, last_day))
        return str(format_interval(first, last, "yMMMd", locale=self.locale.babel))

    def _fiscal_year(self, key: int) -> str:
        """One that is no calendar year is called by both that it lies in."""
        return str(key) if self.configuration.fiscal_year_starts == 1 else f"{key}/{(key + 1) % 100:02d}"


def part_words() -> Mapping[Part, str]:
    """What the parts of a date are called."""
    return {
        "year": _("Year"),
        "half_year": _("Half-year"),
        "quarter": _("Quarter"),
        "month": _("Month"),
        "ten_days": _("Ten days"),
        "week": _("Week"),
        "day": _("Day"),
        "hour": _("Hour"),
        "weekday": _("Day of the week"),
        "month_of_year": _("Month of the year"),
        "fiscal_year": _("Business year"),
        "fiscal_quarter": _("Quarter of the business year"),
    }
