"""The statements about roles, groups of users, and the records that stand for users.

Roles are names: what a name grants stands in the configuration. One that the configuration no longer has is kept here
and grants nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, literal_column, select, update

from engine.storage.system import system_table

_USER = system_table("_user")
_USER_ROLE = system_table("_user_role")
_GROUP = system_table("_group")
_MEMBER = system_table("_group_member")
_GROUP_ROLE = system_table("_group_role")
_LINK = system_table("_user_link")
BETWEEN = ","
"""Stands between roles in a list of them; no name contains it."""
_BETWEEN: Any = literal_column(f"'{BETWEEN}'")  # kept statements take no text bound late


def roles_of(user: Table) -> ColumnElement[str]:
    """The roles of each row of `user`, own ones and those of their groups, as one text.

    Scalar subqueries, so that whatever reads a user reads the roles in the same statement.
    """
    own = select(func.aggregate_strings(_USER_ROLE.c.role, _BETWEEN)).where(_USER_ROLE.c.user_id == user.c.id)
    of_groups = (
        select(func.aggregate_strings(_GROUP_ROLE.c.role, _BETWEEN))
        .select_from(_MEMBER.join(_GROUP_ROLE, _GROUP_ROLE.c.group_id == _MEMBER.c.group_id))
        .where(_MEMBER.c.user_id == user.c.id)
    )
    return (
        func.coalesce(own.correlate(user).scalar_subquery(), "")
        + BETWEEN
        + func.coalesce(of_groups.correlate(user).scalar_subquery(), "")
    ).label("roles")


def split_roles(text: str) -> frozenset[str]:
    """The roles that `roles_of` put into one text."""
    return frozenset(filter(None, text.split(BETWEEN)))


def standings(connection: Connection) -> dict[int, tuple[bool, bool, frozenset[str]]]:
    """Of each user: whether an administrator, whether active, and the roles."""
    rows = connection.execute(select(_USER.c.id, _USER.c.administrator, _USER.c.active, roles_of(_USER)))
    return {row[0]: (bool(row[1]), bool(row[2]), split_roles(row[3])) for row in rows}


def own_roles(connection: Connection, user_id: int) -> frozenset[str]:
    """The roles that a user has without any group."""
    return frozenset(connection.execute(select(_USER_ROLE.c.role).where(_USER_ROLE.c.user_id == user_id)).scalars())


def set_own_roles(connection: Connection, user_id: int, roles: Collection[str]) -> None:
    _set(connection, _USER_ROLE, {"user_id": user_id}, "role", roles)


def groups(connection: Connection) -> list[tuple[int, str]]:
    """Number and name of each group, by name."""
    rows = connection.execute(select(_GROUP.c.id, _GROUP.c.name).order_by(_GROUP.c.name))
    return [(row[0], row[1]) for row in rows]


def group_roles(connection: Connection) -> dict[int, frozenset[str]]:
    """The roles of each group that has any."""
    return _gathered(connection, _GROUP_ROLE.c.group_id, _GROUP_ROLE.c.role)


def group_members(connection: Connection) -> dict[int, frozenset[int]]:
    """The users of each group that has any."""
    return _gathered(connection, _MEMBER.c.group_id, _MEMBER.c.user_id)


def group_named(connection: Connection, name: str) -> int | None:
    return connection.execute(select(_GROUP.c.id).where(_GROUP.c.name == name)).scalar_one_or_none()


def add_group(connection: Connection, name: str) -> int:
    return int(connection.execute(insert(_GROUP).values(name=name).returning(_GROUP.c.id)).scalar_one())


def rename_group(connection: Connection, group_id: int, name: str) -> None:
    connection.execute(update(_GROUP).where(_GROUP.c.id == group_id).values(name=name))


def remove_group(connection: Connection, group_id: int) -> None:
    """Remove a group; its members and roles go with it."""
    connection.execute(delete(_GROUP).where(_GROUP.c.id == group_id))


def set_group_roles(connection: Connection, group_id: int, roles: Collection[str]) -> None:
    _set(connection, _GROUP_ROLE, {"group_id": group_id}, "role", roles)


def set_group_members(connection: Connection, group_id: int, user_ids: Collection[int]) -> None:
    _set(connection, _MEMBER, {"group_id": group_id}, "user_id", user_ids)


def set_groups_of(connection: Connection, user_id: int, group_ids: Collection[int]) -> None:
    _set(connection, _MEMBER, {"user_id": user_id}, "group_id", group_ids)


def links(connection: Connection, user_id: int) -> dict[str, int]:
    """The records that stand for a user, by entity."""
    rows = connection.execute(select(_LINK.c.entity, _LINK.c.record_id).where(_LINK.c.user_id == user_id))
    return {row[0]: row[1] for row in rows}


def all_links(connection: Connection) -> dict[int, frozenset[tuple[str, int]]]:
    """The same of each user who has any, as pairs."""
    found: dict[int, set[tuple[str, int]]] = {}
    for user_id, entity, record_id in connection.execute(select(_LINK.c.user_id, _LINK.c.entity, _LINK.c.record_id)):
        found.setdefault(user_id, set()).add((entity, record_id))
    return {user_id: frozenset(pairs) for user_id, pairs in found.items()}


def set_link(connection: Connection, user_id: int, entity: str, record_id: int | None) -> None:
    connection.execute(delete(_LINK).where(_LINK.c.user_id == user_id, _LINK.c.entity == entity))
    if record_id is not None:
        connection.execute(insert(_LINK).values(user_id=user_id, entity=entity, record_id=record_id))


def _gathered(connection: Connection, key: ColumnElement[int], value: ColumnElement[Any]) -> dict[int, frozenset[Any]]:
    found: dict[int, set[Any]] = {}
    for number, one in connection.execute(select(key, value)):
        found.setdefault(number, set()).add(one)
    return {number: frozenset(ones) for number, ones in found.items()}


def _set(
    connection: Connection, table: Table, owner: Mapping[str, int], column: str, wanted: Collection[str | int]
) -> None:
    """Make the rows of `owner` exactly those wanted."""
    ((name, number),) = owner.items()
    connection.execute(delete(table).where(table.c[name] == number))
    if wanted:
        connection.execute(insert(table), [{name: number, column: one} for one in sorted(set(wanted), key=str)])
