"""Sums and counts over the rows of a list, as one scalar subquery each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, case, func, null, select

from formulas.computing import chained
from formulas.decimals import ZERO
from formulas.functions import BY_NAME
from formulas.to_sql.cells import Cell, NotSafe, Sql, first_error
from formulas.to_sql.kit import Kit
from formulas.tree import Call, Compared, Constant, Each, Node
from formulas.types import BLANK, BOOLEAN, NUMBER

ADDED = frozenset({"SUM", "MIN", "MAX"})
"""Aggregates of parts can be put together to those of the whole."""
ROLLUPS = ADDED | {"COUNT", "COUNTA"}
AVERAGED = frozenset({"AVERAGE"})
"""Aggregates of rows that are put together from others."""
FINEST = 6
"""Places of a row's number: with more of them, a sum over many rows would leave no room in SQLite's integers."""
_ROWS = 10**6


def is_rollup(node: Node) -> bool:
    """Whether a node is one aggregate over one list."""
    return (
        isinstance(node, Call)
        and node.function.name in ROLLUPS
        and len(node.arguments) == 1
        and isinstance(node.arguments[0], Each)
    )


def plain(node: Call) -> Node:
    """The same with aggregates of one list each: an average is a sum and a count, a sum of several a sum of sums."""
    name, lists = node.function.name, [one for one in node.arguments if isinstance(one, Each)]
    if is_rollup(node) or not lists:
        return node
    if name in AVERAGED and len(node.arguments) == 1:
        return _average(node)
    if name not in ADDED:
        raise NotSafe(f"{name}() of a list", node)
    parts = tuple(_part(node, index) if isinstance(one, Each) else one for index, one in enumerate(node.arguments))
    return Call(node.type, node.start, node.end, node.function, parts, node.parameters)


def _part(node: Call, index: int) -> Node:
    one = node.arguments[index]
    return Call(one.type.item or one.type, one.start, one.end, node.function, (one,), (node.parameters[index],))


def _average(node: Call) -> Node:
    span = node.start, node.end
    total = Call(node.type, *span, BY_NAME["SUM"], node.arguments, node.parameters)
    count = Call(NUMBER, *span, BY_NAME["COUNT"], node.arguments, node.parameters)
    none = Compared(BOOLEAN, *span, "==", count, Constant(NUMBER, *span, ZERO))
    ratio = chained(total, [("/", count)], _never)
    choose = BY_NAME["IF"]
    return Call(node.type, *span, choose, (none, Constant(BLANK, *span, None), ratio), choose.parameters)


def _never(problem: object) -> None:
    raise AssertionError(problem)


@dataclass(frozen=True, slots=True)
class Among:
    """The rows that an aggregate is taken of: those that belong to the record and meet a condition."""

    source: FromClause
    belongs: ColumnElement[bool]
    met: Cell | None
    order: tuple[Sql, ...]

    def subquery(self, found: Sql) -> Sql:
        """An aggregate over the rows."""
        query = select(found).select_from(self.source).where(self.belongs)
        if self.met is not None:
            query = query.where(self.met.value)
        return query.correlate_except(self.source).scalar_subquery()

    def error(self, body: Cell) -> Sql | None:
        """The first error among the rows: of the condition, or of the value where the condition is met."""
        asked = self.met.error if self.met else None
        if body.error is None and asked is None:
            return None
        if body.error is None or self.met is None:
            error = body.error if asked is None else asked
        else:
            error = first_error(asked, case((self.met.value, body.error), else_=null()))
        assert error is not None
        query = select(error).select_from(self.source).where(self.belongs, error.is_not(None))
        return query.order_by(*self.order).limit(1).correlate_except(self.source).scalar_subquery()


def rolled_up(kit: Kit, name: str, cell: Cell, among: Among) -> Cell:
    """The aggregate of a cell that belongs to the rows of a source."""
    if cell.real or cell.guards:
        raise NotSafe("A product of fields in each row")
    return _rolled_up(kit, name, cell, among).with_(error=among.error(cell))


def _rolled_up(kit: Kit, name: str, cell: Cell, among: Among) -> Cell:
    if name in {"COUNT", "COUNTA"}:
        return Cell("number", among.subquery(func.count(cell.value)), nullable=False, bound=_ROWS)
    if name == "SUM":
        return _sum(kit, cell, among)
    if cell.kind not in {"number", "date"}:
        raise NotSafe(f"{name}() of such values")
    function = func.min if name == "MIN" else func.max
    return cell.with_(value=among.subquery(function(cell.value, type_=cell.value.type)), nullable=True)


def _sum(kit: Kit, cell: Cell, among: Among) -> Cell:
    if cell.kind != "number":
        raise NotSafe("The sum of such values")
    if cell.scale > FINEST:
        raise NotSafe(f"The sum of numbers with more than {FINEST} places")
    return kit.present(kit.summed(among.subquery(kit.sum_of(cell)), cell, _ROWS))
