"""The statements about what people have pinned to their home page, in their order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, insert, select, update

from engine.storage.database import Database
from engine.storage.system import system_table

_PIN = system_table("_pin")
Key = tuple[str, str]
"""A kind of thing, and the name of one."""


def pins(database: Database, connection: Connection, user_id: int) -> list[Key]:
    """What a person has pinned, in their order: what each list asks, to say whether it is."""

    def build() -> Select[Any]:
        mine = select(_PIN.c.kind, _PIN.c.name).where(_PIN.c.user_id == bindparam("owner"))
        return mine.order_by(_PIN.c.position, _PIN.c.name)

    found = database.prepared("pins", build).rows(connection, {"owner": user_id})
    return [(kind, name) for kind, name in found]


def add_pin(connection: Connection, user_id: int, key: Key) -> None:
    """Pin something behind all others."""
    last = select(func.coalesce(func.max(_PIN.c.position), 0)).where(_PIN.c.user_id == user_id)
    position = int(connection.execute(last).scalar_one()) + 1
    connection.execute(insert(_PIN).values(user_id=user_id, kind=key[0], name=key[1], position=position))


def remove_pin(connection: Connection, user_id: int, key: Key) -> None:
    connection.execute(delete(_PIN).where(_is(user_id, key)))


def swap_pins(connection: Connection, user_id: int, one: Key, other: Key) -> None:
    """Let two things that are pinned change places."""
    places = [
        connection.execute(select(_PIN.c.position).where(_is(user_id, key))).scalar_one_or_none()
        for key in (one, other)
    ]
    if None not in places:
        for key, place in zip((other, one), places, strict=True):
            connection.execute(update(_PIN).where(_is(user_id, key)).values(position=place))


def _is(user_id: int, key: Key) -> ColumnElement[bool]:
    return and_(_PIN.c.user_id == user_id, _PIN.c.kind == key[0], _PIN.c.name == key[1])
