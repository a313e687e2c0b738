"""The statements about the second step of signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.storage.system import system_table

_FACTOR = system_table("_second_factor")
_RECOVERY = system_table("_recovery_code")
_CONFIRMED = _FACTOR.c.confirmed_at.is_not(None)


def is_confirmed(connection: Connection, user_id: int) -> bool:
    found = select(_FACTOR.c.user_id).where(_FACTOR.c.user_id == user_id, _CONFIRMED)
    return connection.execute(found).first() is not None


def confirmed_users(connection: Connection) -> frozenset[int]:
    return frozenset(connection.execute(select(_FACTOR.c.user_id).where(_CONFIRMED)).scalars())


def secret(connection: Connection, user_id: int) -> str | None:
    """The encrypted secret."""
    return connection.execute(select(_FACTOR.c.secret).where(_FACTOR.c.user_id == user_id)).scalar_one_or_none()


def set_secret(connection: Connection, user_id: int, sealed: str) -> None:
    """Keep a secret that is not confirmed yet."""
    remove(connection, user_id)
    connection.execute(insert(_FACTOR).values(user_id=user_id, secret=sealed))


def confirm(connection: Connection, user_id: int, now: dt.datetime) -> None:
    connection.execute(update(_FACTOR).where(_FACTOR.c.user_id == user_id).values(confirmed_at=now))


def use_step(connection: Connection, user_id: int, step: int) -> bool:
    """Note that a code of this step was used; False if one of it or of a later one has been before."""
    later = update(_FACTOR).where(_FACTOR.c.user_id == user_id, _FACTOR.c.last_step < step).values(last_step=step)
    return connection.execute(later).rowcount == 1


def remove(connection: Connection, user_id: int) -> None:
    """Remove the secret and the recovery codes."""
    connection.execute(delete(_FACTOR).where(_FACTOR.c.user_id == user_id))
    connection.execute(delete(_RECOVERY).where(_RECOVERY.c.user_id == user_id))


def set_recovery(connection: Connection, user_id: int, digests: Collection[str]) -> None:
    connection.execute(delete(_RECOVERY).where(_RECOVERY.c.user_id == user_id))
    connection.execute(insert(_RECOVERY), [{"user_id": user_id, "digest": digest} for digest in digests])


def use_recovery(connection: Connection, user_id: int, digest: str) -> bool:
    """Remove a recovery code; False if there is none like it."""
    own = delete(_RECOVERY).where(_RECOVERY.c.user_id == user_id, _RECOVERY.c.digest == digest)
    return connection.execute(own).rowcount == 1


def count_recovery(connection: Connection, user_id: int) -> int:
    counted = select(func.count()).select_from(_RECOVERY).where(_RECOVERY.c.user_id == user_id)
    return int(connection.execute(counted).scalar_one())
