"""One value while SQL is built: its expression, the expression of its error, and what is known about both beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, SmallInteger, case, func, literal, null

from formulas.tree import Node
from formulas.types import Kind
from formulas.values import ErrorCode, FormulaError

Sql = ColumnElement[Any]


class NotSafe(Exception):
    """Raised where a formula leaves the part of the language that SQL computes as the evaluator does."""

    def __init__(self, what: str, node: Node | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.node = node


class NotNative(Exception):
    """Raised where SQLite itself cannot compute what is safe elsewhere: the evaluator has to, as a function of SQLite."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in SQL.

    `value` never raises an error in the database; where `error` is not null it means nothing. `error` is None where
    none is possible. Money of a fixed currency is of kind `number`. `scale` and `bound` belong to numbers: places after
    the point, and a whole number that the magnitude stays below. On SQLite a number is an integer scaled by its
    places; `real` says that it may have left 63 bits, which SQLite turns into a float without a word, and each of
    `guards` is a condition under which that did not happen where it would matter. `constant` and `text` are values that
    stand in the formula.
    """

    kind: Kind
    value: Sql
    error: Sql | None = None
    nullable: bool = True
    scale: int = 0
    bound: int = 0
    real: bool = False
    guards: tuple[Sql, ...] = ()
    constant: Decimal | None = None
    text: str | None = None
    currency: str = ""

    def with_(self, **changes: Any) -> Cell:
        """The same cell with something changed; it is no constant any more."""
        return replace(self, **{"constant": None, "text": None, **changes})


def first_error(*errors: Sql | None) -> Sql | None:
    """The first error in the order of evaluation."""
    found = [error for error in errors if error is not None]
    if len(found) < 2:
        return found[0] if found else None
    return func.coalesce(*found, type_=SmallInteger())


def error_number(code: ErrorCode) -> Sql:
    """An error as it is stored."""
    return literal(FormulaError(code).number, SmallInteger())


def error_if(condition: Sql, code: ErrorCode) -> Sql:
    """The error where a condition is met."""
    return case((condition, error_number(code)), else_=null())


def guards_of(cells: Iterable[Cell]) -> tuple[Sql, ...]:
    """All conditions of some cells, each once."""
    found: dict[int, Sql] = {}
    for cell in cells:
        for guard in cell.guards:
            found.setdefault(id(guard), guard)
    return tuple(found.values())
