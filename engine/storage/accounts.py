"""The statements about users, sessions and failed log-ins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    text,
    update,
)

from engine.storage.database import Database
from engine.storage.membership import roles_of
from engine.storage.statement import Row
from engine.storage.system import system_table

_USER = system_table("_user")
_SESSION = system_table("_session")
_ORIGIN = system_table("_session_origin")
_ATTEMPT = system_table("_login_attempt")

_SHOWN = (
    _USER.c.id,
    _USER.c.login,
    _USER.c.name,
    _USER.c.administrator,
    _USER.c.active,
    _USER.c.must_change,
    _USER.c.preferences,
    _USER.c.created_at,
    roles_of(_USER),
)
DEVICE = "device:"
"""How the address of an attempt begins that came from a browser in which this person had signed in before."""


def user_columns() -> tuple[ColumnElement[Any], ...]:
    """What is told of a user, for statements that find one by something else."""
    return _SHOWN


def lock_users(connection: Connection) -> None:
    """Keep others from adding users until this transaction ends; SQLite's write transactions do that by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE _user IN SHARE ROW EXCLUSIVE MODE"))


def count_users(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(_USER)).scalar_one())


def add_user(connection: Connection, values: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(_USER).values(**values).returning(_USER.c.id)).scalar_one())


def change_user(connection: Connection, user_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(_USER).where(_USER.c.id == user_id).values(**values))


def users(connection: Connection) -> Sequence[Row]:
    """Every user, those who may sign in first, by name."""
    return [
        tuple(row)
        for row in connection.execute(select(*_SHOWN).order_by(_USER.c.active.desc(), _USER.c.name, _USER.c.id))
    ]


def user(connection: Connection, user_id: int) -> Row | None:
    found = connection.execute(select(*_SHOWN).where(_USER.c.id == user_id)).first()
    return tuple(found) if found else None


def user_with_password(connection: Connection, login: str) -> Row | None:
    """The user of a login, and the password's hash as the last item."""
    if "\x00" in login:
        # Nobody is called so, and PostgreSQL does not even take the question.
        return None
    found = connection.execute(select(*_SHOWN, _USER.c.password).where(_USER.c.login == login)).first()
    return tuple(found) if found else None


def password_of(connection: Connection, user_id: int) -> str | None:
    return connection.execute(select(_USER.c.password).where(_USER.c.id == user_id)).scalar_one_or_none()


def _open_session() -> Select[Any]:
    joined = _SESSION.join(_USER, _USER.c.id == _SESSION.c.user_id)
    return (
        select(_SESSION.c.content, _SESSION.c.created_at, _SESSION.c.seen_at, *_SHOWN)
        .select_from(joined)
        .where(_SESSION.c.key == bindparam("key"), _USER.c.active)
    )


def session(database: Database, key: str) -> Row | None:
    """Content, beginning, last sign of life, then the user; every request runs this, so the statement is kept."""
    prepared = database.prepared("accounts.session", _open_session)
    with database.read() as connection:
        rows = prepared.rows(connection, {"key": key})
    return rows[0] if rows else None


def add_session(connection: Connection, key: str, user_id: int, now: dt.datetime) -> None:
    connection.execute(insert(_SESSION).values(key=key, user_id=user_id, content="{}", created_at=now, seen_at=now))


def add_origin(connection: Connection, key: str, browser: str, address: str) -> None:
    connection.execute(insert(_ORIGIN).values(key=key, browser=browser, address=address))


def sessions(
    connection: Connection, user_id: int, *, unseen_since: dt.datetime, begun_before: dt.datetime
) -> Sequence[Row]:
    """Key, beginning, last sign of life, browser and address of each session of a user that is alive."""
    joined = _SESSION.outerjoin(_ORIGIN, _ORIGIN.c.key == _SESSION.c.key)
    shown = (_SESSION.c.key, _SESSION.c.created_at, _SESSION.c.seen_at, _ORIGIN.c.browser, _ORIGIN.c.address)
    alive = (_SESSION.c.seen_at >= unseen_since) & (_SESSION.c.created_at >= begun_before)
    found = connection.execute(select(*shown).select_from(joined).where(_SESSION.c.user_id == user_id, alive))
    return [tuple(row) for row in found]


def see_session(connection: Connection, key: str, now: dt.datetime) -> None:
    connection.execute(update(_SESSION).where(_SESSION.c.key == key).values(seen_at=now))


def write_session(connection: Connection, key: str, content: str) -> None:
    connection.execute(update(_SESSION).where(_SESSION.c.key == key).values(content=content))


def end_session(connection: Connection, key: str) -> None:
    connection.execute(delete(_SESSION).where(_SESSION.c.key == key))


def end_session_like(connection: Connection, user_id: int, start: str) -> int:
    """End the session of a user whose key begins like this; how many there were."""
    own = delete(_SESSION).where(_SESSION.c.user_id == user_id, _SESSION.c.key.startswith(start, autoescape=True))
    return connection.execute(own).rowcount


def end_sessions(connection: Connection, user_id: int, *, but: str = "") -> int:
    """End every session of a user but one; how many there were."""
    return connection.execute(delete(_SESSION).where(_SESSION.c.user_id == user_id, _SESSION.c.key != but)).rowcount


def forget_sessions(connection: Connection, *, unseen_since: dt.datetime, begun_before: dt.datetime) -> None:
    """Remove the sessions that nobody can use any more."""
    connection.execute(
        delete(_SESSION).where(or_(_SESSION.c.seen_at < unseen_since, _SESSION.c.created_at < begun_before))
    )


def attempts(connection: Connection, login: str, address: str, since: dt.datetime) -> list[dt.datetime]:
    """When the recent failures were that count against an attempt, the newest first.

    From a browser that is known to the login only its own failures count, so that nobody can lock a person out of it;
    otherwise those of the login and those of the address, whichever are more.
    """
    stranger = not_(_ATTEMPT.c.address.startswith(DEVICE, autoescape=True))
    known = address.startswith(DEVICE)
    of_login = (_ATTEMPT.c.login == login) & (_ATTEMPT.c.address == address if known else stranger)
    counted = [of_login] if known else [of_login, _ATTEMPT.c.address == address]
    found = [
        list(
            connection.execute(
                select(_ATTEMPT.c.at).where(rows, _ATTEMPT.c.at > since).order_by(_ATTEMPT.c.at.desc())
            ).scalars()
        )
        for rows in counted
    ]
    return max(found, key=len)


def add_attempt(connection: Connection, login: str, address: str, now: dt.datetime) -> int:
    statement = insert(_ATTEMPT).values(login=login, address=address, at=now).returning(_ATTEMPT.c.id)
    return int(connection.execute(statement).scalar_one())


def lock_attempts(connection: Connection) -> None:
    """Let attempts be counted one after the other, so that many at once do not pass the limit together."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE _login_attempt IN SHARE ROW EXCLUSIVE MODE"))


def forget_attempts(connection: Connection, before: dt.datetime) -> None:
    connection.execute(delete(_ATTEMPT).where(_ATTEMPT.c.at < before))


def forgive_attempts(connection: Connection, login: str, address: str) -> None:
    """Forget the failures of a login from one place, after it succeeded there."""
    connection.execute(delete(_ATTEMPT).where(_ATTEMPT.c.login == login, _ATTEMPT.c.address == address))
