"""The SQL forms of functions, by name: exactly those whose definition says `sql=True`.

A strict form gets numbers without blanks and never looks at errors of its arguments. A lazy one gets the cells as they
are, and says itself which error is the result's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import case, false, null

from formulas.decimals import whole
from formulas.to_sql import calendar, choices
from formulas.to_sql.cells import Cell, NotSafe, error_number, guards_of
from formulas.to_sql.kit import Kit, none_of

Form = Callable[[Kit, Sequence[Cell]], Cell]
_MOST_DIGITS = 15
_CENTS = Decimal(2)


def _is_blank(kit: Kit, cells: Sequence[Cell]) -> Cell:
    found = kit.compared("==", cells[0].with_(error=None), kit.constant(None))
    return found


def _if_error(kit: Kit, cells: Sequence[Cell]) -> Cell:
    value, otherwise = cells
    if value.error is None:
        return value
    found = kit.chosen([(value.error.is_(None), value.with_(error=None))], otherwise)
    return found.with_(guards=guards_of([found, *cells]))


def _is_error(kit: Kit, cells: Sequence[Cell]) -> Cell:
    error = cells[0].error
    value = false() if error is None else error.is_not(None)
    settled = kit.settled(cells[0]) if cells[0].kind == "number" else cells[0]
    return Cell("boolean", value, nullable=False, guards=settled.guards)


def _rounding(mode: str) -> Form:
    def form(kit: Kit, cells: Sequence[Cell]) -> Cell:
        return kit.rounded(cells[0], _digits(cells[1:]), mode)

    return form


def _digits(cells: Sequence[Cell], default: Decimal = Decimal(0)) -> int:
    digits = cells[0].constant if cells else default
    if digits is None or abs(digits) > _MOST_DIGITS:
        raise NotSafe("Rounding to digits that are not written as a number")
    return whole(digits)


def _vat(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return kit.rounded(kit.times(cells[0], cells[1]), _digits(cells[2:], _CENTS), "half")


def _absolute(kit: Kit, cells: Sequence[Cell]) -> Cell:
    # Not abs(): on SQLite it raises an error for the lowest integer.
    value = cells[0].value
    return cells[0].with_(value=case((value < 0, -value), else_=value))


def _sign(kit: Kit, cells: Sequence[Cell]) -> Cell:
    found = kit.settled(cells[0])
    one, minus_one, zero = (kit.number(Decimal(number)).value for number in (1, -1, 0))
    value = case((found.value > 0, one), (found.value < 0, minus_one), else_=zero)
    return Cell("number", value, nullable=False, bound=1, guards=found.guards)


def _modulo(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return kit.remainder(cells[0], cells[1])


def _sum(kit: Kit, cells: Sequence[Cell]) -> Cell:
    present = [kit.present(cell) for cell in cells]
    return kit.plus(present, [1] * len(present))


def _count(kit: Kit, cells: Sequence[Cell]) -> Cell:
    given = [cell for cell in cells if cell.kind != "blank"]
    one, zero = kit.number(Decimal(1)), kit.number(Decimal(0))
    ones = [
        one if not cell.nullable else one.with_(value=case((cell.value.is_not(None), one.value), else_=zero.value))
        for cell in given
    ]
    settled = [kit.settled(cell) if cell.kind == "number" else cell for cell in given]
    return kit.plus([*ones, zero], [1] * (len(ones) + 1)).with_(guards=guards_of(settled))


def _extreme(*, largest: bool) -> Form:
    def form(kit: Kit, cells: Sequence[Cell]) -> Cell:
        kinds = {cell.kind for cell in cells} - {"blank"}
        if len(kinds) != 1 or not kinds <= {"number", "date"}:
            raise NotSafe("The smallest or largest of such values")
        return kit.extreme(cells, largest=largest)

    return form


def _part(name: str) -> Form:
    def form(kit: Kit, cells: Sequence[Cell]) -> Cell:
        return kit.part(cells[0], name)

    return form


def _days(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return kit.days_between(cells[0], cells[1])


def _months(*, end: bool) -> Form:
    def form(kit: Kit, cells: Sequence[Cell]) -> Cell:
        months = cells[1] if len(cells) > 1 else kit.number(Decimal(0))
        return kit.months_later(cells[0], months, end=end)

    return form


def _na(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return Cell("blank", null(), error_number("#N/A"))


def _exclusive(kit: Kit, cells: Sequence[Cell]) -> Cell:
    value = kit.truth(cells[0])
    for cell in cells[1:]:
        met = kit.truth(cell)
        value = case((value, none_of(met)), else_=met)
    return Cell("boolean", value, nullable=False, guards=guards_of(cells))


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "IF": choices.choose_if,
        "IFS": choices.choose_ifs,
        "SWITCH": choices.switch,
        "AND": choices.every,
        "OR": choices.either,
        "NOT": choices.negated,
        "XOR": _exclusive,
        "COALESCE": choices.coalesced,
        "ISBLANK": _is_blank,
        "IFERROR": _if_error,
        "ISERROR": _is_error,
        "NA": _na,
        "ROUND": _rounding("half"),
        "ROUNDUP": _rounding("up"),
        "ROUNDDOWN": _rounding("down"),
        "TRUNC": _rounding("down"),
        "INT": lambda kit, cells: kit.rounded(cells[0], 0, "floor"),
        "ABS": _absolute,
        "SIGN": _sign,
        "MOD": _modulo,
        "VAT": _vat,
        "SUM": _sum,
        "COUNT": _count,
        "COUNTA": _count,
        "MIN": _extreme(largest=False),
        "MAX": _extreme(largest=True),
        "YEAR": _part("year"),
        "MONTH": _part("month"),
        "DAY": _part("day"),
        "DAYS": _days,
        "DATE": calendar.date,
        "QUARTER": calendar.quarter,
        "WEEKDAY": calendar.weekday,
        "DATEDIF": calendar.difference,
        "EDATE": _months(end=False),
        "EOMONTH": _months(end=True),
    }
)
MOMENTS = frozenset({"TODAY", "NOW"})
"""Functions of the context: parameters of the statement."""
