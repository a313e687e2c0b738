"""A stretch of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar, Literal

from babel.units import format_unit

from engine.fields.column import Column
from engine.fields.field import NUMBER_OPERATORS, Field, Formatter, Value
from engine.fields.locale import LANGUAGES, Locale
from engine.problems import Unfit

LIMIT = 3_600_000_000
"""Seconds; a million hours."""
_CLOCK = re.compile(r"(-?)(\d{1,7}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_PART = re.compile(r"([\d ]{0,12}\d(?:[.,]\d{1,6})?)\s*([^\W\d_]+)\.?\s*", re.IGNORECASE)
_SECONDS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}
_LENGTHS: tuple[Literal["short", "long", "narrow"], ...] = ("short", "long", "narrow")
# What people write and CLDR does not list.
_MORE_WORDS = {
    "day": "d days д дн день дня дней zile zi z ditë pv päivä päivää",
    "hour": "h hr hrs hour hours ч час часа часов oră ore orë t h tunti tuntia tunnit",
    "minute": "m min mins minute minutes м мин минута минуты минут minut minuta minutë minuuttia",
    "second": "s sec secs с сек секунд sek secunde sekonda sekuntia",
}


class DurationField(Field):
    """A stretch of time to the second; a day in it is 24 hours."""

    type: Literal["duration"]

    summary: ClassVar[str] = "A stretch of time: of work, of a call, of a journey; typed 1:30, 90 min or 1.5 h."
    example: ClassVar[str] = '{type: duration, default: "0:30"}'
    align_end: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS

    def column(self) -> Column:
        return Column("duration")

    def read(self, text: str, locale: Locale) -> Value:
        plain = text.replace("\u2212", "-")
        value = _read_clock(plain)
        return _read_words(plain, text) if value is None else value

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, dt.timedelta):
            raise Unfit("value-wrong-kind")
        seconds = round(value.total_seconds())
        if abs(seconds) > LIMIT:
            raise Unfit("too-large", value=_clock(value), maximum=_clock(dt.timedelta(seconds=LIMIT)))
        return dt.timedelta(seconds=seconds)

    def load(self, value: Any) -> Value:
        """The canonical form is whole seconds; in a configuration `1:30` reads better."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            value = int(value) if re.fullmatch(r"-?\d{1,12}", value, re.ASCII) else _read_clock(value)
            if value is None:
                raise Unfit("not-a-duration", value="", example="1:30")
        if isinstance(value, int) and not isinstance(value, bool):
            if abs(value) > LIMIT:
                raise Unfit("too-large", value=str(value)[:50], maximum=str(LIMIT))
            value = dt.timedelta(seconds=value)
        return self.accept(value)

    def dump(self, value: Value) -> Any:
        return None if value is None else round(value.total_seconds())

    def read_cell(self, cell: object, locale: Locale) -> Value:
        if isinstance(cell, dt.timedelta):
            return self.accept(cell)
        if isinstance(cell, dt.time):
            return self.accept(dt.timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
        return super().read_cell(cell, locale)

    def formatter(self, locale: Locale) -> Formatter:
        return _clock


def _clock(value: dt.timedelta) -> str:
    """Hours and minutes, and seconds where there are any: 1:30, 125:00, 0:00:15."""
    total = round(value.total_seconds())
    sign, (minutes, seconds) = "\u2212" if total < 0 else "", divmod(abs(total), 60)
    shown = f"{sign}{minutes // 60}:{minutes % 60:02d}"
    return f"{shown}:{seconds:02d}" if seconds else shown


def _read_clock(text: str) -> dt.timedelta | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    sign, hours, minutes, seconds = found.groups()
    value = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -value if sign else value


def _read_words(text: str, typed: str) -> dt.timedelta:
    """Numbers with words behind them, each unit at most once: "2 h 15 min", "1,5 h"."""
    negative = text.startswith("-")
    rest, total, used = text.removeprefix("-").strip(), Decimal(0), set[int]()
    while rest or not used:
        found = _PART.match(rest)
        seconds = unit_words().get(found[2].casefold()) if found else None
        if not found or not seconds or seconds in used or not found[1].isascii():
            raise Unfit("not-a-duration", value=typed[:50], example="1:30")
        used.add(seconds)
        total += Decimal(found[1].replace(" ", "").replace(",", ".")) * seconds
        rest = rest[found.end() :]
    return dt.timedelta(seconds=round(-total if negative else total))


@lru_cache(maxsize=1)
def unit_words() -> dict[str, int]:
    """The words for units of time in the program's languages and how many seconds each is."""
    return {word: _SECONDS[unit] for unit in _SECONDS for word in _words(unit)}


def _words(unit: str) -> Iterator[str]:
    yield from _MORE_WORDS[unit].split()
    for language in LANGUAGES:
        for length, count in product(_LENGTHS, (1, 2, 5)):
            shown = format_unit(count, f"duration-{unit}", length, locale=language)
            yield shown.replace(str(count), "").strip(" .\u00a0\u202f").casefold()
