"""Rounding: to digits, to whole numbers, to multiples. Ties go away from zero."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from formulas.decimals import ONE, ZERO, ceiling, floor, rounded, whole
from formulas.function import Function, amount, number, same
from formulas.values import Fault

TWO = Decimal(2)


def _round(number: Decimal, digits: Decimal = ZERO) -> Decimal:
    return rounded(number, whole(digits))


def _round_up(number: Decimal, digits: Decimal = ZERO) -> Decimal:
    return rounded(number, whole(digits), ROUND_UP)


def _round_down(number: Decimal, digits: Decimal = ZERO) -> Decimal:
    return rounded(number, whole(digits), ROUND_DOWN)


def _ceiling(number: Decimal, multiple: Decimal = ONE) -> Decimal:
    return _stepped(number, multiple, ceiling) if multiple else ZERO


def _floor(number: Decimal, multiple: Decimal = ONE) -> Decimal:
    if number and not multiple:
        raise Fault("#DIV/0!", "Nothing but zero is a multiple of zero.")
    return _stepped(number, multiple, floor) if multiple else ZERO


def _stepped(number: Decimal, multiple: Decimal, towards: Callable[[Decimal], Decimal]) -> Decimal:
    if number > 0 > multiple:
        raise Fault("#NUM!", "A positive number has no negative multiples above or below it.")
    return towards(number / multiple) * multiple


def _nearest_multiple(number: Decimal, multiple: Decimal) -> Decimal:
    if number * multiple < 0:
        raise Fault("#NUM!", "The number and the multiple have different signs.")
    return (number / multiple).to_integral_value(ROUND_HALF_UP) * multiple if multiple else ZERO


def _even(number: Decimal) -> Decimal:
    return (number / TWO).to_integral_value(ROUND_UP) * TWO


def _odd(number: Decimal) -> Decimal:
    away = (abs(number) - ONE) / TWO
    odd = max(away.to_integral_value(ROUND_UP), ZERO) * TWO + ONE
    return -odd if number < 0 else odd


FUNCTIONS = (
    Function(
        "ROUND",
        (amount("number"), number("digits", optional=True)),
        same,
        _round,
        "Rounds to so many digits after the point; ties go away from zero, so that a credit note mirrors its invoice.",
        (("ROUND(2.345; 2)", "2.35"), ("ROUND(-2.5; 0)", "-3"), ("ROUND(1234; -2)", "1200")),
        ru="ОКРУГЛ",
        fi="PYÖRISTÄ",
        sql=True,
    ),
    Function(
        "ROUNDUP",
        (amount("number"), number("digits", optional=True)),
        same,
        _round_up,
        "Rounds away from zero.",
        (("ROUNDUP(2.341; 2)", "2.35"), ("ROUNDUP(-2.1; 0)", "-3")),
        ru="ОКРУГЛВВЕРХ",
        fi="PYÖRISTÄ.DES.YLÖS",
        sql=True,
    ),
    Function(
        "ROUNDDOWN",
        (amount("number"), number("digits", optional=True)),
        same,
        _round_down,
        "Rounds towards zero.",
        (("ROUNDDOWN(2.349; 2)", "2.34"), ("ROUNDDOWN(-2.9; 0)", "-2")),
        ru="ОКРУГЛВНИЗ",
        fi="PYÖRISTÄ.DES.ALAS",
        sql=True,
    ),
    Function(
        "TRUNC",
        (amount("number"), number("digits", optional=True)),
        same,
        _round_down,
        "Cuts off what stands behind the point, or behind so many digits.",
        (("TRUNC(8.9)", "8"), ("TRUNC(-8.99; 1)", "-8.9")),
        ru="ОТБР",
        fi="KATKAISE",
        sql=True,
    ),
    Function(
        "INT",
        (amount("number"),),
        same,
        floor,
        "The next whole number below or equal.",
        (("INT(2.9)", "2"), ("INT(-2.1)", "-3")),
        ru="ЦЕЛОЕ",
        fi="KOKONAISLUKU",
        sql=True,
    ),
    Function(
        "CEILING",
        (amount("number"), number("multiple", optional=True)),
        same,
        _ceiling,
        "The next multiple above or equal; of a negative multiple, away from zero.",
        (("CEILING(7.1; 5)", "10"), ("CEILING(-2.5; -2)", "-4"), ("CEILING(2.5; -2)", "#NUM!")),
        ru="ОКРВВЕРХ",
        fi="PYÖRISTÄ.KERR.YLÖS",
    ),
    Function(
        "FLOOR",
        (amount("number"), number("multiple", optional=True)),
        same,
        _floor,
        "The next multiple below or equal; of a negative multiple, towards zero.",
        (("FLOOR(7.9; 5)", "5"), ("FLOOR(1.58; 0.1)", "1.5"), ("FLOOR(1; 0)", "#DIV/0!")),
        ru="ОКРВНИЗ",
        fi="PYÖRISTÄ.KERR.ALAS",
    ),
    Function(
        "MROUND",
        (amount("number"), number("multiple")),
        same,
        _nearest_multiple,
        "The nearest multiple; ties go away from zero.",
        (("MROUND(10; 3)", "9"), ("MROUND(1.3; 0.2)", "1.4"), ("MROUND(5; -2)", "#NUM!")),
        ru="ОКРУГЛТ",
        fi="PYÖRISTÄ.KERR",
    ),
    Function(
        "EVEN",
        (amount("number"),),
        same,
        _even,
        "The next even whole number, away from zero.",
        (("EVEN(1.5)", "2"), ("EVEN(-1)", "-2")),
        ru="ЧЁТН",
        fi="PARILLINEN",
    ),
    Function(
        "ODD",
        (amount("number"),),
        same,
        _odd,
        "The next odd whole number, away from zero.",
        (("ODD(1.5)", "3"), ("ODD(-2)", "-3"), ("ODD(0)", "1")),
        ru="НЕЧЁТ",
        fi="PARITON",
    ),
)
