"""The second step of signing in: codes of an app on the person's phone (TOTP), and recovery codes for when it is lost.

How codes are computed is pyotp's business. The secret is stored encrypted and shown once, while it is set up; of
recovery codes only digests are stored. Whatever code has opened once opens nothing again.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass, field

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from engine.accounts.account import Account
from engine.accounts.passwords import one_time_password
from engine.accounts.standing import check_reach
from engine.audit import Audit
from engine.problems import Refused, problem
from engine.storage import Connection, Database
from engine.storage import second_factor as storage

STEP_SECONDS = 30
DRIFT = 1
"""So many steps may the clock of a phone be ahead or behind."""
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret to take over into an app: as text, and as the address that a QR code holds."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True)
class SecondFactors:
    """Who signs in with a second step. `key` is the server's own, which encrypts the secrets."""

    database: Database
    key: str = field(default="", repr=False)

    def is_on(self, user_id: int) -> bool:
        """Whether this person is asked for a code."""
        with self.database.read() as connection:
            return storage.is_confirmed(connection, user_id)

    def users(self) -> frozenset[int]:
        """Everybody who is asked for a code."""
        with self.database.read() as connection:
            return storage.confirmed_users(connection)

    def recovery_left(self, user_id: int) -> int:
        """How many recovery codes have not been used."""
        with self.database.read() as connection:
            return storage.count_recovery(connection, user_id)

    def offer(self, account: Account, application: str) -> Offer:
        """A new secret for an app; nothing is asked for until a code of it is confirmed.

        Raises:
            Refused: there is one already.
        """
        secret = pyotp.random_base32()
        sealed = self._cipher.encrypt(secret.encode()).decode()
        with self.database.write() as connection:
            if storage.is_confirmed(connection, account.id):
                raise Refused([problem("second-factor-on")])
            storage.set_secret(connection, account.id, sealed)
        return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=application))

    def confirm(self, account: Account, code: str) -> tuple[str, ...]:
        """Ask for codes from now on, after one of the offered secret; the recovery codes, which nobody sees again.

        Raises:
            Refused: the code is wrong, or nothing was offered.
        """
        with self.database.write() as connection:
            if storage.is_confirmed(connection, account.id):
                raise Refused([problem("second-factor-on")])
            if not self._fits(connection, account.id, code):
                raise Refused([problem("code-wrong", path=("code",))])
            storage.confirm(connection, account.id, dt.datetime.now(dt.UTC))
            Audit(self.database).note("second-factor-on", by=account.id, subject=account.id, connection=connection)
            return _new_recovery(connection, account.id)

    def renew_recovery(self, account: Account) -> tuple[str, ...]:
        """New recovery codes instead of those before; whoever asks has just given the password.

        Raises:
            Refused: no codes are asked for.
        """
        with self.database.write() as connection:
            if not storage.is_confirmed(connection, account.id):
                raise Refused([problem("code-wrong", path=("code",))])
            return _new_recovery(connection, account.id)

    def accepts(self, user_id: int, code: str) -> bool:
        """Whether a code of the app or a recovery code opens. It is used up by that."""
        with self.database.write() as connection:
            if not storage.is_confirmed(connection, user_id):
                return False
            return self._fits(connection, user_id, code) or storage.use_recovery(
                connection, user_id, _digest(user_id, code)
            )

    def remove(self, account: Account, *, by: Account | None) -> None:
        """Ask somebody for a code no longer: oneself, or a person who has lost their phone.

        Raises:
            Refused: the person may more than `by`, who could then sign in as them.
        """
        check_reach(by, account)
        with self.database.write() as connection:
            storage.remove(connection, account.id)
            done_by = by.id if by else None
            Audit(self.database).note("second-factor-off", by=done_by, subject=account.id, connection=connection)

    def _fits(self, connection: Connection, user_id: int, code: str) -> bool:
        """Whether it is a code of the app, of now and not used before; it is used then."""
        given = "".join(code.split())
        secret = self._secret(connection, user_id)
        if secret is None or len(given) != 6 or not (given.isascii() and given.isdigit()):
            return False
        app, now = pyotp.TOTP(secret), _step()
        fitting = [
            step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(app.generate_otp(step), given)
        ]
        return bool(fitting) and storage.use_step(connection, user_id, fitting[0])

    def _secret(self, connection: Connection, user_id: int) -> str | None:
        sealed = storage.secret(connection, user_id)
        try:
            return self._cipher.decrypt(sealed.encode()).decode() if sealed else None
        except InvalidToken:
            # Encrypted with another key: only a recovery code or an administrator helps.
            return None

    @property
    def _cipher(self) -> Fernet:
        own = hashlib.sha256(b"second factor " + self.key.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(own))


def _new_recovery(connection: Connection, user_id: int) -> tuple[str, ...]:
    codes = tuple(one_time_password() for _ in range(RECOVERY_CODES))
    storage.set_recovery(connection, user_id, [_digest(user_id, code) for code in codes])
    return codes


def _digest(user_id: int, code: str) -> str:
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hashlib.sha256(f"recovery {user_id} {plain}".encode()).hexdigest()


def _step() -> int:
    return int(dt.datetime.now(dt.UTC).timestamp()) // STEP_SECONDS
