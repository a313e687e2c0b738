"""Periods in which nothing happened, between the first and the last one in which something did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from designer.pivot.room import Room
from engine.model.report import Dimension


def filled(dimension: Dimension, keys: Iterable[Any], room: Room) -> list[Any]:
    """The keys, and those of the periods or ranges between them; blanks and errors stay what they are.

    Where only the largest are shown, nothing is between them.
    """
    given = list(keys)
    if not dimension.fill or dimension.top:
        return given
    days = [key for key in given if type(key) is dt.date]
    numbers = [key for key in given if type(key) is int] if dimension.by or dimension.ranges else []
    between = _days(days, room) if days else _numbers(numbers, room)
    return list(dict.fromkeys([*between, *given]))


def _days(days: list[dt.date], room: Room) -> list[dt.date]:
    first, last = min(days).toordinal(), max(days).toordinal()
    room.check(last - first)
    return [dt.date.fromordinal(number) for number in range(first, last + 1)]


def _numbers(numbers: list[int], room: Room) -> Iterable[int]:
    if not numbers:
        return ()
    room.check(max(numbers) - min(numbers))
    return range(min(numbers), max(numbers) + 1)
