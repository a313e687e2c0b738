"""What a formula's values are while it is computed.

Numbers are Decimal, never float. Money of a fixed currency is a Decimal too (its type knows the currency); only where
the currency stands in the record it is a Money. A blank is None. What went wrong is a FormulaError, a value like others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

ErrorCode = Literal["#DIV/0!", "#VALUE!", "#NUM!", "#REF!", "#CURRENCY!", "#N/A", "#CYCLE!", "#NAME?"]
ERROR_CODES: tuple[ErrorCode, ...] = (
    "#DIV/0!",
    "#VALUE!",
    "#NUM!",
    "#REF!",
    "#CURRENCY!",
    "#N/A",
    "#CYCLE!",
    "#NAME?",
)
"""In the order of the small numbers, from 1, under which they are stored. Only ever add at the end."""


@dataclass(frozen=True, slots=True)
class FormulaError:
    """A result that is none, with the code that people see and a sentence that says why."""

    code: ErrorCode
    reason: str = ""

    @property
    def number(self) -> int:
        """The small number under which the error is stored beside the blank value."""
        return ERROR_CODES.index(self.code) + 1


class Fault(Exception):
    """Raised inside a function to make its result an error; the evaluator turns it into a FormulaError."""

    def __init__(self, code: ErrorCode, reason: str = "") -> None:
        super().__init__(code)
        self.error = FormulaError(code, reason)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount whose currency is known only now."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a record: equal when entity and id are; `title` is what it is as a text."""

    entity: str
    id: int


Scalar = Decimal | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Money | Reference | None
Value = Scalar | FormulaError | tuple[Scalar | FormulaError, ...]
Thunk = Callable[[], Value]
"""An argument that has not been computed yet: what a lazy function receives."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a formula may depend on besides the record. One per request or job, so that all rows agree on today."""

    today: dt.date
    now: dt.datetime
    timezone: dt.tzinfo = dt.UTC
    language: str = "en"
    user: Value = None
    rate: Callable[[str, str, dt.date], Decimal | Fraction | None] | None = None
    """The exchange rate from one currency to another on a day, or None where none is known.

    A fraction is a rate that no decimal is exactly, such as one by way of a third currency.
    """

    @classmethod
    def beginning(cls) -> Context:
        """A context for what depends on none."""
        return cls(dt.date.min, dt.datetime.min.replace(tzinfo=dt.UTC))
