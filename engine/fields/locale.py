"""How one reader writes numbers, dates and times, and where that reader's clock stands.

Babel's data is read once per locale; what is kept are plain strings and closures, because a list page formats
thousands of cells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import babel
from babel import dates as babel_dates

from engine.problems import Unfit

LANGUAGES = ("en", "ru", "ro", "sq", "fi")
"""The languages of the program itself; labels of a configuration may have any of them."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'"})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?(?:(?P<whole>\d+|\d{1,3}(?:(?P<group>[ ,.'])\d{3})(?:(?P=group)\d{3})*))?"
    r"(?:(?P<mark>[.,])(?P<places>\d*))?",
    re.ASCII,
)
_DATE = re.compile(r"(\d{1,4})\s?([./\- ])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?", re.ASCII)
_MIDNIGHT = re.compile(r"(?<=\d\d)[ T]00:00(:00(\.0{1,6})?)?Z?\Z")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:\.0{1,6})?)?)?\s*(?:([ap])\.?\s?m\.?)?", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Locale:
    """A language and a time zone, with everything needed to read and show values for them."""

    language: str = "en"
    timezone: str = "UTC"

    @cached_property
    def babel(self) -> babel.Locale:
        """The CLDR locale; English is the British one, so that dates read day first."""
        return babel.Locale.parse("en_GB" if self.language == "en" else self.language)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def decimal_sign(self) -> str:
        return str(self.babel.number_symbols["latn"]["decimal"])

    @cached_property
    def group_sign(self) -> str:
        return str(self.babel.number_symbols["latn"]["group"])

    @cached_property
    def percent_sign(self) -> str:
        """What follows a percentage, with its no-break space where the locale has one."""
        return str(self.babel.percent_formats[None].suffix[0])

    @cached_property
    def date_pattern(self) -> str:
        """The short date as a strftime pattern with a four-digit year, e.g. "%d.%m.%Y"."""
        pattern = str(self.babel.date_formats["short"].pattern)
        pattern = re.sub(r"y+", "%Y", pattern)
        pattern = re.sub(r"(?<!%)M+", "%m", pattern)
        return re.sub(r"(?<!%)d+", "%d", pattern)

    @cached_property
    def time_sign(self) -> str:
        """What stands between hours and minutes: a point in Finnish."""
        return "." if "." in str(self.babel.time_formats["short"].pattern).split("a", maxsplit=1)[0] else ":"

    @cached_property
    def date_example(self) -> str:
        return self.show_date(dt.date(2026, 12, 31))

    @cached_property
    def time_example(self) -> str:
        return self.show_time(dt.time(14, 30))

    @cached_property
    def _date_text(self) -> str:
        # strftime does not pad years below 1000 on every system.
        parts = {"%Y": "{0.year:04d}", "%m": "{0.month:02d}", "%d": "{0.day:02d}"}
        return re.sub("%[Ymd]", lambda found: parts[found[0]], self.date_pattern)

    def show_date(self, value: dt.date) -> str:
        return self._date_text.format(value)

    def show_time(self, value: dt.time) -> str:
        sign = self.time_sign
        shown = f"{value.hour:02d}{sign}{value.minute:02d}"
        return f"{shown}{sign}{value.second:02d}" if value.second else shown

    def show_datetime(self, value: dt.datetime) -> str:
        local = value.astimezone(self.zone)
        return f"{self.show_date(local.date())} {self.show_time(local.time())}"

    def decimal_formatter(
        self, scale: int, *, fixed: bool = True, grouped: bool = True
    ) -> Callable[[Decimal | int], str]:
        """A closure that groups thousands and shows `scale` places; trailing zeros stay only when `fixed`."""
        decimal_sign, group_sign = self.decimal_sign, self.group_sign if grouped else ""

        def show(value: Decimal | int) -> str:
            text = f"{value:,.{scale}f}"
            whole, _, places = text.partition(".")
            if not fixed:
                places = places.rstrip("0")
            whole = whole.replace(",", group_sign).replace("-", "\u2212")
            return whole + decimal_sign + places if places else whole

        return show

    def read_decimal(self, text: str) -> Decimal:
        """Read a number as this locale's people type it; point and comma both serve as the decimal sign.

        Signs that group thousands are accepted where they can only be that ("1 234,5", "1,234.5", "1.234,5"). What
        can be both ("1,234") is grouped if that is how the locale itself groups.

        Raises:
            Unfit: `not-a-number`.
        """
        plain = _SPACES.sub(" ", text.strip()[:50]).translate(_SIGNS)
        found = _NUMBER.fullmatch(plain)
        if not found or len(plain) > 40 or not (found["whole"] or found["places"]):
            raise Unfit("not-a-number", value=text.strip()[:50])
        whole, places, mark = found["whole"] or "0", found["places"] or "", found["mark"]
        if mark and mark == found["group"]:
            raise Unfit("not-a-number", value=text.strip()[:50])
        if mark == self.group_sign and len(places) == 3 and len(whole) <= 3 and whole[0] != "0":
            whole, places = whole + places, ""
        digits = re.sub(r"\D", "", whole)
        return Decimal(f"{found['sign']}{digits}.{places or '0'}") if places else Decimal(found["sign"] + digits)

    def read_date(self, text: str) -> dt.date:
        """Read a date in ISO form or in the locale's order; a two-digit year is of this century up to +20 years.

        Raises:
            Unfit: `not-a-date`.
        """
        plain = text.strip()[:50]
        parts = _DATE.fullmatch(_MIDNIGHT.sub("", plain))
        if not parts:
            raise Unfit("not-a-date", value=plain, example=self.date_example)
        first, second, third = parts[1], parts[3], parts[4]
        if len(first) == 4:
            year, month, day = first, second, third
        elif self.date_pattern.startswith("%m"):
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
        try:
            return dt.date(_full_year(year), int(month), int(day))
        except ValueError:
            raise Unfit("not-a-date", value=plain, example=self.date_example) from None

    def read_time(self, text: str) -> dt.time:
        """Read a time of day, such as "9:05", "14.30", "9", "2:30 pm" or "14:30:15".

        Raises:
            Unfit: `not-a-time`.
        """
        plain = text.strip()[:50]
        parts = _TIME.fullmatch(plain)
        if not parts:
            raise Unfit("not-a-time", value=plain, example=self.time_example)
        try:
            return dt.time(_full_hour(parts[1], parts[4]), int(parts[2] or 0), int(parts[3] or 0))
        except ValueError:
            raise Unfit("not-a-time", value=plain, example=self.time_example) from None

    def read_datetime(self, text: str) -> dt.datetime:
        """Read a day and a time (or midnight) on this reader's clock, or any moment in ISO form; the result is in UTC.

        Raises:
            Unfit: `not-a-datetime`.
        """
        plain = " ".join(text.strip()[:60].replace(",", " ").split())
        moment = _iso_moment(plain)
        try:
            if moment is None:
                day, _, clock = plain.partition(" ")
                moment = dt.datetime.combine(self.read_date(day), self.read_time(clock) if clock else dt.time())
            return self.to_utc(moment)
        except (Unfit, OverflowError):
            example = f"{self.date_example} {self.time_example}"
            raise Unfit("not-a-datetime", value=plain, example=example) from None

    def to_utc(self, moment: dt.datetime) -> dt.datetime:
        """A moment in UTC; one without a zone is read on this reader's clock.

        An hour that a clock change repeats means its first turn, one that it skips means as much later.
        """
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(dt.UTC)

    def day_span(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """The first moment of this reader's day and the first after it, in UTC."""
        midnight = dt.datetime.combine(day, dt.time())
        return self.to_utc(midnight), self.to_utc(midnight + dt.timedelta(days=1))

    def today(self) -> dt.date:
        """What day it is for this reader."""
        return dt.datetime.now(self.zone).date()

    def month_name(self, month: int) -> str:
        return str(babel_dates.get_month_names("wide", context="stand-alone", locale=self.babel)[month])


def _iso_moment(text: str) -> dt.datetime | None:
    """The moment of a text that only ISO 8601 can be, with or without a zone."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text, re.ASCII) or not text.isascii():
        return None
    try:
        return dt.datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None


def _full_year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        raise ValueError(text)
    year = 2000 + int(text)
    return year - 100 if year > dt.datetime.now(dt.UTC).year + 20 else year


def _full_hour(text: str, half: str | None) -> int:
    hour = int(text)
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(text)
    return hour % 12 + (12 if half.lower() == "p" else 0)


@lru_cache(maxsize=64)
def locale_for(language: str, timezone: str = "UTC") -> Locale:
    """The one Locale value of a language and zone; closures hang on it, so it is kept."""
    return Locale(language if language in LANGUAGES else "en", timezone)
