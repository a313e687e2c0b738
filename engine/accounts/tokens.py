"""Tokens: by which programs sign in as somebody. The secret is shown once; the database holds its digest.

A token does at most what its user may do, and what its scopes say. It is dead when it is revoked or has expired, and
as long as its user is disabled.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from engine.accounts.account import Account, account_of, check_name
from engine.accounts.sessions import digest
from engine.audit import Audit
from engine.problems import Problem, Refused, problem
from engine.storage import Connection, Database, Unavailable
from engine.storage import tokens as storage

READ: Final = "read"
WRITE: Final = "write"
FILES: Final = "files"
SCOPES: Final = (READ, WRITE, FILES)
"""What a token may be for: reading records, changing them, and their files."""
BEGINNING = "ktk_"
"""How every token begins, so that programs that look for secrets in files know one when they see it."""
LONGEST_LIFE = 3650
MOST = 50
"""So many tokens of one person may be alive."""
USED_EVERY = dt.timedelta(hours=1)
"""How far the kept last use may lag behind."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it: `begins` are the first signs of the secret, which nobody can be told again."""

    id: int
    user_id: int
    name: str
    begins: str
    scopes: frozenset[str]
    entities: frozenset[str] | None
    """The entities that it reaches; None for all that its user does."""
    created_at: dt.datetime
    used_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    def usable(self, now: dt.datetime) -> bool:
        """Whether it opens anything; of the user nothing is asked here."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def reaches(self, entity: str) -> bool:
        return self.entities is None or entity in self.entities


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a new token to be; `days` is how long it is to live, None for always."""

    name: str
    scopes: Iterable[str] = (READ,)
    days: int | None = None
    entities: Iterable[str] | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who calls: a person, through a token of theirs."""

    account: Account
    token: Token


@dataclass(frozen=True)
class Tokens:
    """The tokens of one database. Who asks for somebody else's must have been checked to be an administrator."""

    database: Database
    _noting: set[int] = field(default_factory=set, repr=False)

    def make(self, account: Account, wish: Wish, *, by: int | None = None) -> tuple[Token, str]:
        """A new token of a person, and its secret, which is not kept. `by` is who makes it.

        Raises:
            Refused: its name, scopes or length of life cannot be, or the person has too many.
        """
        found = list(_faults(wish))
        if found:
            raise Refused(found)
        secret, now = BEGINNING + secrets.token_urlsafe(32), _now()
        values = _values(account, wish, secret, now)
        with self.database.write() as connection:
            count = storage.count_usable(connection, account.id, now)
            if count >= MOST:
                raise Refused([problem("too-many-tokens", maximum=MOST)])
            row = storage.token(connection, storage.add_token(connection, values))
            assert row is not None
            self._told("token-made", _token(row), by, connection)
        return _token(row), secret

    def of(self, user_id: int) -> tuple[Token, ...]:
        """Every token of a person, the newest first; dead ones too."""
        with self.database.read() as connection:
            return tuple(_token(row) for row in storage.tokens(connection, user_id))

    def revoke(self, user_id: int, token_id: int, *, by: int | None = None) -> Token | None:
        """Let a token of a person open nothing any more; None where there is no such living one."""
        with self.database.write() as connection:
            row = storage.token(connection, token_id)
            if row is None or _token(row).user_id != user_id or not storage.revoke_token(connection, token_id, _now()):
                return None
            self._told("token-revoked", _token(row), by, connection)
        return _token(row)

    def _told(self, event: str, token: Token, by: int | None, connection: Connection) -> None:
        within = {} if token.entities is None else {"entities": " ".join(sorted(token.entities))}
        details = {"name": token.name, "begins": token.begins, "for": " ".join(sorted(token.scopes)), **within}
        Audit(self.database).note(event, by=by, subject=token.user_id, details=details, connection=connection)

    def open(self, secret: str) -> Bearer | None:
        """Who calls with this secret; None for whatever reason it opens nothing."""
        if not secret.startswith(BEGINNING) or len(secret) > 100:
            return None
        found = storage.living(self.database, digest(secret))
        if found is None:
            return None
        token, account = _token(found[0]), account_of(found[1])
        return Bearer(account, token) if token.usable(_now()) else None

    def see(self, token: Token) -> None:
        """Note a use: seldom, and beside the request, which must not wait for somebody's long import."""
        now = _now()
        if (token.used_at is None or now - token.used_at > USED_EVERY) and token.id not in self._noting:
            self._noting.add(token.id)
            self.database.beside("use of a token", partial(self._note, token.id, now))

    def _note(self, token_id: int, now: dt.datetime) -> None:
        try:
            with self.database.write() as connection:
                storage.see_token(connection, token_id, now)
        except Unavailable:
            # The next use tries again.
            pass
        finally:
            self._noting.discard(token_id)


def _faults(wish: Wish) -> Iterable[Problem]:
    wrong = check_name(wish.name)
    if wrong:
        yield wrong
    unknown = sorted(set(wish.scopes) - set(SCOPES))
    if unknown or not set(wish.scopes):
        yield problem("token-scopes", path=("scopes",), scopes=", ".join(SCOPES))
    if wish.days is not None and not 1 <= wish.days <= LONGEST_LIFE:
        yield problem("token-life", path=("days",), maximum=LONGEST_LIFE)


def _values(account: Account, wish: Wish, secret: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "user_id": account.id,
        "name": wish.name.strip(),
        "digest": digest(secret),
        "begins": secret[: len(BEGINNING) + 4],
        "scopes": " ".join(scope for scope in SCOPES if scope in set(wish.scopes)),
        "entities": None if wish.entities is None else " ".join(sorted(set(wish.entities))),
        "created_at": now,
        "expires_at": None if wish.days is None else now + dt.timedelta(days=wish.days),
    }


def _token(row: Sequence[Any]) -> Token:
    key, user_id, name, begins, scopes, entities, *moments = row
    within = None if entities is None else frozenset(entities.split())
    return Token(key, user_id, name, begins, frozenset(scopes.split()), within, *moments)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
