"""Exact decimals: the only arithmetic of formulas. No float anywhere.

Sums, differences and products are exact; a quotient is exact and rounded once to ten places; ties go away from zero.
Everything that computes runs inside `exactly()`: the precision of Python's default context would round silently.
"""

from __future__ import annotations

import decimal
from contextlib import AbstractContextManager
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from formulas.values import Fault, FormulaError, Value

PLACES = 10
"""Places after the point that a quotient, a root or a power with a broken exponent keeps."""
FINEST = 40
"""Places after the point that a product keeps; what lies beyond is rounded away."""
LIMIT = Decimal(10) ** 30
"""Magnitudes inside a formula stay below this, or the result is #NUM!."""
STORED_LIMIT = Decimal(10) ** 15

ZERO = Decimal(0)
ONE = Decimal(1)
_SMALLEST = Decimal(1).scaleb(-PLACES)
_FINEST = Decimal(1).scaleb(-FINEST)
# 250 digits hold every exact product of two admitted numbers (70 digits each), and a quotient so far behind the tenth
# place that rounding it a second time cannot meet a tie that was none.
_CONTEXT = decimal.Context(
    prec=250,
    rounding=ROUND_HALF_UP,
    Emin=-9999,
    Emax=9999,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


def exactly() -> AbstractContextManager[decimal.Context]:
    """Enter the arithmetic of formulas for the current thread; everything below expects it."""
    return decimal.localcontext(_CONTEXT)


def bounded(number: Decimal) -> Decimal:
    """The number itself if formulas may hold it; trailing places beyond the finest are rounded away."""
    if not -LIMIT < number < LIMIT:
        raise Fault("#NUM!", "The number is too large.")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -FINEST:
        number = number.quantize(_FINEST)
    return number or ZERO


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """dividend / divisor, rounded once to ten places, half away from zero."""
    if not divisor:
        raise Fault("#DIV/0!", "The divisor is zero or blank.")
    return bounded((dividend / divisor).quantize(_SMALLEST))


def rounded(number: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """The number with so many places after the point; negative places round to tens, hundreds and so on."""
    if places >= FINEST:
        return number
    if places < -30:
        return ZERO if rounding in {ROUND_HALF_UP, ROUND_DOWN} else _away(number)
    return number.quantize(Decimal(1).scaleb(-places), rounding)


def _away(number: Decimal) -> Decimal:
    if number:
        raise Fault("#NUM!", "The number is too large.")
    return ZERO


def settled(number: Decimal) -> Decimal:
    """What a function that cannot be exact (a root, a logarithm, an annuity) gives: ten places."""
    if not -LIMIT < number < LIMIT:
        raise Fault("#NUM!", "The number is too large.")
    return rounded(number, PLACES)


def floor(number: Decimal) -> Decimal:
    """The next whole number below or equal."""
    return number.to_integral_value(ROUND_FLOOR)


def ceiling(number: Decimal) -> Decimal:
    """The next whole number above or equal."""
    return number.to_integral_value(ROUND_CEILING)


def whole(number: Decimal) -> int:
    """The whole part, as Excel takes digits, positions and counts: cut, not rounded."""
    return int(number)


def canonical(number: Decimal) -> str:
    """The one text of a number: a point, no exponent, no trailing zeros, no negative zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def broken_power(number: Decimal, exponent: Decimal) -> Decimal:
    """A power with an exponent that is not whole, to 60 digits: more would only take long."""
    with decimal.localcontext(_CONTEXT) as context:
        context.prec = 60
        return number**exponent


def stored(value: Value, places: int, digits: int = 0) -> Value:
    """A result as a field keeps it: a number rounded to its places, an error where it has more digits than fit."""
    if not isinstance(value, Decimal):
        return value
    with exactly():
        kept = rounded(value, places) + 0
    if digits and abs(kept) >= Decimal(1).scaleb(digits - places):
        return FormulaError("#NUM!", "The number has more digits than the field holds.")
    return kept
