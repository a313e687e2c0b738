"""Sums, differences and shares of what cells hold, by the rules of formulas: exact, and errors stay errors."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from formulas.decimals import exactly
from formulas.operators import CARRYING, OPERATORS
from formulas.types import Kind
from formulas.values import Fault, FormulaError, Money

_KINDS: tuple[tuple[type, Kind], ...] = (
    (bool, "boolean"),
    (int, "number"),
    (Decimal, "number"),
    (Money, "money"),
    (str, "text"),
    (dt.timedelta, "duration"),
    (dt.datetime, "datetime"),
    (dt.date, "date"),
    (dt.time, "time"),
)


def kind_of(value: Any) -> Kind:
    """The type that a value has in formulas."""
    own: type = type(value)
    return _kind(own)


@cache
def _kind(own: type) -> Kind:
    return next((kind for python, kind in _KINDS if issubclass(own, python)), "blank")


def plus(left: Any, right: Any) -> Any:
    """The sum of two values; None where they have none."""
    return _computed("+", left, right)


def minus(left: Any, right: Any) -> Any:
    """The difference of two values; None where they have none."""
    return _computed("-", left, right)


def ratio(part: Any, whole: Any) -> Any:
    """What share of the whole the part is, rounded once to ten places; None where there is none."""
    return _computed("/", part, whole)


def _computed(sign: str, left: Any, right: Any) -> Any:
    for operand in (left, right):
        if operand is None or isinstance(operand, FormulaError):
            return operand
    if type(left) is type(right) is int and sign != "/":
        return left + right if sign == "+" else left - right
    operators = CARRYING if isinstance(left, Money) or isinstance(right, Money) else OPERATORS
    found = operators.get((sign, kind_of(left), kind_of(right)))
    if found is None:
        return None
    try:
        with exactly():
            return found.python(_exact(left), _exact(right))
    except Fault as fault:
        return fault.error


def _exact(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value
