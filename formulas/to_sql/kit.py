"""What every database computes the same way: logic, comparisons, choices, blanks, errors. Numbers and dates differ."""

from __future__ import annotations

import datetime as dt
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Text, and_, case, false, func, literal, not_, null, true

from formulas.scope import Member
from formulas.to_sql.cells import Cell, NotSafe, Sql, error_number, first_error, guards_of
from formulas.types import Kind, Type
from formulas.values import Context, Value

_ORDER: Mapping[str, Callable[[Any, Any], Sql]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
READABLE: frozenset[Kind] = frozenset({"text", "boolean", "date", "datetime", "time", "duration", "record", "blank"})


class Kit(ABC):
    """The operations of one database on cells."""

    # Constants.

    @abstractmethod
    def number(self, value: Decimal) -> Cell:
        """A number that stands in the formula."""

    @abstractmethod
    def date(self, value: dt.date) -> Cell:
        """A date that stands in the formula."""

    @abstractmethod
    def moment(self, context: Context, name: str) -> Cell:
        """Today or now, as a parameter that whoever runs the statement may set anew."""

    @abstractmethod
    def read_number(self, column: Sql, member: Member) -> Cell:
        """A number or amount in a column."""

    # Numbers; operands are never blank unless it is said.

    @abstractmethod
    def plus(self, cells: Sequence[Cell], signs: Sequence[int]) -> Cell:
        """A sum, each part with its sign."""

    @abstractmethod
    def times(self, left: Cell, right: Cell) -> Cell: ...

    @abstractmethod
    def divided(self, left: Cell, right: Cell) -> Cell: ...

    @abstractmethod
    def remainder(self, left: Cell, right: Cell) -> Cell: ...

    @abstractmethod
    def rounded(self, cell: Cell, places: int, mode: str) -> Cell:
        """`mode`: half, up, down or floor."""

    @abstractmethod
    def fitted(self, cell: Cell, places: int) -> Cell:
        """A number as a field keeps it, at so many places; a blank stays one."""

    @abstractmethod
    def limited(self, cell: Cell, places: int, digits: int) -> Cell:
        """A number at so many places, an error where it has too many digits."""

    @abstractmethod
    def aligned(self, cells: Sequence[Cell]) -> list[Cell]:
        """Numbers, blanks among them, whose values can be compared and chosen between."""

    @abstractmethod
    def settled(self, cell: Cell) -> Cell:
        """A number that something else than arithmetic will look at."""

    @abstractmethod
    def extreme(self, cells: Sequence[Cell], *, largest: bool) -> Cell:
        """The smallest or largest that is not blank."""

    @abstractmethod
    def sum_of(self, cell: Cell) -> Sql:
        """The aggregate that adds up a number of each row."""

    @abstractmethod
    def summed(self, value: Sql, cell: Cell, rows: int) -> Cell:
        """The sum of a number over so many rows at most, blank where there is none."""

    # Dates.

    @abstractmethod
    def shifted(self, day: Cell, days: Cell, sign: int) -> Cell: ...

    @abstractmethod
    def days_between(self, left: Cell, right: Cell) -> Cell: ...

    @abstractmethod
    def part(self, day: Cell, name: str) -> Cell:
        """The year, month or day of a date."""

    @abstractmethod
    def months_later(self, day: Cell, months: Cell, *, end: bool) -> Cell:
        """The same day so many months later, or the end of that month."""

    # What is the same everywhere.

    def constant(self, value: Value) -> Cell:
        """A value that stands in the formula."""
        match value:
            case None:
                return Cell("blank", null())
            case bool():
                return Cell("boolean", true() if value else false(), nullable=False)
            case Decimal():
                return self.number(value)
            case str():
                return Cell("text", literal(value, Text()), nullable=False, text=value)
            case dt.date() if not isinstance(value, dt.datetime):
                return self.date(value)
            case _:
                raise NotSafe("This value")

    def read(self, column: Sql, member: Member, kind: Type) -> Cell:
        """The value of a column."""
        if kind.kind == "number" or (kind.kind == "money" and kind.currency):
            return self.read_number(column, member)
        if kind.kind == "money":
            raise NotSafe("Money whose currency stands in the record")
        if kind.kind not in READABLE:
            raise NotSafe("A list")
        return Cell(kind.kind, column)

    def present(self, cell: Cell) -> Cell:
        """A number where a blank counts as 0."""
        if cell.kind == "blank":
            return self.number(Decimal(0)).with_(error=cell.error)
        if not cell.nullable:
            return cell
        zero = self.number(Decimal(0)).value
        return cell.with_(value=func.coalesce(cell.value, zero, type_=cell.value.type), nullable=False)

    def truth(self, cell: Cell) -> Sql:
        """Whether a condition is met; a blank one is not."""
        if cell.kind == "blank":
            return false()
        return func.coalesce(cell.value, false(), type_=Boolean()) if cell.nullable else cell.value

    def compared(self, sign: str, left: Cell, right: Cell, *, positive: bool = False) -> Cell:
        """A comparison. `positive`: null may stand for no, since nothing will turn it around."""
        if "blank" in {left.kind, right.kind}:
            return self._with_blank(sign, left, right)
        if left.kind == "number":
            left, right = map(self.settled, self.aligned([left, right]))
        value = _compared(sign, left, right, positive=positive)
        return Cell(
            "boolean",
            value,
            first_error(left.error, right.error),
            nullable=False,
            guards=guards_of([left, right]),
        )

    def _with_blank(self, sign: str, left: Cell, right: Cell) -> Cell:
        other = right if left.kind == "blank" else left
        if sign not in {"==", "!="}:
            value: Sql = false()
        elif other.nullable:
            value = other.value.is_(None) if sign == "==" else other.value.is_not(None)
        else:
            value = false() if sign == "==" else true()
        other = self.settled(other) if other.kind == "number" else other
        return Cell(
            "boolean", value, first_error(left.error, right.error), nullable=False, guards=guards_of([left, other])
        )

    def chosen(self, whens: Sequence[tuple[Sql, Cell]], otherwise: Cell) -> Cell:
        """The cell of the first condition that is met. Errors of conditions are not looked at."""
        cells = self.alike([cell for _, cell in whens] + [otherwise])
        conditions = [condition for condition, _ in whens]
        value = case(*zip(conditions, [cell.value for cell in cells[:-1]], strict=True), else_=cells[-1].value)
        error = None
        if any(cell.error is not None for cell in cells):
            errors = [null() if cell.error is None else cell.error for cell in cells]
            error = case(*zip(conditions, errors[:-1], strict=True), else_=errors[-1])
        found = next((cell for cell in cells if cell.kind != "blank"), cells[0])
        return found.with_(
            value=value,
            error=error,
            nullable=any(cell.nullable for cell in cells),
            scale=max(cell.scale for cell in cells),
            bound=max(cell.bound for cell in cells),
            real=any(cell.real for cell in cells),
            guards=guards_of(cells),
        )

    def alike(self, cells: Sequence[Cell]) -> list[Cell]:
        """Cells of one kind whose values one column may hold."""
        kinds = {cell.kind for cell in cells} - {"blank"}
        if len(kinds) > 1:
            raise NotSafe("A choice between different types")
        if kinds == {"number"}:
            return self.aligned(cells)
        return list(cells)

    def joined(self, cells: Sequence[Cell]) -> Cell:
        """Texts as one; nothing joined with nothing is a blank."""
        if {cell.kind for cell in cells} - {"text", "blank"}:
            raise NotSafe("A number or date as a text")
        texts: list[Sql] = [func.coalesce(cell.value, "", type_=Text()) for cell in cells if cell.kind == "text"]
        value = reduce(lambda left, right: left.concat(right), texts) if texts else literal("", Text())
        error = first_error(*(cell.error for cell in cells))
        return Cell("text", func.nullif(value, "", type_=Text()), error, guards=guards_of(cells))

    def no_match(self) -> Cell:
        """What IFS and SWITCH give where nothing fits."""
        return Cell("blank", null(), error_number("#N/A"))


def _compared(sign: str, left: Cell, right: Cell, *, positive: bool) -> Sql:
    either = left.nullable or right.nullable
    if sign in _ORDER:
        value = _ORDER[sign](left.value, right.value)
        return func.coalesce(value, false(), type_=Boolean()) if either and not positive else value
    equal = sign == "=="
    if left.nullable and right.nullable:
        return left.value.is_not_distinct_from(right.value) if equal else left.value.is_distinct_from(right.value)
    value = left.value == right.value if equal else left.value != right.value
    if not either or (positive and equal):
        return value
    return func.coalesce(value, false() if equal else true(), type_=Boolean())


def above(value: Decimal) -> int:
    """A whole number above the magnitude of a number that is known."""
    return int(abs(value)) + 1


def all_of(conditions: Sequence[Sql]) -> Sql:
    """The conditions together."""
    return and_(*conditions) if len(conditions) > 1 else conditions[0]


def none_of(condition: Sql) -> Sql:
    """The opposite of a condition that is never null."""
    return not_(condition)
