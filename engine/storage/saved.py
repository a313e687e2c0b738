"""The statements about what people make and keep: their reports, and with which roles they share them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from engine.storage.sharing import number_by_chance, roles_of, share, shared_with
from engine.storage.system import system_table

_USER = system_table("_user")
_REPORT = system_table("_report")
_ROLE = system_table("_report_role")


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as its row holds it, with its owner's name and the roles that it is shared with."""

    id: int
    owner: int
    owner_name: str
    name: str
    help: str
    content: str
    changed_at: dt.datetime
    trashed_at: dt.datetime | None
    roles: frozenset[str]


def owned(connection: Connection, owner: int, *, trashed: bool = False) -> list[Kept]:
    """The reports of a person, by name; or those in their trash, the last deleted first."""
    state = _REPORT.c.trashed_at.is_not(None) if trashed else _REPORT.c.trashed_at.is_(None)
    found = _found(connection, and_(_REPORT.c.owner_id == owner, state))
    return sorted(found, key=lambda one: one.trashed_at or one.changed_at, reverse=True) if trashed else found


def shared(connection: Connection, owner: int | None, roles: AbstractSet[str] | None) -> list[Kept]:
    """The reports of others that are shared with one of the roles, None being any, by name."""
    return _found(connection, and_(_REPORT.c.trashed_at.is_(None), _of_others(owner, roles)))


def report(connection: Connection, number: int, reader: int | None, roles: AbstractSet[str] | None) -> Kept | None:
    """A report of the reader, or one that is shared with one of the roles."""
    reaches = or_(_REPORT.c.owner_id == reader, _of_others(reader, roles))
    return next(iter(_found(connection, and_(_REPORT.c.id == number, reaches))), None)


def _of_others(owner: int | None, roles: AbstractSet[str] | None) -> ColumnElement[bool]:
    within = _REPORT.c.id.in_(shared_with(_ROLE, roles))
    return within if owner is None else and_(within, _REPORT.c.owner_id != owner)


def _found(connection: Connection, condition: ColumnElement[bool]) -> list[Kept]:
    joined = _REPORT.join(_USER, _USER.c.id == _REPORT.c.owner_id)
    columns = [_REPORT.c[name] for name in ("name", "help", "content", "changed_at", "trashed_at")]
    wanted = select(_REPORT.c.id, _REPORT.c.owner_id, _USER.c.name, *columns).select_from(joined).where(condition)
    rows: list[tuple[Any, ...]] = [tuple(row) for row in connection.execute(wanted)]
    roles = roles_of(connection, _ROLE, [row[0] for row in rows])
    found = [Kept(*(*row, roles[row[0]])) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def count_owned(connection: Connection, owner: int) -> int:
    """How many reports a person has, the deleted ones not counted."""
    mine = select(func.count()).where(_REPORT.c.owner_id == owner, _REPORT.c.trashed_at.is_(None))
    return int(connection.execute(mine).scalar_one())


def add_report(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new report under a number that nobody has."""
    number = number_by_chance(connection, _REPORT)
    connection.execute(insert(_REPORT).values(id=number, **values))
    return number


def change_report(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(_REPORT).where(_REPORT.c.id == number).values(**values))


def share_report(connection: Connection, number: int, roles: Iterable[str]) -> None:
    """Share a report with these roles, and with no others."""
    share(connection, _ROLE, number, roles)
