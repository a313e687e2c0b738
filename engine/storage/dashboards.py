"""The statements about dashboards that people make and share, and about how they arrange those of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from engine.storage.database import Database
from engine.storage.sharing import number_by_chance, roles_of, share, shared_with
from engine.storage.system import system_table
from engine.storage.write import insert_if_absent

_USER = system_table("_user")
_DASHBOARD = system_table("_dashboard")
_ROLE = system_table("_dashboard_role")


@dataclass(frozen=True, slots=True)
class KeptDashboard:
    """A dashboard as its row holds it. `base` is the key of the one that it arranges; None where it is its owner's own."""

    id: int
    owner: int
    owner_name: str
    base: str | None
    name: str
    help: str
    content: str
    roles: frozenset[str]
    """Those that it is shared with."""


_KEPT = tuple(_DASHBOARD.c[name] for name in ("base", "name", "help", "content"))
_JOINED = _DASHBOARD.join(_USER, _USER.c.id == _DASHBOARD.c.owner_id)
_WHOSE = _DASHBOARD.c.owner_id.label("owner"), _USER.c.name.label("owner_name")
_FOUND = select(_DASHBOARD.c.id, *_WHOSE, *_KEPT).select_from(_JOINED)


def made_by(connection: Connection, owner: int) -> list[KeptDashboard]:
    """The dashboards that a person has made, by name."""
    return _by_name(_found(connection, _mine(owner)))


def shared(connection: Connection, reader: int, roles: AbstractSet[str] | None) -> list[KeptDashboard]:
    """The dashboards of others that are shared with one of the roles, None being any, by name."""
    return _by_name(_found(connection, _of_others(reader, roles)))


def made(
    connection: Connection, owner: int, number: int, *, trashed: bool = False, locked: bool = False
) -> KeptDashboard | None:
    """The dashboard of a number that a person has made; `locked` until the transaction ends."""
    wanted = _mine(owner, trashed=trashed) & (_DASHBOARD.c.id == number)
    return next(iter(_found(connection, wanted, locked=locked)), None)


def shared_as(connection: Connection, reader: int, roles: AbstractSet[str] | None, number: int) -> KeptDashboard | None:
    """The dashboard of a number that somebody else shares with one of the roles."""
    return next(iter(_found(connection, _of_others(reader, roles) & (_DASHBOARD.c.id == number))), None)


def arranged_by(connection: Connection, owner: int, base: str, *, locked: bool = False) -> KeptDashboard | None:
    """How a person has arranged a dashboard of the configuration or of somebody else; `locked` as above."""
    wanted = and_(_DASHBOARD.c.owner_id == owner, _DASHBOARD.c.base == base)
    return next(iter(_found(connection, wanted, locked=locked)), None)


def _mine(owner: int, *, trashed: bool = False) -> ColumnElement[bool]:
    state = _DASHBOARD.c.trashed_at.is_not(None) if trashed else _DASHBOARD.c.trashed_at.is_(None)
    return and_(_DASHBOARD.c.owner_id == owner, _DASHBOARD.c.base.is_(None), state)


def _of_others(reader: int, roles: AbstractSet[str] | None) -> ColumnElement[bool]:
    there = and_(_DASHBOARD.c.base.is_(None), _DASHBOARD.c.trashed_at.is_(None))
    return and_(there, _DASHBOARD.c.owner_id != reader, _DASHBOARD.c.id.in_(shared_with(_ROLE, roles)))


def _found(connection: Connection, condition: ColumnElement[bool], *, locked: bool = False) -> list[KeptDashboard]:
    wanted = _FOUND.where(condition)
    found = connection.execute(wanted.with_for_update(of=_DASHBOARD) if locked else wanted).mappings().all()
    roles = roles_of(connection, _ROLE, [row["id"] for row in found])
    return [KeptDashboard(**row, roles=roles[row["id"]]) for row in found]


def _by_name(found: Iterable[KeptDashboard]) -> list[KeptDashboard]:
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def count_made(connection: Connection, owner: int) -> int:
    """How many dashboards a person has made, the deleted ones not counted."""
    return int(connection.execute(select(func.count()).where(_mine(owner))).scalar_one())


def add_dashboard(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new dashboard under a number that nobody has."""
    number = number_by_chance(connection, _DASHBOARD)
    connection.execute(insert(_DASHBOARD).values(id=number, **values))
    return number


def begin_arranging(database: Database, connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep that a person arranges a dashboard, unless they do already, be it at this moment."""
    number = number_by_chance(connection, _DASHBOARD)
    connection.execute(insert_if_absent(database, _DASHBOARD, {"id": number, **values}))


def change_dashboard(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(_DASHBOARD).where(_DASHBOARD.c.id == number).values(**values))


def share_dashboard(connection: Connection, number: int, roles: Iterable[str]) -> None:
    """Share a dashboard with these roles, and with no others."""
    share(connection, _ROLE, number, roles)


def delete_dashboard(connection: Connection, number: int) -> None:
    connection.execute(delete(_DASHBOARD).where(_DASHBOARD.c.id == number))
