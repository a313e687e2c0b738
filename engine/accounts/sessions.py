"""Sessions: a random key in the browser, its digest and the rest in the database, so that any can be ended here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from engine.accounts.account import Account, account_of
from engine.audit import Audit
from engine.storage import Connection, Database, Unavailable
from engine.storage import accounts as storage

SEEN_EVERY = dt.timedelta(hours=1)
"""How far the kept last sign of life may lag behind; writing it at each request would cost more than the request."""

LONGEST_BROWSER = 300
SHOWN_DIGITS = 24
"""So much of a session's digest tells it from others; it opens nothing."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives: unused (a long weekend by default), and at most."""

    idle: dt.timedelta = dt.timedelta(hours=72)
    longest: dt.timedelta = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is alive, and whose it is."""

    account: Account
    content: Mapping[str, Any]
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody signed in from: what the browser says of itself, and its address."""

    browser: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A session as a list of them shows it. `id` names it without giving it away; `own` is the one that asks."""

    id: str
    origin: Origin
    created_at: dt.datetime
    seen_at: dt.datetime
    own: bool


def new_key() -> str:
    """A key for a browser to hold."""
    return secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """What is stored of a key: who reads the database cannot take over a session."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True)
class Sessions:
    """The sessions of one database."""

    database: Database
    lifetime: Lifetime = field(default_factory=Lifetime)
    _noting: set[str] = field(default_factory=set, repr=False)

    def open(self, key: str) -> Session | None:
        """The living session of a key."""
        row = storage.session(self.database, digest(key))
        if row is None:
            return None
        content, created_at, seen_at, *user = row
        now = _now()
        if seen_at < now - self.lifetime.idle or created_at < now - self.lifetime.longest:
            return None
        return Session(account_of(user), json.loads(content) if content != "{}" else {}, seen_at)

    def see(self, key: str, session: Session) -> None:
        """Note a sign of life: seldom, and beside the request, which must not wait for somebody's long import."""
        now, name = _now(), digest(key)
        if now - session.seen_at > SEEN_EVERY and name not in self._noting:
            self._noting.add(name)
            self.database.beside("sign of life", partial(self._note, name, now))

    def start(self, user_id: int, origin: Origin | None = None) -> str:
        """Begin a session; the key for the browser. Dead sessions of anybody are cleared away."""
        key, now = new_key(), _now()
        with self.database.write() as connection:
            storage.forget_sessions(
                connection, unseen_since=now - self.lifetime.idle, begun_before=now - self.lifetime.longest
            )
            storage.add_session(connection, digest(key), user_id, now)
            if origin:
                storage.add_origin(connection, digest(key), origin.browser[:LONGEST_BROWSER], origin.address)
        return key

    def places(self, user_id: int, own_key: str = "") -> tuple[Place, ...]:
        """The living sessions of a person, the one that asks first, then by when they were last used."""
        now, own = _now(), digest(own_key)
        with self.database.read() as connection:
            rows = storage.sessions(
                connection,
                user_id,
                unseen_since=now - self.lifetime.idle,
                begun_before=now - self.lifetime.longest,
            )
        found = [
            Place(key[:SHOWN_DIGITS], Origin(browser or "", address or ""), created_at, seen_at, key == own)
            for key, created_at, seen_at, browser, address in rows
        ]
        return tuple(sorted(found, key=lambda place: (place.own, place.seen_at), reverse=True))

    def end_place(self, user_id: int, place_id: str, *, by: Account | None = None) -> bool:
        """End one session of a person; False if there is none like it."""
        if len(place_id) != SHOWN_DIGITS:
            return False
        with self.database.write() as connection:
            count = storage.end_session_like(connection, user_id, place_id)
            self._note_ended(connection, user_id, by, count)
        return count > 0

    def end_others(self, user_id: int, own_key: str = "", *, by: Account | None = None) -> int:
        """End all sessions of a person but their own that asks; how many."""
        with self.database.write() as connection:
            count = storage.end_sessions(connection, user_id, but=digest(own_key))
            self._note_ended(connection, user_id, by, count)
        return count

    def _note_ended(self, connection: Connection, user_id: int, by: Account | None, count: int) -> None:
        if count:
            Audit(self.database).note(
                "session-ended",
                by=by.id if by else None,
                subject=user_id,
                details={"count": str(count)},
                connection=connection,
            )

    def _note(self, name: str, now: dt.datetime) -> None:
        try:
            with self.database.write() as connection:
                storage.see_session(connection, name, now)
        except Unavailable:
            # The next request tries again.
            pass
        finally:
            self._noting.discard(name)

    def write(self, key: str, content: Mapping[str, Any]) -> None:
        with self.database.write() as connection:
            storage.write_session(connection, digest(key), json.dumps(content))

    def end(self, key: str) -> None:
        with self.database.write() as connection:
            storage.end_session(connection, digest(key))

    def log_out(self, key: str, account: Account) -> None:
        """End a session because its person wants it."""
        with self.database.write() as connection:
            storage.end_session(connection, digest(key))
            Audit(self.database).note("log-out", by=account.id, subject=account.id, connection=connection)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
