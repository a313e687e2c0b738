"""Numbers and dates on PostgreSQL: NUMERIC is exact, so only division, bounds and the range of dates need care."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Numeric,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    type_coerce,
)

from formulas.decimals import FINEST, LIMIT, PLACES
from formulas.scope import Member
from formulas.to_sql.cells import Cell, Sql, error_if, error_number, first_error, guards_of
from formulas.to_sql.kit import Kit, above
from formulas.values import Context

_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)
_HIGHEST = int(LIMIT)
_DAYS, _MONTHS = 3_660_000, 120_000
"""More than ten thousand years have."""


def _numeric(value: Any) -> Sql:
    return cast(literal(value, Numeric()), Numeric())


class PostgreSQL(Kit):
    """The operations of PostgreSQL."""

    def number(self, value: Decimal) -> Cell:
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return Cell("number", _numeric(value), nullable=False, scale=places, bound=above(value), constant=value)

    def date(self, value: dt.date) -> Cell:
        return Cell("date", cast(literal(value, Date()), Date()), nullable=False)

    def moment(self, context: Context, name: str) -> Cell:
        if name == "TODAY":
            return Cell("date", cast(bindparam("formula_today", context.today, Date()), Date()), nullable=False)
        now = bindparam("formula_now", context.now, DateTime(timezone=True))
        return Cell("datetime", cast(now, DateTime(timezone=True)), nullable=False)

    def read_number(self, column: Sql, member: Member) -> Cell:
        # A column of whole numbers is an integer that would leave its 64 bits with an error.
        plain = type_coerce(column, Numeric()) if member.places else cast(column, Numeric())
        return Cell("number", plain, scale=member.places, bound=10 ** (member.digits - member.places))

    def plus(self, cells: Sequence[Cell], signs: Sequence[int]) -> Cell:
        value = cells[0].value if signs[0] > 0 else -cells[0].value
        for cell, sign in zip(cells[1:], signs[1:], strict=True):
            value = value + cell.value if sign > 0 else value - cell.value
        return self._bounded(cells, value, max(cell.scale for cell in cells), sum(cell.bound for cell in cells))

    def times(self, left: Cell, right: Cell) -> Cell:
        return self._bounded(
            [left, right], left.value * right.value, left.scale + right.scale, left.bound * right.bound
        )

    def divided(self, left: Cell, right: Cell) -> Cell:
        # So many places of the quotient that rounding them away meets no tie that was none.
        digits = len(str(right.bound)) + right.scale + left.scale + PLACES + 2
        exact = func.round(left.value, digits, type_=Numeric()) / _no_zero(right)
        bound = left.bound * 10**right.scale + 1 if right.constant is None else _whole_ratio(left.bound, right.constant)
        found = self._bounded([left, right], func.round(exact, PLACES, type_=Numeric()), PLACES, bound)
        return _unless_zero(found, left, right)

    def remainder(self, left: Cell, right: Cell) -> Cell:
        rest = left.value % _no_zero(right)
        turned = and_(rest != 0, func.sign(rest) != func.sign(right.value))
        value = case((turned, rest + right.value), else_=rest)
        found = Cell("number", value, nullable=False, scale=max(left.scale, right.scale), bound=right.bound)
        return _unless_zero(found, left, right)

    def rounded(self, cell: Cell, places: int, mode: str) -> Cell:
        if places >= cell.scale:
            return cell
        value = _ROUNDINGS[mode](cell.value, places)
        bound = cell.bound + 10 ** max(0, -places)
        return self._bounded([cell], value, max(places, 0), bound).with_(nullable=cell.nullable)

    def fitted(self, cell: Cell, places: int) -> Cell:
        return self.rounded(cell, places, "half")

    def limited(self, cell: Cell, places: int, digits: int) -> Cell:
        if digits and cell.bound >= 10 ** (digits - places):
            limit = _numeric(Decimal(1).scaleb(digits - places))
            return cell.with_(error=first_error(cell.error, error_if(func.abs(cell.value) >= limit, "#NUM!")))
        return cell

    def aligned(self, cells: Sequence[Cell]) -> list[Cell]:
        return [cell.with_(value=cast(null(), Numeric())) if cell.kind == "blank" else cell for cell in cells]

    def settled(self, cell: Cell) -> Cell:
        return cell

    def extreme(self, cells: Sequence[Cell], *, largest: bool) -> Cell:
        known = [cell for cell in cells if cell.kind != "blank"]
        function = func.greatest if largest else func.least
        value = function(*(cell.value for cell in known), type_=known[0].value.type)
        return known[0].with_(
            value=value,
            error=first_error(*(cell.error for cell in cells)),
            nullable=all(cell.nullable for cell in known),
            scale=max(cell.scale for cell in known),
            bound=max(cell.bound for cell in known),
        )

    def sum_of(self, cell: Cell) -> Sql:
        return func.sum(cell.value, type_=Numeric())

    def summed(self, value: Sql, cell: Cell, rows: int) -> Cell:
        return Cell("number", value, scale=cell.scale, bound=cell.bound * rows)

    def shifted(self, day: Cell, days: Cell, sign: int) -> Cell:
        # Compared before it is added: PostgreSQL raises an error for a day that no calendar has.
        cut: Sql = func.trunc(days.value, type_=Numeric())
        count = cut if sign > 0 else -cut
        fits = count.between(literal(_FIRST, Date()) - day.value, literal(_LAST, Date()) - day.value)
        value = case((fits, day.value + _small(count, _DAYS)), else_=null())
        error = error_if(and_(day.value.is_not(None), ~fits), "#NUM!")
        return Cell(
            "date", cast(value, Date()), first_error(day.error, days.error, error), guards=guards_of([day, days])
        )

    def days_between(self, left: Cell, right: Cell) -> Cell:
        value = cast(left.value - right.value, Numeric())
        nullable = left.nullable or right.nullable
        return Cell("number", value, first_error(left.error, right.error), nullable, bound=3_660_000)

    def part(self, day: Cell, name: str) -> Cell:
        return Cell("number", cast(extract(name, day.value), Numeric()), day.error, day.nullable, bound=9999)

    def months_later(self, day: Cell, months: Cell, *, end: bool) -> Cell:
        count = func.trunc(months.value, type_=Numeric())
        reached = extract("year", day.value) * 12 + extract("month", day.value) - 1 + count
        fits = reached.between(12, 119_999)
        step = _small(count, _MONTHS)
        if end:
            begun = func.date_trunc("month", cast(day.value, DateTime()), type_=DateTime())
            # The last month of all has no next one; its end is the day before, counted within it.
            later = begun + func.make_interval(0, step) + func.make_interval(0, 1) - func.make_interval(0, 0, 0, 1)
        else:
            later = cast(day.value, DateTime()) + func.make_interval(0, step)
        value = case((fits, cast(later, Date())), else_=null())
        return Cell("date", value, error_if(~fits, "#NUM!"))

    def _bounded(self, cells: Sequence[Cell], value: Sql, scale: int, bound: int) -> Cell:
        """A result of arithmetic; checked against the limit of formulas only where it might reach it."""
        error = first_error(*(cell.error for cell in cells))
        if scale > FINEST:
            value, scale = func.round(value, FINEST, type_=Numeric()), FINEST
        if bound > _HIGHEST:
            error = first_error(error, error_if(func.abs(value) >= _numeric(LIMIT), "#NUM!"))
            bound = _HIGHEST
        return Cell("number", value, error, nullable=False, scale=scale, bound=bound, guards=guards_of(cells))


def _small(count: Sql, limit: int) -> Sql:
    """A count as an integer; PostgreSQL computes constants before it looks at the condition around them."""
    return cast(func.least(func.greatest(count, -limit), limit), Integer())


def _no_zero(divisor: Cell) -> Sql:
    if divisor.constant:
        return divisor.value
    return func.nullif(divisor.value, 0, type_=Numeric())


def _unless_zero(found: Cell, dividend: Cell, divisor: Cell) -> Cell:
    """A quotient with the error of a divisor that is zero; the error comes before one of the result itself."""
    if divisor.constant:
        return found
    zero = error_number("#DIV/0!") if divisor.constant is not None else error_if(divisor.value == 0, "#DIV/0!")
    return found.with_(error=first_error(dividend.error, divisor.error, zero, found.error), nullable=False)


def _whole_ratio(bound: int, divisor: Decimal) -> int:
    return above(Decimal(bound) / abs(divisor)) + 1 if divisor else 0


def _half(value: Sql, places: int) -> Sql:
    return func.round(value, places, type_=Numeric())


def _down(value: Sql, places: int) -> Sql:
    return func.trunc(value, places, type_=Numeric())


def _up(value: Sql, places: int) -> Sql:
    cut = _down(value, places)
    return case((cut == value, cut), else_=cut + func.sign(value) * _numeric(Decimal(1).scaleb(-places)))


def _floor(value: Sql, places: int) -> Sql:
    return func.floor(value, type_=Numeric())


_ROUNDINGS: dict[str, Callable[[Sql, int], Sql]] = {"half": _half, "up": _up, "down": _down, "floor": _floor}
