"""The statements of amounts that do not add up: computed from the rows at each level.

Each takes the rows as a select of their keys (`k0`, …), the value `v` and its error `e`, who they are (`o0`) and their
order in time (`s0`, …), and gives for each group the filled, the wrong and all rows, then what they come to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import FromClause, Select, case, func, null, select

from engine.storage.spans import Sql


def _counts(rows: FromClause) -> list[Sql]:
    return [func.count(rows.c.v), func.count(rows.c.e), func.count()]


def _grouped(base: Select[Any], keys: int, found: str) -> Select[Any]:
    rows = base.subquery()
    columns = [rows.c[f"k{number}"] for number in range(keys)]
    made: Sql = func.count(rows.c.v.distinct()) if found == "distinct" else getattr(func, found)(rows.c.v)
    return select(*columns, *_counts(rows), made).group_by(*columns)


def _median(base: Select[Any], keys: int) -> Select[Any]:
    """The one or two in the middle of the filled rows of a group."""
    rows = base.subquery()
    columns = [rows.c[f"k{number}"] for number in range(keys)]
    blank_last = case((rows.c.v.is_(None), 1), else_=0)
    place = func.row_number().over(partition_by=columns or None, order_by=(blank_last, rows.c.v)).label("place")
    filled = func.count(rows.c.v).over(partition_by=columns or None).label("filled")
    placed = select(rows, place, filled).subquery()
    middle = placed.c.place.in_([(placed.c.filled + 1) // 2, (placed.c.filled + 2) // 2])
    value = case((middle, placed.c.v), else_=null())
    again = [placed.c[f"k{number}"] for number in range(keys)]
    return select(*again, *_counts(placed), func.min(value), func.max(value)).group_by(*again)


def _ended(base: Select[Any], keys: int, *, last: bool) -> Select[Any]:
    """The value of the first or the last filled row of a group."""
    rows = base.subquery()
    columns = [rows.c[f"k{number}"] for number in range(keys)]
    blank_last = case((rows.c.v.is_(None), 1), else_=0)
    along: list[Sql] = []
    for column in sorted((one for one in rows.c if one.name[0] in "so"), key=lambda one: one.name, reverse=True):
        blank_first = case((column.is_(None), 0), else_=1)
        along += [blank_first.desc(), column.desc()] if last else [blank_first, column]
    place = func.row_number().over(partition_by=columns or None, order_by=(blank_last, *along)).label("place")
    placed = select(rows, place).subquery()
    value = case((placed.c.place == 1, placed.c.v), else_=null())
    again = [placed.c[f"k{number}"] for number in range(keys)]
    return select(*again, *_counts(placed), func.max(value)).group_by(*again)


STATEMENTS: dict[str, Callable[[Select[Any], int], Select[Any]]] = {
    "distinct": lambda base, keys: _grouped(base, keys, "distinct"),
    "sum": lambda base, keys: _grouped(base, keys, "sum"),
    "average": lambda base, keys: _grouped(base, keys, "sum"),
    "count": lambda base, keys: _grouped(base, keys, "max"),
    "median": _median,
    "first": lambda base, keys: _ended(base, keys, last=False),
    "last": lambda base, keys: _ended(base, keys, last=True),
}
