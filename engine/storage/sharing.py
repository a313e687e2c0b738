"""What reports, views and dashboards that people keep have in common: numbers by chance, and roles that share them.

A table of roles has the number of what is shared in its first column.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select

FIRST, LAST = 10**8, 10**9
"""Between these lie the numbers of what people make."""


def number_by_chance(connection: Connection, table: Table) -> int:
    """A number that no row has; one in a row would tell how many others have made."""
    while True:
        number = FIRST + secrets.randbelow(LAST - FIRST)
        if connection.execute(select(table.c.id).where(table.c.id == number)).first() is None:
            return number


def shared_with(table: Table, roles: AbstractSet[str] | None) -> Select[Any]:
    """The numbers of what is shared with one of the roles, None being any."""
    given = select(table.columns[0])
    return given if roles is None else given.where(table.c.role.in_(sorted(roles)))


def roles_of(connection: Connection, table: Table, numbers: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """The roles that each of these is shared with."""
    found: dict[int, set[str]] = {number: set() for number in numbers}
    if numbers:
        key = table.columns[0]
        for number, role in connection.execute(select(key, table.c.role).where(key.in_(numbers))):
            found[number].add(role)
    return {number: frozenset(roles) for number, roles in found.items()}


def share(connection: Connection, table: Table, number: int, roles: Iterable[str]) -> None:
    """Share something with these roles, and with no others."""
    key = table.columns[0]
    connection.execute(delete(table).where(key == number))
    rows = [{key.name: number, "role": role} for role in sorted(roles)]
    if rows:
        connection.execute(insert(table), rows)
