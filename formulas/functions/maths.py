"""Whole numbers and their parts: signs, remainders, divisors, factorials."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from formulas.decimals import LIMIT, floor, whole
from formulas.function import Function, Parameter, amount, number, same
from formulas.types import NUMBER, Type, unified
from formulas.values import Fault

_LARGEST_FACTORIAL = 28
_WHOLE_NUMBERS = Parameter("numbers", ("number",), repeating=True, ranges="spread", blanks=True)


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _mod(number: Decimal, divisor: Decimal) -> Decimal:
    _not_zero(divisor)
    return number - divisor * floor(number / divisor)


def _whole_quotient(dividend: Decimal, divisor: Decimal) -> int:
    _not_zero(divisor)
    return whole(dividend / divisor)


def _not_zero(divisor: Decimal) -> None:
    if not divisor:
        raise Fault("#DIV/0!", "The divisor is zero or blank.")


def _ratio(types: Sequence[Type]) -> Type:
    unified(types)
    return NUMBER


def _greatest_divisor(*numbers: Decimal | None) -> int:
    return math.gcd(*_natural(numbers))


def _least_multiple(*numbers: Decimal | None) -> int:
    least = 1
    for one in _natural(numbers):
        least = math.lcm(least, one)
        if least >= LIMIT:
            raise Fault("#NUM!", "The number is too large.")
    return least if any(one is not None for one in numbers) else 0


def _natural(numbers: Sequence[Decimal | None]) -> list[int]:
    given = [whole(one) for one in numbers if one is not None]
    if any(one < 0 for one in given):
        raise Fault("#NUM!", "Divisors and multiples are those of numbers that are not negative.")
    return given


def _factorial(number: Decimal) -> int:
    if not -1 < number < _LARGEST_FACTORIAL + 1:
        raise Fault("#NUM!", f"Factorials go from 0 to {_LARGEST_FACTORIAL}.")
    return math.factorial(whole(number))


FUNCTIONS = (
    Function(
        "ABS",
        (amount("number"),),
        same,
        abs,
        "The number without its sign.",
        (("ABS(-5)", "5"), ("ABS(5)", "5")),
        fi="ITSEISARVO",
        sql=True,
    ),
    Function(
        "SIGN",
        (amount("number"),),
        NUMBER,
        _sign,
        "1 for a positive number, -1 for a negative one, 0 for zero.",
        (("SIGN(-0.5)", "-1"), ("SIGN(0)", "0")),
        ru="ЗНАК",
        fi="ETUMERKKI",
        sql=True,
    ),
    Function(
        "MOD",
        (amount("number"), number("divisor")),
        same,
        _mod,
        "The remainder of a division, with the sign of the divisor.",
        (("MOD(7; 3)", "1"), ("MOD(-7; 3)", "2"), ("MOD(1; 0)", "#DIV/0!")),
        ru="ОСТАТ",
        fi="JAKOJ",
        sql=True,
    ),
    Function(
        "QUOTIENT",
        (amount("dividend"), amount("divisor")),
        _ratio,
        _whole_quotient,
        "How many times the divisor fits, as a whole number.",
        (("QUOTIENT(7; 2)", "3"), ("QUOTIENT(-7; 2)", "-3"), ("QUOTIENT(1; 0)", "#DIV/0!")),
        ru="ЧАСТНОЕ",
        fi="OSAMÄÄRÄ",
    ),
    Function(
        "GCD",
        (_WHOLE_NUMBERS,),
        NUMBER,
        _greatest_divisor,
        "The greatest number that divides all of them.",
        (("GCD(24; 36)", "12"), ("GCD(7; 3)", "1"), ("GCD(-2)", "#NUM!")),
        ru="НОД",
        fi="SUURIN.YHT.TEKIJÄ",
    ),
    Function(
        "LCM",
        (_WHOLE_NUMBERS,),
        NUMBER,
        _least_multiple,
        "The least number that all of them divide.",
        (("LCM(4; 6)", "12"), ("LCM(5; 0)", "0")),
        ru="НОК",
        fi="PIENIN.YHT.JAETTAVA",
    ),
    Function(
        "FACT",
        (number("number"),),
        NUMBER,
        _factorial,
        "The product of all whole numbers up to this one, for numbers up to 28.",
        (("FACT(5)", "120"), ("FACT(0)", "1"), ("FACT(-1)", "#NUM!")),
        ru="ФАКТР",
        fi="KERTOMA",
    ),
)
