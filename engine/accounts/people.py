"""The users: adding them, changing them, their passwords and preferences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.accounts.account import Account, account_of, check_login, check_name, check_roles, normal_login
from engine.accounts.passwords import check_password, fits, hash_password, one_time_password
from engine.accounts.standing import changing, check_reach
from engine.problems import Problem, Refused, problem
from engine.storage import Database, membership
from engine.storage import accounts as storage

LONGEST_PREFERENCE = 2_000


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
            return storage.add_user(connection, values)

    def add(
        self,
        login: str,
        name: str,
        *,
        administrator: bool = False,
        roles: Collection[str] = (),
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
        return number, given

    def rename(self, user_id: int, name: str, *, by: Account | None = None) -> None:
        """Give a user another name.

        Raises:
            Refused: it is no name, or the user may more than `by`.
        """
        _refuse(check_name(name))
        self._check_reach(user_id, by)
        with self.database.write() as connection:
            storage.change_user(connection, user_id, {"name": name.strip()})

    def set_active(self, user_id: int, *, active: bool, by: Account | None = None) -> None:
        """Let a user sign in again, or end all sessions and let them sign in no more.

        Raises:
            Refused: nobody would be left who can manage users.
        """
        with changing(self.database, by) as connection:
            storage.change_user(connection, user_id, {"active": active})

    def set_administrator(self, user_id: int, *, administrator: bool, by: Account | None = None) -> None:
        """Let a user manage everything, or no longer.

        Raises:
            Refused: nobody would be left who can manage users, or `by` is no administrator.
        """
        with changing(self.database, by) as connection:
            storage.change_user(connection, user_id, {"administrator": administrator})

    def own_roles(self, user_id: int) -> frozenset[str]:
        """The roles that a user has without any group."""
        with self.database.read() as connection:
            return membership.own_roles(connection, user_id)

    def set_roles(self, user_id: int, roles: Collection[str], *, by: Account | None = None) -> None:
        """Give a user exactly these roles, beside those of their groups.

        Raises:
            Refused: no name of a role, or more than `by` has.
        """
        _refuse(check_roles(roles))
        with changing(self.database, by) as connection:
            membership.set_own_roles(connection, user_id, roles)

    def set_groups(self, user_id: int, group_ids: Collection[int], *, by: Account | None = None) -> None:
        """Put a user into exactly these groups.

        Raises:
            Refused: they would get or lose a role that `by` does not have.
        """
        with changing(self.database, by) as connection:
            membership.set_groups_of(connection, user_id, group_ids)

    def links(self, user_id: int) -> Mapping[str, int]:
        """The records that stand for a user: their number by entity."""
        with self.database.read() as connection:
            return membership.links(connection, user_id)

    def link(self, user_id: int, entity: str, record_id: int | None, *, by: Account | None = None) -> None:
        """Say which record of an entity stands for a user, such as the employee; None for none.

        It decides which records a person sees, so their sessions end as with a change of roles.

        Raises:
            Refused: the user may more than `by`.
        """
        self._check_reach(user_id, by)
        with self.database.write() as connection:
            if membership.links(connection, user_id).get(entity) != record_id:
                membership.set_link(connection, user_id, entity, record_id)
                storage.end_sessions(connection, user_id)

    def reset_password(self, user_id: int, *, by: Account | None = None) -> str:
        """Give a user a one-time password, which ends all their sessions; returns it.

        Raises:
            Refused: the user may more than `by`, who could sign in as them.
        """
        self._check_reach(user_id, by)
        password = one_time_password()
        self.set_password(user_id, password, must_change=True)
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
        self.set_password(account.id, new)

    def prefer(self, account: Account, changes: Mapping[str, str]) -> None:
        """Keep a person's preferences; those not named stay."""
        content = json.dumps({**account.preferences, **changes}, ensure_ascii=False, sort_keys=True)
        if len(content) <= LONGEST_PREFERENCE:
            with self.database.write() as connection:
                storage.change_user(connection, account.id, {"preferences": content})

    def set_password(self, user_id: int, password: str, *, must_change: bool = False) -> None:
        """Set a password, which ends all sessions of the user. It is not judged here."""
        hashed = hash_password(password)
        with self.database.write() as connection:
            storage.change_user(connection, user_id, {"password": hashed, "must_change": must_change})
            storage.end_sessions(connection, user_id)

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
