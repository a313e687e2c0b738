"""Computed fields of many records, computed by the database itself: one UPDATE a field, which touches what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, Update, or_, update

from engine.expressions.plan import TITLE, Stage
from engine.expressions.routes import Key
from engine.rights import SYSTEM, rights_of
from engine.storage.changes import Changes
from engine.storage.database import Database
from engine.storage.located import Located, computed
from engine.storage.reach import among, bound
from engine.storage.statement import Prepared
from engine.storage.tables import ERROR, Tables
from engine.storage.visible import Visible
from formulas.problems import Unparsed

MANY = 500
"""From so many records on it pays to let the database compute them."""


@dataclass(frozen=True, eq=False)
class Updating:
    """The statements of one stage: of all its records, or of those whose ids are bound; the changed ids come back."""

    database: Database
    stage: Stage
    fields: tuple[tuple[str, Prepared], ...]
    needed: frozenset[str]
    """The fields of which others depend, so that it must be known what has changed."""

    def run(self, connection: Connection, ids: Sequence[int] | None, changes: Changes) -> None:
        """Compute, write and note what has become different."""
        if ids is None:
            changes.whole.add(self.stage.entity)
        else:
            changes.note_besides(self.stage.entity, ids)
        wanted = {} if ids is None else bound(self.database, ids)
        for name, prepared in self.fields:
            if name in self.needed:
                changes.note(self.stage.entity, (name,), (row[0] for row in prepared.raw(connection, wanted)))
            else:
                prepared.run(connection, wanted)


@lru_cache(maxsize=200)
def updating_of(database: Database, tables: Tables, stage: Stage, *, some: bool) -> Updating | None:
    """The kept statements of a stage, of some records or of all; None where a database cannot compute it."""
    read = {one.key for other in tables.computation.stages for one in other.inputs}
    if any(_is_pythons(tables, stage, name, read) for name in stage.names):
        return None
    needed = frozenset(name for name in stage.names if (stage.entity, name) in read)
    try:
        statements = {name: _update(database, tables, stage, at, some=some) for at, name in enumerate(stage.names)}
    except Unparsed:
        return None
    table = tables.entities[stage.entity]
    returning = {
        name: statement.returning(table.c.id) if name in needed else statement for name, statement in statements.items()
    }
    fields = tuple((name, Prepared(statement, database.dialect)) for name, statement in returning.items())
    return Updating(database, stage, fields, needed)


def _is_pythons(tables: Tables, stage: Stage, name: str, read: set[Key]) -> bool:
    """Whether more hangs on a result than its column: a folded text, a title, or where a link led before."""
    described = tables.configuration.entities[stage.entity]
    column = None if name == TITLE else described.fields[name].column()
    key = (stage.entity, name)
    return column is None or column.folded or described.title_field == name or key in tables.computation.watched


def _update(database: Database, tables: Tables, stage: Stage, at: int, *, some: bool) -> Update:
    table = tables.entities[stage.entity]
    name = stage.names[at]
    visible = Visible(tables, rights_of(tables.configuration, SYSTEM), database.system)
    found, error = computed(Located(visible, stage.entity, table), stage.fields[at], table)
    column, wrong = table.c[name], table.c[name + ERROR]
    where = [table.c._trashed_at.is_(None), or_(column.is_distinct_from(found), wrong.is_distinct_from(error))]
    if some:
        where.append(among(database, table.c.id))
    return update(table).values({name: found, name + ERROR: error}).where(*where)
