"""Powers, roots and logarithms. What cannot be exact has ten places."""

from __future__ import annotations

from decimal import Decimal

from formulas.decimals import ZERO, settled
from formulas.function import Function, number
from formulas.operators import power
from formulas.types import NUMBER
from formulas.values import Fault

PI = Decimal("3.14159265358979")
TEN = Decimal(10)
_LARGEST_EXPONENT = 70
_SMALLEST_EXPONENT = -70


def _sqrt(number: Decimal) -> Decimal:
    if number < 0:
        raise Fault("#NUM!", "A negative number has no square root.")
    return settled(number.sqrt())


def _exp(number: Decimal) -> Decimal:
    if number > _LARGEST_EXPONENT:
        raise Fault("#NUM!", "The number is too large.")
    return ZERO if number < _SMALLEST_EXPONENT else settled(number.exp())


def _natural_logarithm(number: Decimal) -> Decimal:
    return settled(_positive(number).ln())


def _logarithm(number: Decimal, base: Decimal = TEN) -> Decimal:
    if base == 1:
        raise Fault("#DIV/0!", "1 is no base of a logarithm.")
    if base == TEN:
        return settled(_positive(number).log10())
    return settled(_positive(number).ln() / _positive(base).ln())


def _positive(number: Decimal) -> Decimal:
    if number <= 0:
        raise Fault("#NUM!", "Only positive numbers have a logarithm.")
    return number


FUNCTIONS = (
    Function(
        "POWER",
        (number("number"), number("exponent")),
        NUMBER,
        power,
        "A number multiplied by itself so many times; also written with a sign: 2 ^ 3.",
        (("POWER(2; 10)", "1024"), ("POWER(2; -1)", "0.5"), ("POWER(9; 0.5)", "3"), ("POWER(-8; 0.5)", "#NUM!")),
        ru="СТЕПЕНЬ",
        fi="POTENSSI",
    ),
    Function(
        "SQRT",
        (number("number"),),
        NUMBER,
        _sqrt,
        "The square root, to ten places.",
        (("SQRT(2)", "1.4142135624"), ("SQRT(-1)", "#NUM!")),
        ru="КОРЕНЬ",
        fi="NELIÖJUURI",
    ),
    Function(
        "EXP",
        (number("exponent"),),
        NUMBER,
        _exp,
        "A power of e, to ten places.",
        (("EXP(1)", "2.7182818285"), ("EXP(0)", "1")),
        fi="EKSPONENTTI",
    ),
    Function(
        "LN",
        (number("number"),),
        NUMBER,
        _natural_logarithm,
        "The natural logarithm, to ten places.",
        (("LN(10)", "2.302585093"), ("LN(0)", "#NUM!")),
        fi="LUONNLOG",
    ),
    Function(
        "LOG",
        (number("number"), number("base", optional=True)),
        NUMBER,
        _logarithm,
        "The logarithm to a base, or to the base 10.",
        (("LOG(8; 2)", "3"), ("LOG(100)", "2"), ("LOG(8; 1)", "#DIV/0!")),
    ),
    Function(
        "LOG10",
        (number("number"),),
        NUMBER,
        _logarithm,
        "The logarithm to the base 10.",
        (("LOG10(1000)", "3"), ("LOG10(-1)", "#NUM!")),
    ),
    Function(
        "PI",
        (),
        NUMBER,
        lambda: PI,
        "The ratio of a circle's circumference to its diameter, to fourteen places.",
        (("PI()", "3.14159265358979"), ("ROUND(PI(); 2)", "3.14")),
        ru="ПИ",
        fi="PII",
    ),
)
