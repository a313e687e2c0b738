"""The statements about how people have laid out the columns of lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, select, update

from engine.storage.database import Database
from engine.storage.system import system_table
from engine.storage.write import insert_if_absent

_LAYOUT = system_table("_layout")
Place = tuple[str, str]
"""An entity and the key of one of its views."""


def layout(database: Database, connection: Connection, user_id: int, place: Place) -> str | None:
    """What is kept of a person's layout of a view."""

    def build() -> Select[Any]:
        mine = (_LAYOUT.c[name] == bindparam(name) for name in ("user_id", "entity", "view"))
        return select(_LAYOUT.c.content).where(*mine)

    given = {"user_id": user_id, "entity": place[0], "view": place[1]}
    found = database.prepared("layouts.one", build).raw(connection, given)
    return str(found[0][0]) if found else None


def keep_layout(database: Database, connection: Connection, user_id: int, place: Place, content: str) -> None:
    """Keep a person's layout of a view in place of the one before, be that kept at this moment."""
    values = {"user_id": user_id, "entity": place[0], "view": place[1], "content": content}
    connection.execute(insert_if_absent(database, _LAYOUT, values))
    connection.execute(update(_LAYOUT).where(_is(user_id, place)).values(content=content))


def forget_layout(connection: Connection, user_id: int, place: Place) -> None:
    connection.execute(delete(_LAYOUT).where(_is(user_id, place)))


def _is(user_id: int, place: Place) -> ColumnElement[bool]:
    return and_(_LAYOUT.c.user_id == user_id, _LAYOUT.c.entity == place[0], _LAYOUT.c.view == place[1])
