"""The SQL forms of functions about dates, out of what every database can do with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import and_, not_

from formulas.decimals import whole
from formulas.to_sql.cells import Cell, NotSafe, error_if, first_error
from formulas.to_sql.kit import Kit

_FIRST_MONDAY = dt.date(1, 1, 1)
_WEEKS: Mapping[int, tuple[int, int]] = MappingProxyType(
    {1: (1, 1), 2: (0, 1), 3: (0, 0), **{11 + day: (-day, 1) for day in range(7)}}
)
"""Of each kind of week, how many days after a Monday it begins before, and the number of its first day."""


def date(kit: Kit, cells: Sequence[Cell]) -> Cell:
    """DATE: the first of January, so many months and days later."""
    year, month, day = (kit.rounded(cell, 0, "down") for cell in cells)
    inside = and_(
        kit.compared(">=", cells[0], _number(kit, 1)).value, kit.compared("<", cells[0], _number(kit, 10_000)).value
    )
    months = kit.plus([kit.times(year, _number(kit, 12)), month, _number(kit, 13)], [1, 1, -1])
    begun = kit.months_later(kit.constant(_FIRST_MONDAY), months, end=False)
    found = kit.shifted(begun, kit.plus([day, _number(kit, 1)], [1, -1]), 1)
    return found.with_(error=first_error(error_if(not_(inside), "#NUM!"), found.error))


def quarter(kit: Kit, cells: Sequence[Cell]) -> Cell:
    """QUARTER: three months each."""
    month = kit.part(cells[0], "month")
    third = kit.divided(kit.plus([month, _number(kit, 2)], [1, 1]), _number(kit, 3))
    return kit.rounded(third, 0, "down").with_(nullable=month.nullable, bound=5)


def weekday(kit: Kit, cells: Sequence[Cell]) -> Cell:
    """WEEKDAY: by the days since a Monday."""
    kind = cells[1].constant if len(cells) > 1 else Decimal(1)
    if kind is None or whole(kind) not in _WEEKS:
        raise NotSafe("A kind of week that is not written as a number")
    shift, first = _WEEKS[whole(kind)]
    days = kit.plus([kit.days_between(cells[0], kit.constant(_FIRST_MONDAY)), _number(kit, shift)], [1, 1])
    found = kit.plus([kit.remainder(days, _number(kit, 7)), _number(kit, first)], [1, 1])
    return found.with_(nullable=cells[0].nullable, bound=8)


def difference(kit: Kit, cells: Sequence[Cell]) -> Cell:
    """DATEDIF: complete years, months or days."""
    start, end, unit = cells
    if unit.text is None or unit.text.upper() not in _UNITS:
        raise NotSafe("DATEDIF() in other units than Y, M, D and YM")
    found = _UNITS[unit.text.upper()](kit, start, end)
    error = first_error(found.error, error_if(start.value > end.value, "#NUM!"))
    return found.with_(error=error, nullable=start.nullable or end.nullable)


def _years(kit: Kit, start: Cell, end: Cell) -> Cell:
    """A year is complete once the month and day are reached again."""
    first, last = (
        kit.plus([kit.times(kit.part(day, "month"), _number(kit, 100)), kit.part(day, "day")], [1, 1])
        for day in (start, end)
    )
    years = kit.plus([kit.part(end, "year"), kit.part(start, "year")], [1, -1])
    return kit.plus([years, _if_less(kit, last, first)], [1, -1])


def _months(kit: Kit, start: Cell, end: Cell) -> Cell:
    first, last = (
        kit.plus([kit.times(kit.part(day, "year"), _number(kit, 12)), kit.part(day, "month")], [1, 1])
        for day in (start, end)
    )
    begun = _if_less(kit, kit.part(end, "day"), kit.part(start, "day"))
    return kit.plus([last, first, begun], [1, -1, -1])


def _months_beside(kit: Kit, start: Cell, end: Cell) -> Cell:
    return kit.remainder(_months(kit, start, end), _number(kit, 12))


def _if_less(kit: Kit, left: Cell, right: Cell) -> Cell:
    """1 where a number is less than another, else 0."""
    less = kit.compared("<", left, right)
    return kit.chosen([(less.value, _number(kit, 1))], _number(kit, 0))


def _number(kit: Kit, value: int) -> Cell:
    return kit.number(Decimal(value))


_UNITS: Mapping[str, Callable[[Kit, Cell, Cell], Cell]] = MappingProxyType(
    {
        "Y": _years,
        "M": _months,
        "D": lambda kit, start, end: kit.days_between(end, start),
        "YM": _months_beside,
    }
)
