"""The history of records as rows: one for each record that a transaction has changed, its lines included."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select

from engine.expressions.results import error_code
from engine.fields import Field
from engine.fields.column import FILES
from engine.fields.lines import LinesField
from engine.model import Entity
from engine.storage.bulk import insert_columns
from engine.storage.changes import Changes
from engine.storage.database import Database
from engine.storage.reach import among, bound
from engine.storage.recording import Recording, Told
from engine.storage.tables import Tables

Origin = Literal["form", "import", "api", "program", "formula", "undo", "batch"]
"""Where a change comes from."""
WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
"""How changes are written."""
COLUMNS = ("action_id", "entity", "record_id", "parent_id", "at", "done_by", "origin", "kind", "changes")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something, when, and from where."""

    by: int | None
    at: dt.datetime
    origin: Origin


def keep(database: Database, connection: Connection, tables: Tables, recording: Recording, stamp: Stamp) -> int | None:
    """Write what a transaction has done; the id of the action where it is one, more than a single change."""
    if not recording.records and not recording.brought:
        return None
    rows = list(_Telling(database, connection, tables, recording.changes).rows(recording.records))
    if len(rows) == 1 and not recording.brought and recording.kind is None:
        _insert_one(database, connection, tables, (None, *rows[0], stamp))
        return None
    action = _insert_action(connection, tables, recording, stamp)
    _insert_many(database, connection, tables, [(action, *row, stamp) for row in rows])
    _insert_brought(database, connection, tables, action, recording.brought)
    return action


Row = tuple[str, int, int | None, str, str]
"""An entity, a record, the parent of a line, the kind and the changes as JSON."""
Placed = tuple[int | None, str, int, int | None, str, str, Stamp]


@dataclass(frozen=True)
class _Telling:
    """Turns what was recorded into rows."""

    database: Database
    connection: Connection
    tables: Tables
    changes: Changes

    def rows(self, records: Mapping[tuple[str, int], Told]) -> Iterator[Row]:
        parents = self._parents(records)
        for (entity, record_id), told in records.items():
            content = self._content(entity, record_id, told)
            yield entity, record_id, parents.get((entity, record_id)), told.kind, WRITTEN.encode(content)

    def _content(self, entity: str, record_id: int, told: Told) -> dict[str, Any]:
        described = self.tables.configuration.entities[entity]
        fields = described.fields
        pairs = {name: _pair(fields.get(name), pair) for name, pair in told.fields.items()}
        found: dict[str, Any] = {"fields": pairs} if pairs else {}
        computed = self.changes.computed.get((entity, record_id))
        if computed:
            found["computed"] = {
                name: [_result(fields[name], *one) for one in pair] for name, pair in computed.items() if name in fields
            }
        names = self._file_names(described, told)
        if names:
            found["files"] = names
        lines = {name: self._lines(fields[name], lines) for name, lines in told.lines.items() if lines}
        if lines:
            found["lines"] = lines
        return found

    def _lines(self, field: Field, lines: Mapping[int, Told]) -> list[dict[str, Any]]:
        assert isinstance(field, LinesField)
        return [{"id": line, "kind": told.kind, **self._content(field.of, line, told)} for line, told in lines.items()]

    def _file_names(self, entity: Entity, told: Told) -> dict[str, str]:
        """What attached files are called that have come or gone: they may be removed one day."""
        ids = {
            key
            for name, field in entity.linked()
            if name in told.fields and (links := field.links()) and links.target == FILES
            for one in told.fields[name]
            for key in one or ()
        }
        if not ids:
            return {}
        file = self.tables.system(FILES)
        found = self.connection.execute(select(file.c.id, file.c.name).where(file.c.id.in_(ids)))
        return {str(key): name for key, name in found}

    def _parents(self, records: Mapping[tuple[str, int], Told]) -> dict[tuple[str, int], int]:
        """The records to which lines belong that are told of by themselves."""
        ids: dict[str, list[int]] = {}
        for entity, record_id in records:
            if self.tables.configuration.parent_of(entity):
                ids.setdefault(entity, []).append(record_id)
        found: dict[tuple[str, int], int] = {}
        for entity, lines in ids.items():
            table = self.tables.entities[entity]
            parent = table.c[str(self.tables.configuration.parent_of(entity))]
            rows = select(table.c.id, parent).where(among(self.database, table.c.id))
            found.update(
                ((entity, line), to) for line, to in self.connection.execute(rows, bound(self.database, lines))
            )
        return found


def _pair(field: Field | None, pair: tuple[Any, Any]) -> list[Any]:
    return [one if field is None or one is None else field.dump(one) for one in pair]


def _result(field: Field, value: Any, error: int | None) -> Any:
    return field.dump(value) if error is None else {"error": error_code(error)}


def _insert_one(database: Database, connection: Connection, tables: Tables, row: Placed) -> None:
    change = tables.system("_change")

    def build() -> Any:
        return insert(change).values({name: bindparam(name, type_=change.c[name].type) for name in COLUMNS})

    database.prepared("keep_change", build).run(connection, dict(zip(COLUMNS, _columns(row), strict=True)))


def _insert_many(database: Database, connection: Connection, tables: Tables, rows: Sequence[Placed]) -> None:
    if rows:
        columns = zip(*map(_columns, rows), strict=True)
        insert_columns(database, connection, tables.system("_change"), dict(zip(COLUMNS, columns, strict=True)))


def _columns(row: Placed) -> tuple[Any, ...]:
    action, entity, record_id, parent, kind, changes, stamp = row
    return action, entity, record_id, parent, stamp.at, stamp.by, stamp.origin, kind, changes


def _insert_action(connection: Connection, tables: Tables, recording: Recording, stamp: Stamp) -> int:
    action = tables.system("_action")
    row = {
        "at": stamp.at,
        "done_by": stamp.by,
        "origin": stamp.origin,
        "kind": recording.kind or _main_kind(recording),
        "summary": json.dumps(_summary(recording)),
        "undoes_action": recording.undoes.action,
        "undoes_change": recording.undoes.change,
    }
    number = int(connection.execute(insert(action).values(row).returning(action.c.id)).scalar_one())
    if recording.job is not None:
        connection.execute(insert(tables.system("_job_act")).values(action_id=number, job_id=recording.job))
    return number


def _main_kind(recording: Recording) -> str:
    """What an act is called that nobody has named: what it did to the first record that was meant."""
    kinds = {told.kind for told in recording.records.values()}
    return next((kind for kind in ("trashed", "restored", "created") if kind in kinds), "changed")


def _summary(recording: Recording) -> dict[str, dict[str, int]]:
    """How many records of each entity an act has created, changed, trashed and restored."""
    found: dict[str, dict[str, int]] = {}
    counted = [(entity, told.kind, 1) for (entity, _), told in recording.records.items()]
    counted += [(entity, "created", len(ids)) for entity, ids in recording.brought]
    for entity, kind, number in counted:
        kinds = found.setdefault(entity, {})
        kinds[kind] = kinds.get(kind, 0) + number
    return found


def _insert_brought(
    database: Database, connection: Connection, tables: Tables, action: int, brought: Sequence[tuple[str, range]]
) -> None:
    rows = [(action, entity, ids.start, ids.stop - 1) for entity, ids in brought if ids]
    if rows:
        names = ("action_id", "entity", "first_id", "last_id")
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        insert_columns(database, connection, tables.system("_brought"), columns)
