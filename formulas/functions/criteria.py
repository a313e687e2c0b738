"""Criteria as SUMIF takes them: a value, or a text with a sign before it (">=100", "<>paid") and wildcards in it."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from formulas.functions.texts import as_number
from formulas.functions.wildcards import wildcards
from formulas.text import as_text
from formulas.values import Fault, Money, Value

Test = Callable[[Value], bool]
_SIGNED = re.compile(r"(>=|<=|<>|>|<|=)?(.*)", re.DOTALL)
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A sign and what stands behind it: a value, or a text that may mean a number, a date or a pattern."""

    sign: str
    operand: Value

    def met(self, value: Value) -> bool:
        """Whether a value meets the criterion. A blank equals a blank only."""
        if blank(value) or blank(self.operand):
            equal = blank(value) and blank(self.operand)
            return equal if self.sign == "=" else self.sign == "<>" and not equal
        if self.sign in _SIGNS:
            return self._ordered(value)
        return self._equal(value) is (self.sign == "=")

    def _ordered(self, value: Value) -> bool:
        if isinstance(value, str | bool):
            raise Fault("#VALUE!", "Texts are compared as equal or not, never as larger or smaller.")
        operand = understood(self.operand, value)
        return operand is not None and _SIGNS[self.sign](_plain(value), operand)

    def _equal(self, value: Value) -> bool:
        if isinstance(value, str):
            return wildcards(as_text(self.operand)).matches(value)
        operand = understood(self.operand, value)
        return operand is not None and bool(_plain(value) == operand)


def criterion(value: Value) -> Criterion:
    """The criterion that an argument says."""
    if not isinstance(value, str):
        return Criterion("=", value)
    found = _SIGNED.fullmatch(value)
    sign, operand = found.groups() if found else (None, value)
    return Criterion(sign or "=", operand)


def blank(value: Value) -> bool:
    """Whether nothing is there."""
    return value is None or value == ""


def understood(operand: Value, like: Value) -> Any:
    """The operand as the kind of value that it is compared with, or None where it is of another kind."""
    operand = _plain(operand)
    if isinstance(operand, str):
        return _read(operand, like)
    if isinstance(like, dt.datetime) or isinstance(operand, dt.datetime):
        return operand if isinstance(operand, dt.datetime) and isinstance(like, dt.datetime) else None
    return operand if isinstance(operand, type(_plain(like))) else None


def _plain(value: Value) -> Any:
    return value.amount if isinstance(value, Money) else value


def _read(text: str, like: Value) -> Any:
    match like:
        case bool():
            return {"TRUE": True, "FALSE": False}.get(text.upper())
        case Decimal() | Money():
            return as_number(text)
        case dt.datetime():
            return None
        case dt.date():
            return _date(text)
        case _:
            return None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
