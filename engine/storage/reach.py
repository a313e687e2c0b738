"""Statements along the ways that formulas take: joins from a record to what it reads, and back from what changed.

Not by way of `visible`: a stored result and a condition are the same for everybody, whoever happens to save. What a
reader sees of a result, `visible` decides.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, FromClause, Select, Text, bindparam, func, select

from engine.expressions.routes import Hop, Way, hop_from
from engine.fields.column import USERS
from engine.rights import SYSTEM, rights_of
from engine.storage.database import Database
from engine.storage.located import Located, computed
from engine.storage.tables import ERROR, Tables
from engine.storage.visible import Visible, people

AT_ONCE = 5000
"""So many records are computed together; memory holds no more of them."""


def among(database: Database, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the ids bound as `ids`: one statement, however many there are."""
    if database.sqlite:
        return column.in_(select(listed(database)))
    return column == func.any(bindparam("ids", type_=ARRAY(BigInteger)))


def listed(database: Database) -> ColumnElement[int]:
    """The ids bound as `ids`, each as a row of its own."""
    if database.sqlite:
        return func.json_each(bindparam("ids", type_=Text)).table_valued("value").c.value
    return func.unnest(bindparam("ids", type_=ARRAY(BigInteger)))


def bound(database: Database, ids: Collection[int]) -> dict[str, Any]:
    """The value of `ids`."""
    return {"ids": json.dumps(list(ids)) if database.sqlite else list(ids)}


def portions(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in their order, so many as are handled at once."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


class Reach:
    """One SELECT that begins with the records of an entity and joins whatever their formulas name."""

    def __init__(self, database: Database, tables: Tables, entity: str) -> None:
        self.tables = tables
        self.visible = Visible(tables, rights_of(tables.configuration, SYSTEM), database.system)
        self.base = self._alias(entity, "r")
        self.source: FromClause = self.base
        self._joined: dict[Way, FromClause] = {(): self.base}

    def follow(self, way: Way, *, needed: bool = False) -> FromClause:
        """The table at the end of a way. `needed`: only records from which it leads somewhere are of interest."""
        if way not in self._joined:
            near = self.follow(way[:-1], needed=needed)
            self._joined[way] = self._hop(near, way[-1], outer=not needed)
        return self._joined[way]

    def column(self, entity: str, before: Way, path: str) -> tuple[ColumnElement[Any], ColumnElement[Any] | None]:
        """The column that a path leads to, from the records at the end of a way, and that of its error if it has one."""
        name, way = path, before
        while "." in name:
            step, _, name = name.partition(".")
            hop = hop_from(self.tables.configuration, entity, step)
            assert hop is not None
            way = (*way, hop)
            self.follow(way)
            entity = hop.far
        table = self.follow(way)
        virtual = self.tables.computation.virtual.get((entity, name))
        if virtual:
            return computed(Located(self.visible, entity, table), virtual)
        return table.c[name], table.c.get(name + ERROR)

    def _alias(self, entity: str, name: str) -> FromClause:
        return people(self.tables).subquery(name) if entity == USERS else self.tables.entities[entity].alias(name)

    def _hop(self, near: FromClause, hop: Hop, *, outer: bool) -> FromClause:
        far = self._alias(hop.far, f"t{len(self._joined)}")
        if hop.kind in ("links", "linked"):
            link = self.tables.links[hop.link].alias(f"l{len(self._joined)}")
            mine, theirs = (link.c.record_id, link.c.target_id)[:: 1 if hop.kind == "links" else -1]
            self.source = self.source.join(link, mine == near.c.id, isouter=outer)
            where = theirs == far.c.id
        else:
            where = far.c.id == near.c[hop.field] if hop.kind == "to" else far.c[hop.field] == near.c.id
        if "_trashed_at" in far.c:
            where &= far.c._trashed_at.is_(None)
        self.source = self.source.join(far, where, isouter=outer)
        return far


def back(database: Database, connection: Connection, tables: Tables, way: Way, ids: Collection[int]) -> set[int]:
    """The records from which a way leads to one of these."""
    found = set(ids)
    for hop in reversed(way):
        found = _one_back(database, connection, tables, hop, found) if found else found
    return found


def _one_back(database: Database, connection: Connection, tables: Tables, hop: Hop, ids: Collection[int]) -> set[int]:
    prepared = database.prepared((tables, "back", hop), lambda: _backwards(database, tables, hop))
    return {
        row[0]
        for portion in portions(ids)
        for row in prepared.raw(connection, bound(database, portion))
        if row[0] is not None
    }


def _backwards(database: Database, tables: Tables, hop: Hop) -> Select[Any]:
    if hop.kind in ("links", "linked"):
        link = tables.links[hop.link]
        near, far = (link.c.record_id, link.c.target_id)[:: 1 if hop.kind == "links" else -1]
        return select(near).distinct().where(among(database, far))
    table = tables.entities[hop.link[0]]
    if hop.kind == "to":
        return select(table.c.id).where(among(database, table.c[hop.field]))
    return select(table.c[hop.field]).distinct().where(among(database, table.c.id))
