"""Sums and counts over the rows of a list, as one scalar subquery each."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, func, select

from formulas.computing import chained
from formulas.decimals import ZERO
from formulas.functions import BY_NAME
from formulas.to_sql.cells import Cell, NotSafe, Sql
from formulas.to_sql.kit import Kit
from formulas.tree import Call, Compared, Constant, Each, Node
from formulas.types import BLANK, BOOLEAN, NUMBER

ADDED = frozenset({"SUM", "MIN", "MAX"})
"""Aggregates of parts can be put together to those of the whole."""
ROLLUPS = ADDED | {"COUNT", "COUNTA"}
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
    if name == "AVERAGE" and len(node.arguments) == 1:
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


def rolled_up(kit: Kit, name: str, cell: Cell, source: FromClause, condition: ColumnElement[bool] | None) -> Cell:
    """The aggregate of a cell that belongs to the rows of a source."""
    if cell.error is not None:
        raise NotSafe("A list whose rows may give errors, as a division does,")
    if cell.real or cell.guards:
        raise NotSafe("A product of fields in each row")
    if name in {"COUNT", "COUNTA"}:
        counted = _subquery(func.count(cell.value), source, condition)
        return Cell("number", counted, nullable=False, bound=_ROWS)
    if name == "SUM":
        return _sum(kit, cell, source, condition)
    if cell.kind not in {"number", "date"}:
        raise NotSafe(f"{name}() of such values")
    function = func.min if name == "MIN" else func.max
    found = _subquery(function(cell.value, type_=cell.value.type), source, condition)
    return cell.with_(value=found, nullable=True)


def _sum(kit: Kit, cell: Cell, source: FromClause, condition: ColumnElement[bool] | None) -> Cell:
    if cell.kind != "number":
        raise NotSafe("The sum of such values")
    if cell.scale > FINEST:
        raise NotSafe(f"The sum of numbers with more than {FINEST} places")
    return kit.present(kit.summed(_subquery(kit.sum_of(cell), source, condition), cell, _ROWS))


def _subquery(aggregate: Sql, source: FromClause, condition: ColumnElement[bool] | None) -> Sql:
    query = select(aggregate).select_from(source)
    if condition is not None:
        query = query.where(condition)
    return query.correlate_except(source).scalar_subquery()
