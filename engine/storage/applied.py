"""The configurations that were applied to a database, the newest last."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, insert, inspect, select

from engine.storage.system import system_table

_TABLE = system_table("_configuration")
_COUNT = select(func.max(_TABLE.c.id))


def newest(connection: Connection) -> str | None:
    """The configuration in force as JSON, or None for an empty database."""
    if not inspect(connection).has_table("_configuration"):
        return None
    return connection.execute(select(_TABLE.c.content).order_by(_TABLE.c.id.desc()).limit(1)).scalar()


def count(connection: Connection) -> int:
    """How many configurations have been applied so far: a number that grows with each."""
    return connection.execute(_COUNT).scalar() or 0


def keep(connection: Connection, content: str, by: str) -> None:
    connection.execute(insert(_TABLE).values(content=content, applied_by=by, applied_at=dt.datetime.now(dt.UTC)))
