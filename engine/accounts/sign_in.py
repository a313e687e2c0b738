"""Signing in: the same answer, in the same time, whether the login or the password is wrong; and a limit on trying."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass, field

from engine.accounts.account import Account, account_of, normal_login
from engine.accounts.passwords import fits, hash_password, is_outdated
from engine.accounts.second_factor import SecondFactors
from engine.audit import Audit
from engine.problems import Refused, problem
from engine.storage import Connection, Database
from engine.storage import accounts as storage

FAILURES = 10
WINDOW = dt.timedelta(minutes=5)


class CodeNeeded(Exception):
    """The password is right, and a code is asked for too. `mark` says which password it was."""

    def __init__(self, account: Account, mark: str) -> None:
        super().__init__("a code is needed")
        self.account = account
        self.mark = mark


class TooManyAttempts(Exception):
    """Nothing was checked: too many attempts failed lately. `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True)
class Entrance:
    """Where people sign in to one database. `key` is the server's own, with which secrets are encrypted."""

    database: Database
    key: str = field(default="", repr=False)

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
            CodeNeeded: both are right, and this person has set up a second step; `confirm` is next.
        """
        login = normal_login(login)
        place = _place(address, device)
        self._count(_masked(login), place)
        with self.database.read() as connection:
            row = storage.user_with_password(connection, login)
        hashed = row[-1] if row else None
        account = account_of(row[:-1]) if row else None
        if not fits(hashed, password) or account is None or not account.active:
            self._note("log-in-refused", None, account, address)
            raise Refused([problem("login-wrong")])
        needs_code = SecondFactors(self.database).is_on(account.id)
        with self.database.write() as connection:
            storage.forgive_attempts(connection, _masked(login), place)
            if not needs_code:
                self._note("log-in", account, account, address, connection)
            if is_outdated(str(hashed)):
                hashed = hash_password(password)
                storage.change_user(connection, account.id, {"password": hashed})
        if needs_code:
            raise CodeNeeded(account, _mark(hashed))
        return account

    def confirm(self, user_id: int, mark: str, code: str, *, address: str, device: str | None = None) -> Account:
        """The account, after the code that `CodeNeeded` asked for: one of the app, or a recovery code.

        Args:
            user_id: the person whose password was right.
            mark: what `CodeNeeded` carried, so that a password which was changed meanwhile opens nothing.
            code: as typed.
            address: where the attempt comes from.
            device: the mark of a browser in which this login has signed in before.

        Raises:
            TooManyAttempts: as for the password; wrong codes are counted by themselves.
            Refused: the code is wrong or was used before, or the account has changed meanwhile.
        """
        with self.database.read() as connection:
            row, hashed = storage.user(connection, user_id), storage.password_of(connection, user_id)
        account = account_of(row) if row else None
        if account is None or not account.active or not hmac.compare_digest(_mark(hashed), mark):
            raise Refused([problem("sign-in-again")])
        counted, place = _masked(f"code {account.login}"), _place(address, device)
        self._count(counted, place)
        if not SecondFactors(self.database, self.key).accepts(user_id, code):
            self._note("log-in-refused", None, account, address)
            raise Refused([problem("code-wrong", path=("code",))])
        with self.database.write() as connection:
            storage.forgive_attempts(connection, counted, place)
            self._note("log-in", account, account, address, connection)
        return account

    def check_password(
        self, account: Account, password: str, *, address: str, device: str | None = None, field: str = "password"
    ) -> None:
        """Make sure that it is still the person who signed in, before what a stolen session must not do.

        Raises:
            TooManyAttempts: as when signing in.
            Refused: the password is wrong.
        """
        counted, place = _masked(f"again {account.login}"), _place(address, device)
        self._count(counted, place)
        with self.database.read() as connection:
            hashed = storage.password_of(connection, account.id)
        if not fits(hashed, password):
            raise Refused([problem("password-wrong", path=(field,))])
        with self.database.write() as connection:
            storage.forgive_attempts(connection, counted, place)

    def _note(
        self,
        event: str,
        by: Account | None,
        subject: Account | None,
        address: str,
        connection: Connection | None = None,
    ) -> None:
        """Write it down. What was typed as a login is not: it may be a password."""
        Audit(self.database).note(
            event,
            by=by.id if by else None,
            subject=subject.id if subject else None,
            details={"address": address},
            connection=connection,
        )

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


def _place(address: str, device: str | None) -> str:
    return storage.DEVICE + device if device else address


def _mark(hashed: str | None) -> str:
    return hashlib.sha256(str(hashed).encode()).hexdigest()[:32]


def _masked(login: str) -> str:
    # People type their password into the wrong field; it must not stay in the database.
    return hashlib.sha256(login.encode()).hexdigest()
