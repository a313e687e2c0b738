"""Bringing up to date what was put off: portion by portion, each a transaction that leaves nothing halfway.

The first stage first, and what depends on it is put off in its turn: so each stage is computed once for each record,
as it would have been at once, and whatever others change meanwhile is either seen or comes again.
"""

from __future__ import annotations

from sqlalchemy import Connection

from engine.expressions.plan import Stage
from engine.storage import stale
from engine.storage.changes import Changes
from engine.storage.database import Database
from engine.storage.reach import AT_ONCE
from engine.storage.recompute import Recompute
from engine.storage.tables import Tables


def catch_up(database: Database, tables: Tables, connection: Connection, portion: int = AT_ONCE) -> int:
    """Compute some of what waits; how many records, 0 where nothing is left."""
    waiting = stale.pending(database, connection)
    order = {id(stage): number for number, stage in enumerate(tables.computation.stages)}
    known = [(_stages(tables, entity, names), stage_id) for stage_id, entity, names in waiting]
    for stages, stage_id in sorted(known, key=lambda one: [order[id(stage)] for stage in one[0]]):
        if not stages:
            stale.forget(connection, stage_id)
            continue
        ids = stale.take(database, connection, stage_id, portion)
        if ids:
            _compute(database, tables, connection, stages, ids)
            return len(ids)
    return 0


def _compute(
    database: Database, tables: Tables, connection: Connection, stages: tuple[Stage, ...], ids: list[int]
) -> None:
    recompute, changes = Recompute(database, tables), Changes()
    for stage in stages:
        recompute.compute(connection, stage, ids, changes)
    recompute.run(connection, changes, most=0)


def _stages(tables: Tables, entity: str, names: tuple[str, ...]) -> tuple[Stage, ...]:
    """The stages that compute these fields; another configuration may have put them together differently."""
    return tuple(
        stage
        for stage in tables.computation.stages
        if stage.entity == entity and not set(names).isdisjoint(stage.names)
    )
