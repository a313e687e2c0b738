"""Signing in: the same answer, in the same time, whether the login or the password is wrong; and a limit on trying."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from engine.accounts.account import Account, account_of, normal_login
from engine.accounts.passwords import fits, hash_password, is_outdated
from engine.problems import Refused, problem
from engine.storage import Database
from engine.storage import accounts as storage

FAILURES = 10
WINDOW = dt.timedelta(minutes=5)


class TooManyAttempts(Exception):
    """Nothing was checked: too many attempts failed lately. `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True)
class Entrance:
    """Where people sign in to one database."""

    database: Database

    def sign_in(self, login: str, password: str, *, address: str, device: str | None = None) -> Account:
        """The account of a login and its password.

        Args:
            login: as typed.
            password: as typed.
            address: where the attempt comes from.
            device: the mark of a browser in which this login has signed in before.

        Raises:
            TooManyAttempts: ten failed within five minutes, for this login or from this address.
            Refused: the login or the password is wrong; which one is not said.
        """
        login = normal_login(login)
        place = storage.DEVICE + device if device else address
        self._count(_masked(login), place)
        with self.database.read() as connection:
            row = storage.user_with_password(connection, login)
        hashed = row[-1] if row else None
        account = account_of(row[:-1]) if row else None
        if not fits(hashed, password) or account is None or not account.active:
            raise Refused([problem("login-wrong")])
        with self.database.write() as connection:
            storage.forgive_attempts(connection, _masked(login), place)
            if is_outdated(str(hashed)):
                storage.change_user(connection, account.id, {"password": hash_password(password)})
        return account

    def _count(self, login: str, place: str) -> None:
        """Count the attempt as a failure before it is checked, so that many at once cannot pass the limit together."""
        now = dt.datetime.now(dt.UTC)
        with self.database.write() as connection:
            storage.lock_attempts(connection)
            storage.forget_attempts(connection, now - 12 * WINDOW)
            failed = storage.attempts(connection, login, place, now - WINDOW)
            if len(failed) >= FAILURES:
                # Refused attempts are not counted themselves: waiting always helps.
                raise TooManyAttempts(max(1, int((failed[FAILURES - 1] + WINDOW - now).total_seconds())))
            storage.add_attempt(connection, login, place, now)


def _masked(login: str) -> str:
    # People type their password into the wrong field; it must not stay in the database.
    return hashlib.sha256(login.encode()).hexdigest()
