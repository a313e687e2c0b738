"""The users: adding them, changing them, their passwords and preferences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from engine.accounts.account import Account, account_of, check_login, check_name, normal_login
from engine.accounts.passwords import check_password, fits, hash_password, one_time_password
from engine.problems import Problem, Refused, problem
from engine.storage import Database
from engine.storage import accounts as storage

LONGEST_PREFERENCE = 2_000


@dataclass(frozen=True)
class People:
    """The users of one database."""

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
        self, login: str, name: str, *, administrator: bool = False, password: str | None = None
    ) -> tuple[int, str]:
        """Create a user; the new id and the password.

        Without a password a one-time password is made, which must be changed at the first log-in.

        Raises:
            Refused: the login is taken, or something about the entries.
        """
        login = normal_login(login)
        _refuse(check_login(login), check_name(name), check_password(password, login) if password else None)
        given = password or one_time_password()
        values = _values(login, name, hash_password(given), administrator=administrator, must_change=password is None)
        with self.database.write() as connection:
            storage.lock_users(connection)
            if storage.user_with_password(connection, login):
                raise Refused([problem("login-taken", path=("login",), login=login)])
            return storage.add_user(connection, values), given

    def set_active(self, user_id: int, *, active: bool) -> None:
        """Let a user sign in again, or end all sessions and let them sign in no more.

        Raises:
            Refused: nobody would be left who can manage users.
        """
        with self.database.write() as connection:
            storage.lock_users(connection)
            storage.change_user(connection, user_id, {"active": active})
            if not active:
                storage.end_sessions(connection, user_id)
                if not storage.count_administrators(connection):
                    raise Refused([problem("last-administrator")])

    def reset_password(self, user_id: int) -> str:
        """Give a user a one-time password, which ends all their sessions; returns it."""
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
