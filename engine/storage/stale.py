"""What has been put off: records whose computed fields a job brings up to date, because they are too many for a save.

A record may stand here several times, and is never looked for before it is added: whoever adds it waits for nobody,
and whoever takes it takes only what he sees. So what is added while it is being computed is computed once more.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, func, insert, literal, select

from engine.expressions.plan import Stage
from engine.storage.database import Database
from engine.storage.reach import among, bound, listed
from engine.storage.system import KEY, system_table

_STAGE = system_table("_stale_stage")
_STALE = system_table("_stale")


def put_off(database: Database, connection: Connection, stage: Stage, ids: Collection[int]) -> None:
    """Leave a stage of these records to a job."""
    stage_id = _stage_id(connection, stage.entity, ",".join(stage.names))
    prepared = database.prepared(
        "stale.put_off",
        lambda: insert(_STALE).from_select(
            ["stage_id", "record_id"], select(bindparam("stage", type_=KEY), listed(database))
        ),
    )
    prepared.run(connection, {"stage": stage_id, **bound(database, sorted(ids))})


def pending(database: Database, connection: Connection) -> list[tuple[int, str, tuple[str, ...]]]:
    """The stages of which some record waits: number, entity, fields. Few pages have to ask anything else."""
    prepared = database.prepared("stale.pending", _pending)
    return [(key, entity, tuple(names.split(","))) for key, entity, names in prepared.rows(connection, {})]


def count(connection: Connection) -> int:
    """How many records wait, some of them several times."""
    return connection.execute(select(func.count()).select_from(_STALE)).scalar_one()


def take(database: Database, connection: Connection, stage_id: int, limit: int) -> list[int]:
    """Remove records of a stage and return them, the first in their order that no other worker has."""
    waiting = select(_STALE.c.id, _STALE.c.record_id).where(_STALE.c.stage_id == stage_id)
    first = waiting.order_by(_STALE.c.record_id).limit(limit).with_for_update(skip_locked=True)
    rows = connection.execute(first).all()
    if rows:
        removing = database.prepared("stale.take", lambda: delete(_STALE).where(among(database, _STALE.c.id)))
        removing.run(connection, bound(database, [row.id for row in rows]))
    return sorted({row.record_id for row in rows})


def forget(connection: Connection, stage_id: int) -> None:
    """Remove what waits of a stage that no configuration has any more."""
    connection.execute(delete(_STALE).where(_STALE.c.stage_id == stage_id))


def _pending() -> Select[Any]:
    waits = exists(select(literal(1)).where(_STALE.c.stage_id == _STAGE.c.id))
    return select(_STAGE.c.id, _STAGE.c.entity, _STAGE.c.fields).where(waits).order_by(_STAGE.c.id)


def _stage_id(connection: Connection, entity: str, names: str) -> int:
    """The number of a stage, given at its first use. Stages are few and stay."""
    known = select(_STAGE.c.id).where(_STAGE.c.entity == entity, _STAGE.c.fields == names)
    found = connection.execute(known).scalar()
    if found is None:
        values = {"entity": entity, "fields": names}
        found = connection.execute(insert(_STAGE).values(values).returning(_STAGE.c.id)).scalar_one()
    return int(found)
