"""Numbers of SQLite as integers scaled by their places: constants, products, divisions, within 63 bits and told where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from sqlalchemy import BigInteger, Text, case, cast, func, literal, type_coerce

from formulas.to_sql.cells import Cell, NotNative, Sql, first_error, guards_of
from formulas.to_sql.kit import above

MOST = 2**63 - 1
_FINEST = 18
"""Places beyond which an integer has no room left for the number itself."""


def integer(value: int) -> Sql:
    if abs(value) > MOST:
        raise NotNative
    return literal(value, BigInteger())


def constant(value: Decimal, scale: int) -> Cell:
    scaled = integer(int(value.scaleb(scale)))
    return Cell("number", scaled, nullable=False, scale=scale, bound=above(value), constant=value)


def units(cell: Cell) -> int:
    """The largest integer that may stand for a number."""
    return cell.bound * int(10**cell.scale)


def result(cells: Sequence[Cell], value: Sql, scale: int, bound: int) -> Cell:
    if scale > _FINEST:
        raise NotNative
    return Cell(
        "number",
        value,
        first_error(*(cell.error for cell in cells)),
        nullable=False,
        scale=scale,
        bound=bound,
        real=any(cell.real for cell in cells) or bound * 10**scale > MOST,
        guards=guards_of(cells),
    )


def at_scale(cell: Cell, scale: int) -> Cell:
    """The same number with more places."""
    if cell.constant is not None:
        return constant(cell.constant, scale)
    if cell.scale == scale:
        return cell
    found = moved(cell, scale - cell.scale)
    return found.with_(scale=scale, bound=cell.bound, real=found.real)


def moved(cell: Cell, places: int) -> Cell:
    """The integer of a number times a power of ten; the number that it stands for is told by whoever asks."""
    if not places:
        return cell
    if cell.constant is not None:
        return constant(cell.constant, cell.scale + places)
    found = result([cell], cell.value * integer(10**places), cell.scale + places, cell.bound)
    return found.with_(nullable=cell.nullable)


def no_zero(divisor: Cell) -> Sql:
    return divisor.value if divisor.constant else func.nullif(divisor.value, 0, type_=BigInteger())


def ratio_bound(bound: int, divisor: Decimal) -> int:
    return above(Decimal(bound) / abs(divisor)) + 1 if divisor else 0


def cut(dividend: Sql, divisor: Sql) -> Sql:
    """Division as SQLite does it with integers: towards zero."""
    return dividend.op("/", 8, return_type=BigInteger())(divisor)


def half_away(dividend: Sql, divisor: Sql, no_zero: Sql) -> Sql:
    same_sign = (dividend < 0) == (divisor < 0)
    doubled = dividend * 2 + case((same_sign, divisor), else_=-divisor)
    return cut(doubled.self_group(), (no_zero * 2).self_group())


def _half(value: Sql, step: int) -> Sql:
    return cut((value * 2 + case((value < 0, integer(-step)), else_=integer(step))).self_group(), integer(2 * step))


def _down(value: Sql, step: int) -> Sql:
    return cut(value, integer(step))


def _up(value: Sql, step: int) -> Sql:
    return cut((value + case((value < 0, integer(1 - step)), else_=integer(step - 1))).self_group(), integer(step))


def _floor(value: Sql, step: int) -> Sql:
    return cut((value - case((value < 0, integer(step - 1)), else_=integer(0))).self_group(), integer(step))


ROUNDINGS: dict[str, Callable[[Sql, int], Sql]] = {"half": _half, "up": _up, "down": _down, "floor": _floor}


def julian(day: Cell) -> Sql:
    """The whole Julian day of a date; differences and sums of them are exact."""
    return cast(func.julianday(type_coerce(day.value, Text())), BigInteger())
