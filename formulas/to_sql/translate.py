"""From a checked formula to a cell of SQL: one case for each kind of node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, and_, or_

from formulas.decimals import ZERO
from formulas.evaluate import Evaluator
from formulas.function import Function, Parameter
from formulas.to_sql.cells import Cell, NotSafe, Sql, error_number, first_error, guards_of
from formulas.to_sql.forms import FORMS, MOMENTS
from formulas.to_sql.kit import Kit
from formulas.to_sql.rollups import Among, is_rollup, plain, rolled_up
from formulas.tree import Call, Chain, Compared, Constant, Each, Node, Read, Tagged, walk
from formulas.types import Kind
from formulas.values import Context, FormulaError, Scalar

_ANY: Mapping[Kind, Scalar] = MappingProxyType(
    {"number": ZERO, "money": ZERO, "text": " ", "boolean": False, "date": dt.date.min}
)
"""A value of a type, to stand beside an error: it is never looked at."""
_ARITHMETIC = frozenset({"+", "-", "*", "/"})


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list: where they stand, which of them belong to the record, and their values by dotted path.

    `error` is that of a value that was itself computed, None where it cannot have any.
    """

    source: FromClause
    belongs: ColumnElement[bool]
    column: Callable[[str], Sql]
    error: Callable[[str], Sql | None] = lambda path: None
    order: tuple[Sql, ...] = ()
    """In which the evaluator goes through them: the first error is the result's."""


class Source(Protocol):
    """Where the values of a record are, as storage knows it."""

    def column(self, path: str) -> Sql:
        """The value of the own record at a dotted path; of `USER()`, the id of who asks."""

    def error(self, path: str) -> Sql | None:
        """The error that stands in place of the value at a path; None where it cannot have any."""

    def rows(self, root: str) -> Rows:
        """The rows of a list; under names of their own with every call, since one list may be looked at twice."""


