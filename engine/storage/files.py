"""The rows of attached files: what each is, whose it is, and which record names it. The bytes lie in a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from engine.fields.column import FILES
from engine.storage.select import Reader
from engine.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class FileRow:
    """One attached file; without a record it is an upload that waits for one, or was taken off one."""

    id: int
    entity: str
    field: str
    record_id: int | None
    name: str
    kind: str
    size: int
    digest: str
    width: int | None
    height: int | None
    created_by: int | None


def add_file(connection: Connection, tables: Tables, values: Mapping[str, Any], now: dt.datetime) -> int:
    """Insert an upload that no record names yet; its id."""
    row = {**values, "created_at": now, "loose_since": now}
    return int(connection.execute(insert(_file(tables)).values(row).returning(_file(tables).c.id)).scalar_one())


def files(connection: Connection, tables: Tables, ids: Collection[int]) -> dict[int, FileRow]:
    """The files of these ids, whoever may see them."""
    file = _file(tables)
    columns = [file.c[name] for name in FileRow.__dataclass_fields__]
    rows = connection.execute(select(*columns).where(file.c.id.in_(ids))) if ids else ()
    return {row[0]: FileRow(*row) for row in rows}


def readable(connection: Connection, reader: Reader, entity: str, ids: Collection[int]) -> frozenset[int]:
    """Which of these records may be read, in the trash or not."""
    found = frozenset(reader.titles(connection, entity, ids))
    gone = [record for record in ids if record not in found]
    return found | frozenset(reader.records(connection, entity, gone, trashed=True)) if gone else found


def waiting(connection: Connection, tables: Tables, by: int | None) -> int:
    """How many uploads of a person no record names."""
    file = _file(tables)
    return connection.execute(
        select(func.count()).where(file.c.record_id.is_(None), file.c.created_by == by)
    ).scalar_one()


def forget_loose(connection: Connection, tables: Tables, before: dt.datetime) -> int:
    """Remove the rows that no record has named since then; how many."""
    file = _file(tables)
    return connection.execute(delete(file).where(file.c.record_id.is_(None), file.c.loose_since < before)).rowcount


def digests(connection: Connection, tables: Tables) -> frozenset[str]:
    """The contents that some row still needs."""
    return frozenset(connection.execute(select(_file(tables).c.digest).distinct()).scalars())


def _file(tables: Tables) -> Table:
    return tables.system(FILES)
