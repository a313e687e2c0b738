"""The statements about views that people save of lists, with which roles they share them, and which opens first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from engine.storage.database import Database
from engine.storage.sharing import number_by_chance, roles_of, share, shared_with
from engine.storage.system import system_table
from engine.storage.write import insert_if_absent

_USER = system_table("_user")
_VIEW = system_table("_view")
_ROLE = system_table("_view_role")
_FIRST = system_table("_first_view")


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view as its row holds it, with its owner's name and the roles that it is shared with."""

    id: int
    owner: int
    owner_name: str
    entity: str
    name: str
    content: str
    changed_at: dt.datetime
    roles: frozenset[str]


_WHOSE = _VIEW.c.owner_id.label("owner"), _USER.c.name.label("owner_name")
_KEPT = tuple(_VIEW.c[name] for name in ("entity", "name", "content", "changed_at"))
_FOUND = select(_VIEW.c.id, *_WHOSE, *_KEPT).select_from(_VIEW.join(_USER, _USER.c.id == _VIEW.c.owner_id))


def has_views(database: Database, connection: Connection, entity: str) -> bool:
    """Whether anybody has saved a view of a list: what most lists are asked each time, before whose it is."""

    def build() -> Select[Any]:
        here = and_(_VIEW.c.entity == bindparam("entity"), _VIEW.c.trashed_at.is_(None))
        return select(_VIEW.c.id).where(here).limit(1)

    return bool(database.prepared("views.any", build).raw(connection, {"entity": entity}))


def views_of(connection: Connection, entity: str | None, reader: int, roles: AbstractSet[str] | None) -> list[KeptView]:
    """The views of a list, or of all, that are the reader's or shared with one of the roles, None being any; by name."""
    listed = true() if entity is None else _VIEW.c.entity == entity
    return _found(connection, and_(listed, _reaches(reader, roles)))


def view(connection: Connection, number: int, reader: int, roles: AbstractSet[str] | None) -> KeptView | None:
    """The view of a number, if it is the reader's or shared with one of the roles."""
    return next(iter(_found(connection, and_(_VIEW.c.id == number, _reaches(reader, roles)))), None)


def any_view(connection: Connection, number: int) -> KeptView | None:
    """The view of a number, whosever it is, deleted or not."""
    return next(iter(_found(connection, _VIEW.c.id == number)), None)


def owned(connection: Connection, number: int, owner: int, *, trashed: bool) -> bool:
    """Whether somebody has a view of this number, in the trash or not."""
    state = _VIEW.c.trashed_at.is_not(None) if trashed else _VIEW.c.trashed_at.is_(None)
    mine = select(_VIEW.c.id).where(_VIEW.c.id == number, _VIEW.c.owner_id == owner, state)
    return connection.execute(mine).first() is not None


def _reaches(reader: int, roles: AbstractSet[str] | None) -> ColumnElement[bool]:
    given = shared_with(_ROLE, roles)
    return and_(_VIEW.c.trashed_at.is_(None), or_(_VIEW.c.owner_id == reader, _VIEW.c.id.in_(given)))


def _found(connection: Connection, condition: ColumnElement[bool]) -> list[KeptView]:
    rows = connection.execute(_FOUND.where(condition)).mappings().all()
    roles = roles_of(connection, _ROLE, [row["id"] for row in rows])
    found = [KeptView(**row, roles=roles[row["id"]]) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def count_owned(connection: Connection, owner: int) -> int:
    """How many views a person has, the deleted ones not counted."""
    mine = select(func.count()).where(_VIEW.c.owner_id == owner, _VIEW.c.trashed_at.is_(None))
    return int(connection.execute(mine).scalar_one())


def add_view(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new view under a number that nobody has."""
    number = number_by_chance(connection, _VIEW)
    connection.execute(insert(_VIEW).values(id=number, **values))
    return number


def change_view(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(_VIEW).where(_VIEW.c.id == number).values(**values))


def share_view(connection: Connection, number: int, roles: Iterable[str]) -> None:
    """Share a view with these roles, and with no others."""
    share(connection, _ROLE, number, roles)


def first_view(database: Database, connection: Connection, user_id: int, entity: str) -> str:
    """The key of the view with which a person begins; "" where they have chosen none."""

    def build() -> Select[Any]:
        mine = and_(_FIRST.c.user_id == bindparam("user_id"), _FIRST.c.entity == bindparam("entity"))
        return select(_FIRST.c.view).where(mine)

    found = database.prepared("views.first", build).raw(connection, {"user_id": user_id, "entity": entity})
    return str(found[0][0]) if found else ""


def begin_with(database: Database, connection: Connection, user_id: int, entity: str, key: str) -> None:
    """Keep with which view a person begins."""
    connection.execute(insert_if_absent(database, _FIRST, {"user_id": user_id, "entity": entity, "view": key}))
    mine = and_(_FIRST.c.user_id == user_id, _FIRST.c.entity == entity)
    connection.execute(update(_FIRST).where(mine).values(view=key))
