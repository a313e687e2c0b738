"""Orders of rows, and the rows behind a place in one: how a far page is found without counting the rows before it.

A blank counts as the smallest value of its column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_
from sqlalchemy.sql.elements import BindParameter, UnaryExpression
from sqlalchemy.sql.operators import custom_op

from engine.query import Edge, Query, Sort

Bool = ColumnElement[bool]


def plus(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same value in a form for which SQLite uses no index."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)


@dataclass(frozen=True)
class Level:
    """One column of an order and its direction. The last one is the id, which is `filled`: never blank."""

    column: ColumnElement[Any]
    descending: bool
    filled: bool = False

    @property
    def turned(self) -> Level:
        """The same read from the other end."""
        return replace(self, descending=not self.descending)

    @property
    def sql(self) -> ColumnElement[Any]:
        if self.filled:
            return self.column.desc() if self.descending else self.column.asc()
        return self.column.desc().nulls_last() if self.descending else self.column.asc().nulls_first()


@dataclass(frozen=True, slots=True)
class Walk:
    """How rows are walked from a place: in which direction, and which of the place's values are blank.

    `near` stops where values and blanks of the first column meet, so that an index of it leads straight to the place.
    """

    blanks: tuple[bool, ...]
    backwards: bool
    near: bool = True

    def along(self, levels: Sequence[Level]) -> Sequence[Level]:
        """The levels in the direction of the walk."""
        return tuple(level.turned for level in levels) if self.backwards else levels

    def stops_short(self, sort: Sequence[Sort]) -> bool:
        """Whether more rows may follow where values and blanks of the first column meet."""
        descending = sort[0].descending != self.backwards if sort else self.blanks[0]
        return self.near and self.blanks[0] != descending


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in an order: its value at each level, the last one its id."""

    values: tuple[Any, ...]

    @property
    def blanks(self) -> tuple[bool, ...]:
        return tuple(value is None for value in self.values)

    @property
    def bound(self) -> dict[str, Any]:
        return {f"k{number}": value for number, value in enumerate(self.values)}

    def edge(self, query: Query, *, backwards: bool) -> Edge:
        """The edge between the page of a query, which this place ends, and the one beside it."""
        bare = Edge(self.values[-1], "", backwards)
        return replace(bare, mark=self.mark(query.turned(bare)))

    def mark(self, query: Query) -> str:
        """Ties the place to one page of one list: another order, filter or number has another mark."""
        page = (query.conditions, query.search, query.sort, query.limit, query.offset, query.trashed)
        return hashlib.blake2b(repr((page, self.values)).encode(), digest_size=6).hexdigest()


def beyond(levels: Sequence[Level], walk: Walk) -> Bool:
    """The rows behind a place as one walks along these levels; its values are bound to k0, k1 and so on."""
    known = [_Known(level, f"k{number}", walk.blanks[number]) for number, level in enumerate(walk.along(levels))]
    found = _behind(known)
    return and_(known[0].not_before(), found) if walk.near else found


@dataclass(frozen=True)
class _Known:
    """A level at which the place's value is known: the parameter `name`, unless it is blank."""

    level: Level
    name: str
    blank: bool

    @property
    def value(self) -> BindParameter[Any]:
        return bindparam(self.name, type_=self.level.column.type)

    def same(self) -> Bool:
        return self.level.column.is_(None) if self.blank else self.level.column == self.value

    def behind(self) -> Bool:
        column = self.level.column
        if self.blank:
            return false() if self.level.descending else column.is_not(None)
        if not self.level.descending:
            return column > self.value
        return column < self.value if self.level.filled else or_(column < self.value, column.is_(None))

    def not_before(self) -> Bool:
        """The values from the place on, or the blanks if it is one of them."""
        column = self.level.column
        if self.blank:
            return column.is_(None)
        return column <= self.value if self.level.descending else column >= self.value


def _behind(known: Iterable[_Known]) -> Bool:
    first, *rest = known
    return or_(first.behind(), and_(first.same(), _behind(rest))) if rest else first.behind()
