"""Groups of users: whoever is in one has its roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.accounts.account import Account, check_name, check_roles
from engine.accounts.standing import changing
from engine.audit import Audit
from engine.problems import Refused, problem
from engine.storage import Connection, Database
from engine.storage import membership as storage


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its name, the roles it gives, and who is in it."""

    id: int
    name: str
    roles: frozenset[str]
    members: frozenset[int]


@dataclass(frozen=True)
class Groups:
    """The groups of one database. `by` is who changes them, None for the owner of the computer.

    Each change signs out those whose roles it changes, and is refused as `standing.changing` says.
    """

    database: Database

    def all(self) -> tuple[Group, ...]:
        """Every group, by name."""
        with self.database.read() as connection:
            roles, members = storage.group_roles(connection), storage.group_members(connection)
            nothing: frozenset[int] = frozenset()
            return tuple(
                Group(number, name, roles.get(number, frozenset()), members.get(number, nothing))
                for number, name in storage.groups(connection)
            )

    def get(self, group_id: int) -> Group | None:
        return next((group for group in self.all() if group.id == group_id), None)

    def named(self, name: str) -> Group | None:
        return next((group for group in self.all() if group.name == name.strip()), None)

    def add(self, name: str, roles: Collection[str] = (), members: Collection[int] = (), *, by: Account | None) -> int:
        """Create a group; its number.

        Raises:
            Refused: the name is taken or no name, or a role may not be given.
        """
        name = _checked(name, roles)
        with changing(self.database, by) as connection:
            _keep_name_free(connection, name)
            number = storage.add_group(connection, name)
            storage.set_group_roles(connection, number, roles)
            storage.set_group_members(connection, number, members)
            self._note(connection, by, added=name)
        return number

    def change(
        self, group_id: int, name: str, roles: Collection[str], members: Collection[int], *, by: Account | None
    ) -> None:
        """Give a group this name, exactly these roles and exactly these members.

        Raises:
            Refused: the name is taken or no name, or a role may not be given.
        """
        name = _checked(name, roles)
        with changing(self.database, by) as connection:
            _keep_name_free(connection, name, group_id)
            self._note(connection, by, changed=name)
            storage.rename_group(connection, group_id, name)
            storage.set_group_roles(connection, group_id, roles)
            storage.set_group_members(connection, group_id, members)

    def remove(self, group_id: int, *, by: Account | None) -> None:
        """Remove a group; its members lose the roles they have by it alone.

        Raises:
            Refused: one of them may more than who removes it.
        """
        with changing(self.database, by) as connection:
            name = dict(storage.groups(connection)).get(group_id, "")
            storage.remove_group(connection, group_id)
            self._note(connection, by, removed=name)

    def _note(self, connection: Connection, by: Account | None, **details: str) -> None:
        """Write down what became of a group; what its members get or lose by it is written down with each of them."""
        Audit(self.database).note("groups-changed", by=by.id if by else None, details=details, connection=connection)


def _checked(name: str, roles: Collection[str]) -> str:
    found = [wrong for wrong in (check_name(name), check_roles(roles)) if wrong]
    if found:
        raise Refused(found)
    return name.strip()


def _keep_name_free(connection: Connection, name: str, own: int | None = None) -> None:
    if storage.group_named(connection, name) not in (None, own):
        raise Refused([problem("group-taken", path=("name",), name=name)])
