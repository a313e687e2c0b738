"""The statements about tokens, by which programs sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, or_, select, update

from engine.storage.accounts import user_columns
from engine.storage.database import Database
from engine.storage.statement import Row
from engine.storage.system import system_table

_USER = system_table("_user")
_TOKEN = system_table("_token")

_SHOWN = (
    _TOKEN.c.id,
    _TOKEN.c.user_id,
    _TOKEN.c.name,
    _TOKEN.c.begins,
    _TOKEN.c.scopes,
    _TOKEN.c.entities,
    _TOKEN.c.created_at,
    _TOKEN.c.used_at,
    _TOKEN.c.expires_at,
    _TOKEN.c.revoked_at,
)


def add_token(connection: Connection, values: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(_TOKEN).values(**values).returning(_TOKEN.c.id)).scalar_one())


def tokens(connection: Connection, user_id: int) -> Sequence[Row]:
    """The tokens of a user, the newest first."""
    found = select(*_SHOWN).where(_TOKEN.c.user_id == user_id).order_by(_TOKEN.c.id.desc())
    return [tuple(row) for row in connection.execute(found)]


def token(connection: Connection, token_id: int) -> Row | None:
    found = connection.execute(select(*_SHOWN).where(_TOKEN.c.id == token_id)).first()
    return tuple(found) if found else None


def count_usable(connection: Connection, user_id: int, now: dt.datetime) -> int:
    """How many tokens of a user are neither revoked nor expired."""
    expires = or_(_TOKEN.c.expires_at.is_(None), _TOKEN.c.expires_at > now)
    usable = select(func.count()).where(_TOKEN.c.user_id == user_id, _TOKEN.c.revoked_at.is_(None), expires)
    return int(connection.execute(usable).scalar_one())


def _open_token() -> Select[Any]:
    joined = _TOKEN.join(_USER, _USER.c.id == _TOKEN.c.user_id)
    return (
        select(*_SHOWN, *user_columns())
        .select_from(joined)
        .where(_TOKEN.c.digest == bindparam("digest"), _TOKEN.c.revoked_at.is_(None), _USER.c.active)
    )


def living(database: Database, digest: str) -> tuple[Row, Row] | None:
    """The token of a digest and its user, unless it is revoked or the user disabled; every call runs this."""
    prepared = database.prepared("tokens.living", _open_token)
    with database.read() as connection:
        rows = prepared.rows(connection, {"digest": digest})
    return (rows[0][: len(_SHOWN)], rows[0][len(_SHOWN) :]) if rows else None


def revoke_token(connection: Connection, token_id: int, now: dt.datetime) -> bool:
    """Let a token open nothing any more; whether it still did."""
    alive = update(_TOKEN).where(_TOKEN.c.id == token_id, _TOKEN.c.revoked_at.is_(None))
    return connection.execute(alive.values(revoked_at=now)).rowcount > 0


def see_token(connection: Connection, token_id: int, now: dt.datetime) -> None:
    connection.execute(update(_TOKEN).where(_TOKEN.c.id == token_id).values(used_at=now))
