"""The users: adding them, changing them, their passwords and preferences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.accounts.account import Account, account_of, check_login, check_name, check_roles, normal_login
from engine.accounts.passwords import check_password, fits, hash_password, one_time_password
from engine.accounts.standing import changing, check_reach
from engine.audit import Audit
from engine.problems import Problem, Refused, problem
from engine.storage import Connection, Database, membership
from engine.storage import accounts as storage

LONGEST_PREFERENCE = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change about a user; None leaves it as it is.

    Attributes:
        name: the person's name.
        administrator: whether they manage everything.
        active: whether they may sign in.
        roles: exactly the roles they have of their own.
        groups: exactly the groups they are in.
        links: the record that stands for them, by entity; None for none. Entities that are not named stay.
    """

    name: str | None = None
    administrator: bool | None = None
    active: bool | None = None
    roles: Collection[str] | None = None
    groups: Collection[int] | None = None
    links: Mapping[str, int | None] | None = None

    @property
    def values(self) -> dict[str, object]:
        """What changes in the user's own row."""
        wanted = {
            "name": self.name.strip() if self.name is not None else None,
            "administrator": self.administrator,
            "active": self.active,
        }
        return {name: value for name, value in wanted.items() if value is not None}


@dataclass(frozen=True)
class People:
    """The users of one database. `by` is who changes them, None for the owner of the computer.

    What changes somebody's roles signs them out, and is refused as `standing.changing` says.
    """

    database: Database

    def exist(self) -> bool:
        """Whether anybody has an account; until then the program asks for the first administrator."""
        with self.database.read() as connection:
            return storage.count_users(connection) > 0

    def all(self) -> tuple[Account, ...]:
        """Everybody, those who may sign in first."""
        with self.database.read() as connection:
            return tuple(account_of(row) for row in storage.users(connection))

    def get(self, user_id: int) -> Account | None:
        with self.database.read() as connection:
            row = storage.user(connection, user_id)
        return account_of(row) if row else None

    def named(self, login: str) -> Account | None:
        """The account of a login."""
        with self.database.read() as connection:
            row = storage.user_with_password(connection, normal_login(login))
        return account_of(row[:-1]) if row else None

    def create_first(self, login: str, name: str, password: str) -> int:
        """Create the first administrator; the new id.

        Raises:
            Refused: there are users already, or something about the entries.
        """
        login = normal_login(login)
        found = (check_login(login), check_name(name), check_password(password, login))
        _refuse(*found)
        values = _values(login, name, hash_password(password), administrator=True)
        with self.database.write() as connection:
            storage.lock_users(connection)
            if storage.count_users(connection):
                raise Refused([problem("set-up-done")])
            number = storage.add_user(connection, values)
            Audit(self.database).note("user-added", by=None, subject=number, connection=connection)
            return number

    def add(
        self,
        login: str,
        name: str,
        *,
        administrator: bool = False,
        roles: Collection[str] = (),
        groups: Collection[int] = (),
        password: str | None = None,
        by: Account | None = None,
    ) -> tuple[int, str]:
        """Create a user; the new id and the password.

        Without a password a one-time password is made, which must be changed at the first log-in.

        Raises:
            Refused: the login is taken, something about the entries, or a role that `by` may not give.
        """
        login = normal_login(login)
        _refuse(
            check_login(login),
            check_name(name),
            check_password(password, login) if password else None,
            check_roles(roles),
        )
        given = password or one_time_password()
        values = _values(login, name, hash_password(given), administrator=administrator, must_change=password is None)
        with changing(self.database, by) as connection:
            if storage.user_with_password(connection, login):
                raise Refused([problem("login-taken", path=("login",), login=login)])
            number = storage.add_user(connection, values)
            membership.set_own_roles(connection, number, roles)
            membership.set_groups_of(connection, number, groups)
        return number, given

    def change(self, user_id: int, changes: Changes, *, by: Account | None = None) -> None:
        """Change a user, all at once or not at all. A change of what they are allowed signs them out.

        Raises:
            Refused: something about the entries, nobody would be left who can manage users, or as
                `standing.changing` says.
        """
        _refuse(
            check_name(changes.name) if changes.name is not None else None,
            check_roles(changes.roles or ()),
        )
        self._check_reach(user_id, by)
        with changing(self.database, by) as connection:
            if changes.values:
                self._note_name(connection, user_id, changes.name, by)
                storage.change_user(connection, user_id, changes.values)
            if changes.roles is not None:
                membership.set_own_roles(connection, user_id, changes.roles)
            if changes.groups is not None:
                membership.set_groups_of(connection, user_id, changes.groups)
            for entity, record_id in (changes.links or {}).items():
                membership.set_link(connection, user_id, entity, record_id)

    def set_active(self, user_id: int, *, active: bool, by: Account | None = None) -> None:
        """Let a user sign in again, or end all sessions and let them sign in no more; refused as `change` says."""
        self.change(user_id, Changes(active=active), by=by)

    def set_roles(self, user_id: int, roles: Collection[str], *, by: Account | None = None) -> None:
        """Give a user exactly these roles, beside those of their groups; refused as `change` says."""
        self.change(user_id, Changes(roles=roles), by=by)

    def link(self, user_id: int, entity: str, record_id: int | None, *, by: Account | None = None) -> None:
        """Say which record of an entity stands for a user, such as the employee; refused as `change` says."""
        self.change(user_id, Changes(links={entity: record_id}), by=by)

    def own_roles(self, user_id: int) -> frozenset[str]:
        """The roles that a user has without any group."""
        with self.database.read() as connection:
            return membership.own_roles(connection, user_id)

    def links(self, user_id: int) -> Mapping[str, int]:
        """The records that stand for a user: their number by entity."""
        with self.database.read() as connection:
            return membership.links(connection, user_id)

    def reset_password(self, user_id: int, *, by: Account | None = None) -> str:
        """Give a user a one-time password, which ends all their sessions; returns it.

        Raises:
            Refused: the user may more than `by`, who could sign in as them.
        """
        self._check_reach(user_id, by)
        password = one_time_password()
        self.set_password(user_id, password, must_change=True, by=by)
        return password

    def change_password(self, account: Account, old: str, new: str) -> None:
        """Change one's own password, which ends all one's sessions.

        Raises:
            Refused: the old password is wrong, or the new one is not good enough.
        """
        with self.database.read() as connection:
            hashed = storage.password_of(connection, account.id)
        if not fits(hashed, old):
            raise Refused([problem("password-wrong", path=("old",))])
        if old == new:
            raise Refused([problem("password-unchanged", path=("new",))])
        _refuse(check_password(new, account.login, field="new"))
        self.set_password(account.id, new, by=account)

    def prefer(self, account: Account, changes: Mapping[str, str]) -> None:
        """Keep a person's preferences; those not named stay."""
        content = json.dumps({**account.preferences, **changes}, ensure_ascii=False, sort_keys=True)
        if len(content) <= LONGEST_PREFERENCE:
            with self.database.write() as connection:
                storage.change_user(connection, account.id, {"preferences": content})

    def set_password(
        self, user_id: int, password: str, *, must_change: bool = False, by: Account | None = None
    ) -> None:
        """Set a password, which ends all sessions of the user. It is not judged here."""
        hashed = hash_password(password)
        with self.database.write() as connection:
            storage.change_user(connection, user_id, {"password": hashed, "must_change": must_change})
            storage.end_sessions(connection, user_id)
            event = "password-reset" if by is None or by.id != user_id else "password-changed"
            Audit(self.database).note(event, by=by.id if by else None, subject=user_id, connection=connection)

    def _note_name(self, connection: Connection, user_id: int, name: str | None, by: Account | None) -> None:
        row = storage.user(connection, user_id)
        if row and name is not None and name.strip() != account_of(row).name:
            details = {"before": account_of(row).name, "after": name.strip()}
            Audit(self.database).note(
                "user-changed", by=by.id if by else None, subject=user_id, details=details, connection=connection
            )

    def _check_reach(self, user_id: int, by: Account | None) -> None:
        subject = self.get(user_id)
        if subject:
            check_reach(by, subject)


def _values(login: str, name: str, hashed: str, *, administrator: bool, must_change: bool = False) -> dict[str, object]:
    return {
        "login": login,
        "name": name.strip(),
        "password": hashed,
        "administrator": administrator,
        "active": True,
        "must_change": must_change,
        "preferences": "{}",
        "created_at": dt.datetime.now(dt.UTC),
    }


def _refuse(*found: Problem | None) -> None:
    problems = [one for one in found if one is not None]
    if problems:
        raise Refused(problems)
