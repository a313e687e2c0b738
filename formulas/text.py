"""The text of a value, inside formulas (`&`, LEFT of a number) and in messages and examples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from formulas.decimals import canonical
from formulas.values import FormulaError, Money, Reference, Value

LONGEST = 32_767
"""Characters that a text result may have, as in Excel."""


def as_text(value: Value) -> str:
    """The one text of a value: canonical numbers, ISO dates, TRUE and FALSE, "" for a blank."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return canonical(value)
        case Money():
            return canonical(value.amount)
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return _rare(value)


def _rare(value: Value) -> str:
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, dt.timedelta):
        minutes = value // dt.timedelta(minutes=1)
        return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
    if isinstance(value, Reference):
        return str(value.id)
    if isinstance(value, tuple):
        return ", ".join(as_text(item) for item in value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def literal(value: Value) -> str:
    """A value as examples and messages write it: texts in quotes, a blank as the word blank."""
    if value is None:
        return "blank"
    if isinstance(value, str):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    if isinstance(value, Money):
        return f"{canonical(value.amount)} {value.currency}".rstrip()
    return as_text(value)