class Translator:
    """Builds the cell of one formula on one database."""

    def __init__(self, kit: Kit, source: Source, context: Context) -> None:
        self.kit = kit
        self.source = source
        self.context = context
        self.row: Rows | None = None
        self.cases: Mapping[type[Node], Callable[[Any], Cell]] = MappingProxyType(
            {
                Constant: self.constant,
                Read: self.read,
                Chain: self.chain,
                Compared: self.comparison,
                Call: self.call,
                Each: self.list,
                Tagged: self.list,
            }
        )

    def cell(self, node: Node) -> Cell:
        """The cell of a node; raises NotSafe with the node that SQL cannot compute."""
        try:
            return self.cases[type(node)](node)
        except NotSafe as error:
            raise error if error.node else NotSafe(error.what, node) from None

    def condition(self, node: Node) -> Cell:
        """A condition where no and null are the same: so written, an index can serve it."""
        if isinstance(node, Call) and node.function.name in {"AND", "OR"}:
            cells = [self.condition(argument) for argument in node.arguments]
            if all(cell.error is None for cell in cells):
                joined = and_ if node.function.name == "AND" else or_
                return Cell("boolean", joined(*(cell.value for cell in cells)), guards=guards_of(cells))
        if isinstance(node, Compared):
            return self.kit.compared(node.sign, self.cell(node.left), self.cell(node.right), positive=True)
        return self.cell(node)

    def constant(self, node: Constant) -> Cell:
        return self.kit.constant(node.value)

    def read(self, node: Read) -> Cell:
        if node.old:
            raise NotSafe("OLD()")
        place = self.row if node.row and self.row else self.source
        found = self.kit.read(place.column(node.path), node.member, node.type)
        error = place.error(node.path)
        return found if error is None else found.with_(error=error)

    def list(self, node: Node) -> Cell:
        raise NotSafe("A list" if isinstance(node, Each) else "Money whose currency stands in the record")

    def comparison(self, node: Compared) -> Cell:
        return self.kit.compared(node.sign, self.cell(node.left), self.cell(node.right))

    def chain(self, node: Chain) -> Cell:
        found = self.cell(node.first)
        if node.rest[0][0].sign == "&":
            return self.kit.joined([found, *(self.cell(right) for _, right in node.rest)])
        for operator, right in node.rest:
            found = self.step(operator.sign, found, self.cell(right))
        return found

    def step(self, sign: str, left: Cell, right: Cell) -> Cell:
        """One operator between two cells."""
        kinds = {left.kind, right.kind}
        if "date" in kinds:
            return self.days(sign, left, right)
        if not kinds <= {"number", "blank"} or sign not in _ARITHMETIC:
            raise NotSafe(f"“{sign}” between such values")
        left, right = self.kit.present(left), self.kit.present(right)
        if sign in {"+", "-"}:
            return self.kit.plus([left, right], [1, 1 if sign == "+" else -1])
        return self.kit.times(left, right) if sign == "*" else self.kit.divided(left, right)

    def days(self, sign: str, left: Cell, right: Cell) -> Cell:
        """A date and a number of days, or two dates."""
        if left.kind == "date" and right.kind == "date":
            return self.kit.days_between(left, right)
        day, days = (left, right) if left.kind == "date" else (right, left)
        return self.kit.shifted(day, self.kit.present(days), 1 if sign == "+" else -1)

    def call(self, node: Call) -> Cell:
        function = node.function
        if function.name in MOMENTS:
            return self.kit.moment(self.context, function.name)
        if any(isinstance(argument, Each) for argument in node.arguments):
            return self.aggregate(node)
        if _is_constant(node):
            return self.known(node)
        if not function.sql:
            raise NotSafe(f"{function.name}()")
        form = FORMS[function.name]
        if function.lazy:
            return form(self.kit, [self.cell(argument) for argument in node.arguments])
        cells = [self.cell(argument) for argument in node.arguments]
        fitted = [self.fitted(cell, parameter) for cell, parameter in zip(cells, node.parameters, strict=True)]
        return _strict(function, cells, form(self.kit, fitted))

    def known(self, node: Call) -> Cell:
        """What a call gives that reads nothing: the evaluator knows it beforehand."""
        found = Evaluator(self.context).value(node, {})
        if isinstance(found, FormulaError):
            stand_in = self.kit.constant(_ANY.get(node.type.kind))
            return stand_in.with_(error=error_number(found.code))
        if isinstance(found, tuple):
            raise NotSafe("A list")
        return self.kit.constant(found)

    def fitted(self, cell: Cell, parameter: Parameter) -> Cell:
        """What a form receives for an argument, as the evaluator fits it to the parameter."""
        if parameter.blanks:
            return cell
        kind = parameter.accepts[0]
        if kind in {"number", "money"}:
            return self.kit.present(cell)
        if cell.kind not in {kind, "blank"}:
            raise NotSafe("A value of another type")
        return cell

    def aggregate(self, node: Call) -> Cell:
        simple = plain(node)
        if not is_rollup(simple):
            return self.cell(simple)
        assert isinstance(simple, Call)
        each = simple.arguments[0]
        assert isinstance(each, Each)
        with self.rows(each.root) as rows:
            cell = self.cell(each.body)
            met = None if each.condition is None else self.condition(each.condition)
            if met and met.guards:
                raise NotSafe("A condition on rows that SQLite cannot compute", each.condition)
        return rolled_up(self.kit, node.function.name, cell, Among(rows.source, rows.belongs, met, rows.order))

    @contextmanager
    def rows(self, root: str) -> Iterator[Rows]:
        outer, self.row = self.row, self.source.rows(root)
        try:
            yield self.row
        finally:
            self.row = outer


def _is_constant(node: Call) -> bool:
    """Whether nothing in a call depends on the record, the day or who asks."""
    below = tuple(walk(node))
    calls = (one for one in below if isinstance(one, Call))
    return not any(isinstance(one, Read | Each) for one in below) and not any(one.function.context for one in calls)


def _strict(function: Function, cells: list[Cell], found: Cell) -> Cell:
    """The result of a strict function, whose arguments fail before it does."""
    error = first_error(*(cell.error for cell in cells), found.error)
    return found.with_(error=error, guards=guards_of([found, *cells]))
