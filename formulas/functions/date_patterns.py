"""Dates and times as TEXT writes them: Excel's patterns, such as "dd.mm.yyyy", "d mmmm yyyy", "hh:mm", "h:mm AM/PM".

The names of months and days are those of the reader's language; everything else stands as the pattern has it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from formulas.functions.languages import known
from formulas.functions.number_patterns import LONGEST_PATTERN, refused

Moment = dt.date | dt.datetime | dt.time
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<a>[aA][mM]/[pP][mM])|(?P<code>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)'
    r'|(?P<bad>[\["\\;0#?@*_%A-Za-z])|(?P<other>.)',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A code with its length, or a text that stands as it is. `n` are minutes, `a` is AM or PM."""

    code: str
    content: str

    @property
    def length(self) -> int:
        """How often the letter of the code is written."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a pattern is filled from."""

    date: dt.date | None
    time: dt.time
    language: str
    half_days: bool
    with_day: bool

    def day(self) -> dt.date:
        """The date, where there is one."""
        if self.date is None:
            raise refused()
        return self.date


def written(moment: Moment, pattern: str, language: str) -> str:
    """The date or time as a pattern says."""
    parts = parsed(pattern)
    codes = {part.code for part in parts}
    date = None if isinstance(moment, dt.time) else moment
    time = moment if isinstance(moment, dt.time) else getattr(moment, "time", dt.time)()
    clock = Clock(date, time, language, half_days="a" in codes, with_day="d" in codes)
    return "".join(_WRITERS[part.code](clock, part.length) if part.code else part.content for part in parts)


@lru_cache(maxsize=256)
def parsed(pattern: str) -> tuple[Part, ...]:
    """The codes and texts of a pattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise refused()
    parts = [_part(found) for found in _TOKEN.finditer(pattern)]
    codes = [index for index, part in enumerate(parts) if part.code in set("ymdhsn")]
    for before, after in pairwise([None, *codes, None]):
        _minutes(parts, before, after)
    return tuple(parts)


def _part(found: re.Match[str]) -> Part:
    kind = found.lastgroup or "other"
    content = found.group(kind)
    if kind == "bad":
        raise refused()
    if kind == "code":
        return Part(content[0].lower(), content)
    return Part("a" if kind == "a" else "", content)


def _minutes(parts: list[Part], before: int | None, after: int | None) -> None:
    """An m right behind hours or right before seconds means minutes."""
    if before is not None and after is not None:
        if parts[before].code == "h" and _may_be_minutes(parts[after]):
            parts[after] = Part("n", parts[after].content)
        if parts[after].code == "s" and _may_be_minutes(parts[before]):
            parts[before] = Part("n", parts[before].content)


def _may_be_minutes(part: Part) -> bool:
    return part.code == "m" and part.length <= 2


def _year(clock: Clock, length: int) -> str:
    year = clock.day().year
    return f"{year % 100:02}" if length <= 2 else f"{year:04}"


def _month(clock: Clock, length: int) -> str:
    month = clock.day().month
    if length <= 2:
        return f"{month:0{length}}"
    names = known(clock.language).months["format" if clock.with_day else "stand-alone"]
    width = "abbreviated" if length == 3 else "wide"
    return str(names[width][month])[: 1 if length == 5 else None]


def _day(clock: Clock, length: int) -> str:
    day = clock.day()
    if length <= 2:
        return f"{day.day:0{length}}"
    names = known(clock.language).days["format"]
    return str(names["abbreviated" if length == 3 else "wide"][day.weekday()])


def _hour(clock: Clock, length: int) -> str:
    hour = (clock.time.hour - 1) % 12 + 1 if clock.half_days else clock.time.hour
    return f"{hour:0{min(length, 2)}}"


def _minute(clock: Clock, length: int) -> str:
    return f"{clock.time.minute:0{length}}"


def _second(clock: Clock, length: int) -> str:
    return f"{clock.time.second:0{min(length, 2)}}"


def _half_day(clock: Clock, _: int) -> str:
    return "AM" if clock.time.hour < 12 else "PM"


_WRITERS: Mapping[str, Callable[[Clock, int], str]] = {
    "y": _year,
    "m": _month,
    "d": _day,
    "h": _hour,
    "n": _minute,
    "s": _second,
    "a": _half_day,
}
