"""Finance beside annuities: the worth of a row of payments, depreciation, interest rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from formulas.decimals import ONE, ZERO, quotient, whole
from formulas.function import Function, amount, amounts, number
from formulas.functions.annuities import approximate
from formulas.types import NUMBER, Type, unified
from formulas.values import Fault


def _net_present_value(rate: Decimal, *values: Decimal | None) -> Decimal:
    if rate == -ONE:
        raise Fault("#DIV/0!", "At a rate of -100% nothing is worth anything.")
    worth = ZERO
    for value in reversed(values):
        if value is not None:
            worth = (worth + value) / (ONE + rate)
    return worth


def _values(types: Sequence[Type]) -> Type:
    return unified(types[1:])


def _straight_line(cost: Decimal, salvage: Decimal, life: Decimal) -> Decimal:
    return quotient(cost - salvage, life)


def _cost_and_salvage(types: Sequence[Type]) -> Type:
    return unified(types[:2])


def _effective(nominal: Decimal, periods: Decimal) -> Decimal:
    count = _checked(nominal, periods)
    return (ONE + nominal / count) ** count - ONE


def _nominal(effective: Decimal, periods: Decimal) -> Decimal:
    count = _checked(effective, periods)
    return ((ONE + effective) ** (ONE / count) - ONE) * count


def _checked(rate: Decimal, periods: Decimal) -> Decimal:
    if rate <= 0 or periods < 1:
        raise Fault("#NUM!", "A rate is positive, and a year has at least one period.")
    return Decimal(whole(periods))


FUNCTIONS = (
    Function(
        "NPV",
        (number("rate"), amounts("values")),
        _values,
        approximate(_net_present_value),
        "What a row of payments at the end of each period is worth today.",
        (("NPV(10%; 110; 121)", "200"), ("NPV(-100%; 1)", "#DIV/0!")),
        ru="ЧПС",
        fi="NNA",
    ),
    Function(
        "SLN",
        (amount("cost"), amount("salvage"), number("life")),
        _cost_and_salvage,
        _straight_line,
        "The depreciation per period in a straight line.",
        (("SLN(10000; 1000; 5)", "1800"), ("SLN(1; 0; 0)", "#DIV/0!")),
        ru="АПЛ",
        fi="STP",
    ),
    Function(
        "EFFECT",
        (number("nominal"), number("periods")),
        NUMBER,
        approximate(_effective),
        "The yearly rate that a nominal rate comes to, with interest added so many times a year.",
        (("EFFECT(10%; 2)", "0.1025"), ("EFFECT(0; 2)", "#NUM!")),
        ru="ЭФФЕКТ",
        fi="KORKO.EFEKT",
    ),
    Function(
        "NOMINAL",
        (number("effective"), number("periods")),
        NUMBER,
        approximate(_nominal),
        "The nominal rate that comes to a yearly rate, with interest added so many times a year.",
        (("NOMINAL(10.25%; 2)", "0.1"), ("NOMINAL(10%; 0)", "#NUM!")),
        ru="НОМИНАЛ",
        fi="KORKO.VUOSI",
    ),
)
