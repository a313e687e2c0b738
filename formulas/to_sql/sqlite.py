"""Numbers and dates on SQLite, which has no decimals: a number is an integer scaled by its places.

Integers have 63 bits, and SQLite turns what exceeds them into a float without a word. Where the declared digits cannot
exclude that, the result is marked `real`, and whatever looks at it sets a guard: the statement then computes natively
where `typeof` is integer, and asks the evaluator, as a function of SQLite, for the few rows where it is not. A float in
arithmetic stays one to the end, so that the last result of a chain tells for all before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import BigInteger, Integer, Text, and_, bindparam, case, cast, func, literal, null, type_coerce

from formulas.decimals import PLACES
from formulas.scope import Member
from formulas.to_sql.cells import Cell, NotNative, Sql, error_if, error_number, first_error, guards_of
from formulas.to_sql.integers import (
    MOST,
    ROUNDINGS,
    at_scale,
    constant,
    half_away,
    integer,
    julian,
    moved,
    no_zero,
    ratio_bound,
    result,
    units,
)
from formulas.to_sql.kit import Kit
from formulas.values import Context

_FIRST_DAY, _LAST_DAY = 1_721_425, 5_373_483
"""Whole Julian days of 0001-01-01 and 9999-12-31."""


class SQLite(Kit):
    """The operations of SQLite."""

    def number(self, value: Decimal) -> Cell:
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return constant(value, places)

    def date(self, value: dt.date) -> Cell:
        return Cell("date", cast(literal(value.isoformat(), Text()), Text()), nullable=False)

    def moment(self, context: Context, name: str) -> Cell:
        if name == "TODAY":
            day = cast(bindparam("formula_today", context.today.isoformat(), Text()), Text())
            return Cell("date", day, nullable=False)
        now = context.now.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        return Cell("datetime", cast(bindparam("formula_now", now, Text()), Text()), nullable=False)

    def read_number(self, column: Sql, member: Member) -> Cell:
        # The column's own type would scale whatever is compared with it a second time.
        plain = type_coerce(column, BigInteger())
        return Cell("number", plain, scale=member.places, bound=10 ** (member.digits - member.places))

    def plus(self, cells: Sequence[Cell], signs: Sequence[int]) -> Cell:
        cells = self.aligned(cells)
        value = cells[0].value if signs[0] > 0 else -cells[0].value
        for cell, sign in zip(cells[1:], signs[1:], strict=True):
            value = value + cell.value if sign > 0 else value - cell.value
        return result(cells, value, cells[0].scale, sum(cell.bound for cell in cells))

    def times(self, left: Cell, right: Cell) -> Cell:
        return result([left, right], left.value * right.value, left.scale + right.scale, left.bound * right.bound)

    def divided(self, left: Cell, right: Cell) -> Cell:
        shift = PLACES + right.scale - left.scale
        left, right = moved(left, max(shift, 0)), moved(right, max(-shift, 0))
        zero = self._zero_error(right)
        bound = left.bound * 10**right.scale + 1 if right.constant is None else ratio_bound(left.bound, right.constant)
        value = half_away(left.value, right.value, no_zero(right))
        error = first_error(left.error, right.error, zero)
        found = result([left, right], value, PLACES, bound).with_(error=error)
        # Twice the dividend and the divisor are added before the division.
        doubled = 2 * units(left) + units(right)
        return found.with_(real=found.real or doubled > MOST)

    def _zero_error(self, divisor: Cell) -> Sql | None:
        if divisor.constant is None:
            return error_if(divisor.value == 0, "#DIV/0!")
        return None if divisor.constant else error_number("#DIV/0!")

    def remainder(self, left: Cell, right: Cell) -> Cell:
        left, right = map(self.settled, self.aligned([left, right]))
        rest = left.value % no_zero(right)
        value = case((and_(rest != 0, (rest < 0) != (right.value < 0)), rest + right.value), else_=rest)
        error = first_error(left.error, right.error, self._zero_error(right))
        return result([left, right], value, left.scale, right.bound).with_(error=error)

    def rounded(self, cell: Cell, places: int, mode: str) -> Cell:
        if places >= cell.scale:
            return cell
        step = 10 ** (cell.scale - places)
        value = ROUNDINGS[mode](cell.value, step)
        if places < 0:
            value = value * integer(10**-places)
        found = result([cell], value, max(places, 0), cell.bound + 10 ** max(0, -places))
        return found.with_(nullable=cell.nullable, real=found.real or 2 * units(cell) + step > MOST)

    def fitted(self, cell: Cell, places: int) -> Cell:
        kept = self.rounded(cell, places, "half")
        return at_scale(kept, places).with_(nullable=kept.nullable)

    def limited(self, cell: Cell, places: int, digits: int) -> Cell:
        limit = 10**digits - 1
        if digits and limit <= MOST and units(cell) > limit:
            beyond = ~cell.value.between(integer(-limit), integer(limit))
            return cell.with_(error=first_error(cell.error, error_if(beyond, "#NUM!")))
        return cell

    def aligned(self, cells: Sequence[Cell]) -> list[Cell]:
        scale = max(cell.scale for cell in cells)
        return [cell if cell.kind == "blank" else at_scale(cell, scale) for cell in cells]

    def settled(self, cell: Cell) -> Cell:
        if not cell.real:
            return cell
        return cell.with_(real=False, guards=(*cell.guards, func.typeof(cell.value) != "real"))

    def extreme(self, cells: Sequence[Cell], *, largest: bool) -> Cell:
        # min() and max() of several values are null where one is: a value beyond all others stands for a blank.
        known = [cell for cell in cells if cell.kind != "blank"]
        if known[0].kind == "number":
            known = [self.settled(cell) for cell in self.aligned(known)]
            beyond = integer(-MOST if largest else MOST)
        else:
            beyond = literal("" if largest else "~", Text())
        values = [func.coalesce(cell.value, beyond) if cell.nullable else cell.value for cell in known]
        function = func.max if largest else func.min
        value = function(*values, type_=known[0].value.type) if len(values) > 1 else values[0]
        return known[0].with_(
            value=func.nullif(value, beyond, type_=known[0].value.type),
            error=first_error(*(cell.error for cell in cells)),
            nullable=all(cell.nullable for cell in known),
            bound=max(cell.bound for cell in known),
            guards=guards_of(known),
        )

    def sum_of(self, cell: Cell) -> Sql:
        # SUM() raises an error where the sum exceeds 63 bits; added in two halves it becomes a float instead.
        half = integer(10**9)
        high = func.sum(cell.value.op("/", 8, return_type=BigInteger())(half), type_=BigInteger())
        low = func.sum(cell.value % half, type_=BigInteger())
        return high * half + low

    def summed(self, value: Sql, cell: Cell, rows: int) -> Cell:
        # A sum beyond 63 bits is a float, and far beyond what a field may store: the last check finds it.
        bound = min(cell.bound * rows, MOST // 10**cell.scale)
        return Cell("number", value, scale=cell.scale, bound=bound)

    def shifted(self, day: Cell, days: Cell, sign: int) -> Cell:
        days = self.settled(self.rounded(days, 0, "down"))
        reached = julian(day) + days.value if sign > 0 else julian(day) - days.value
        fits = reached.between(_FIRST_DAY, _LAST_DAY)
        value = case((fits, func.date(reached + 0.5, type_=Text())), else_=null())
        error = error_if(and_(day.value.is_not(None), ~fits), "#NUM!")
        return Cell("date", value, first_error(day.error, days.error, error), guards=guards_of([day, days]))

    def days_between(self, left: Cell, right: Cell) -> Cell:
        nullable = left.nullable or right.nullable
        value = julian(left) - julian(right)
        return Cell("number", value, first_error(left.error, right.error), nullable, bound=3_660_000)

    def part(self, day: Cell, name: str) -> Cell:
        start, length = {"year": (1, 4), "month": (6, 2), "day": (9, 2)}[name]
        value = cast(func.substr(type_coerce(day.value, Text()), start, length), Integer())
        return Cell("number", value, day.error, day.nullable, bound=9999)

    def months_later(self, day: Cell, months: Cell, *, end: bool) -> Cell:
        # SQLite moves 31 January by a month to 2 March.
        raise NotNative
