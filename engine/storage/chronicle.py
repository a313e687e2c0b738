"""Reading what history keeps: the changes of a record with those of its lines, and the acts that people have done."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Select, Table, and_, func, or_, select, union

from engine.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Happened:
    """One kept change of a record. `parent_id` is set where a line has changed without its record."""

    id: int
    action_id: int | None
    entity: str
    record_id: int
    parent_id: int | None
    at: dt.datetime
    done_by: int | None
    origin: str
    kind: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to several records at once; `summary` counts them by entity and by what became of them."""

    id: int
    at: dt.datetime
    done_by: int | None
    origin: str
    kind: str
    summary: Mapping[str, Mapping[str, int]]
    undoes_action: int | None
    undoes_change: int | None


def of_record(
    connection: Connection, tables: Tables, entity: str, record_id: int, children: Sequence[str]
) -> list[Happened]:
    """The changes of a record and of its lines, the newest first; `children` are the entities of its lines."""
    change = tables.system("_change")
    own = (change.c.entity == entity) & (change.c.record_id == record_id)
    lines = [(change.c.entity == child) & (change.c.parent_id == record_id) for child in children]
    # Each by its own index: one statement with OR would walk the table.
    found = [one for where in (own, *lines) for one in _happened(connection, select(change).where(where))]
    return sorted(found, key=lambda one: one.id, reverse=True)


def of_action(connection: Connection, tables: Tables, action: int) -> list[Happened]:
    """The changes that one act has made, the newest first."""
    change = tables.system("_change")
    return _happened(connection, select(change).where(change.c.action_id == action).order_by(change.c.id.desc()))


def alone(connection: Connection, tables: Tables, change_id: int) -> Happened | None:
    """One change by its id."""
    change = tables.system("_change")
    return next(iter(_happened(connection, select(change).where(change.c.id == change_id))), None)


def latest(connection: Connection, tables: Tables, entity: str, record_id: int) -> int | None:
    """The newest change of a record."""
    change = tables.system("_change")
    mine = (change.c.entity == entity) & (change.c.record_id == record_id)
    return connection.execute(select(func.max(change.c.id)).where(mine)).scalar()


def touched(connection: Connection, tables: Tables, entity: str, span: range) -> set[int]:
    """Which records of a span of ids have a change of their own in history, or of their lines."""
    change = tables.system("_change")
    mine = (change.c.entity == entity) & change.c.record_id.between(span.start, span.stop - 1)
    return set(connection.execute(select(change.c.record_id).where(mine)).scalars())


def bringing(connection: Connection, tables: Tables, entity: str, record_id: int) -> Act | None:
    """The act that has brought a record together with many others."""
    brought, action = tables.system("_brought"), tables.system("_action")
    nearest = (
        select(brought.c.action_id, brought.c.last_id)
        .where(brought.c.entity == entity, brought.c.first_id <= record_id)
        .order_by(brought.c.first_id.desc())
        .limit(1)
    )
    found = connection.execute(nearest).one_or_none()
    if found is None or found.last_id < record_id:
        return None
    return next(iter(_acts(connection, select(action).where(action.c.id == found.action_id))), None)


def brought_by(connection: Connection, tables: Tables, action: int) -> list[tuple[str, range]]:
    """The records that an act has brought many at a time: entities and spans of ids, the last first."""
    brought = tables.system("_brought")
    rows = select(brought).where(brought.c.action_id == action).order_by(brought.c.id.desc())
    return [(row.entity, range(row.first_id, row.last_id + 1)) for row in connection.execute(rows)]


def concerned(tables: Tables, entity: str, action: BindParameter[int]) -> CompoundSelect[Any]:
    """The ids of the records of an entity to which an act has done something, those included that came many at a time."""
    change, brought, record = tables.system("_change"), tables.system("_brought"), tables.entities[entity]
    told = select(change.c.record_id).where(change.c.action_id == action, change.c.entity == entity)
    within = record.c.id.between(brought.c.first_id, brought.c.last_id)
    came = select(record.c.id).join_from(brought, record, within)
    return union(told, came.where(brought.c.action_id == action, brought.c.entity == entity))


def lines_gone_with(connection: Connection, tables: Tables, child: str, parent: str, record_id: int) -> list[int]:
    """The lines that went into the trash together with their record."""
    line, record = tables.entities[child], tables.entities[parent]
    together = (line.c[parent] == record.c.id) & (line.c._trashed_at == record.c._trashed_at)
    found = select(line.c.id).join_from(line, record, together).where(record.c.id == record_id)
    return list(connection.execute(found).scalars())


def act(connection: Connection, tables: Tables, action_id: int) -> Act | None:
    """One act by its id."""
    action = tables.system("_action")
    return next(iter(_acts(connection, select(action).where(action.c.id == action_id))), None)


def acts(
    connection: Connection, tables: Tables, by: int | None, limit: int, before: dt.datetime | None
) -> list[Act | Happened]:
    """What was done, the newest first: acts, and changes that stand alone. `by` wants those of one person."""
    action, change = tables.system("_action"), tables.system("_change")
    several = _recent(action, [], by, limit, before)
    single = _recent(change, [change.c.action_id.is_(None)], by, limit, before)
    found: list[Act | Happened] = [*_acts(connection, several), *_happened(connection, single)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def changes_by(connection: Connection, tables: Tables, by: int, limit: int) -> list[tuple[str, int, dt.datetime]]:
    """The records that somebody has changed one by one, with the moment, the newest change first."""
    change = tables.system("_change")
    own = _recent(change, [change.c.action_id.is_(None), change.c.parent_id.is_(None)], by, limit, None)
    wanted = own.with_only_columns(change.c.entity, change.c.record_id, change.c.at)
    return [(entity, record_id, at) for entity, record_id, at in connection.execute(wanted)]


def undone(
    connection: Connection, tables: Tables, actions: Sequence[int], changes: Sequence[int]
) -> tuple[set[int], set[int]]:
    """Which of these acts and changes have been taken back, by an undo that has not been taken back itself."""
    action = tables.system("_action")
    taking = and_(
        action.c.kind == "undo", or_(action.c.undoes_action.in_(actions), action.c.undoes_change.in_(changes))
    )
    found = _acts(connection, select(action).where(taking))
    if not found:
        return set(), set()
    again, _ = undone(connection, tables, [one.id for one in found], [])
    valid = [one for one in found if one.id not in again]
    return (
        {one.undoes_action for one in valid if one.undoes_action is not None},
        {one.undoes_change for one in valid if one.undoes_change is not None},
    )


def _recent(table: Table, where: list[Any], by: int | None, limit: int, before: dt.datetime | None) -> Select[Any]:
    wanted = select(table).where(*where).order_by(table.c.id.desc()).limit(limit)
    if by is not None:
        wanted = wanted.where(table.c.done_by == by)
    return wanted if before is None else wanted.where(table.c.at < before)


def _happened(connection: Connection, statement: Select[Any]) -> list[Happened]:
    rows = connection.execute(statement).mappings()
    return [Happened(**{**row, "changes": json.loads(row["changes"])}) for row in rows]


def _acts(connection: Connection, statement: Select[Any]) -> list[Act]:
    rows = connection.execute(statement).mappings()
    return [Act(**{**row, "summary": json.loads(row["summary"])}) for row in rows]
