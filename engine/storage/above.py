"""Following a reference to the own kind, from records on to what stands above them, however many steps that is."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

from sqlalchemy import Connection, func, select

from engine.storage.database import Database
from engine.storage.reach import among, bound
from engine.storage.tables import Tables


def above(
    database: Database, connection: Connection, tables: Tables, field: tuple[str, str], ids: Collection[int]
) -> dict[int, int]:
    """Where the field, an entity and a name, leads from these records, from those that they lead to, and so on.

    Each record is looked at once, in a circle too. Within a write transaction; another one that asks the same waits, so
    that two who move different records do not close a circle together.
    """
    entity, name = field
    table = tables.entities[entity]
    live = table.c._trashed_at.is_(None), table.c[name].is_not(None)
    if not database.sqlite:
        connection.execute(select(func.pg_advisory_xact_lock(crc32(f"{entity}.{name}".encode()))))
    way = select(table.c.id, table.c[name].label("above")).where(among(database, table.c.id), *live).cte(recursive=True)
    way = way.union(select(table.c.id, table.c[name]).join(way, table.c.id == way.c.above).where(*live))
    found = connection.execute(select(way.c.id, way.c.above), bound(database, ids))
    return {row.id: row.above for row in found}
