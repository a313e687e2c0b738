"""Sessions for Flask: the cookie holds a random key, everything else is in the database.

A browser that nobody has signed in from has a key too, but no row: all that it needs, its CSRF token, is derived from
the key. So strangers cannot fill the database, and a form filled in before a session expired can still be recognised
as our own, because the token of a key stays the same.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from engine.accounts import Account, Origin, Sessions
from engine.accounts.sessions import new_key
from engine.storage import Unavailable
from runtime_web.settings import Settings

TOKEN = "csrf_token"  # noqa: S105  (a name)
NO_SESSION = ("/static/", "/look/", "/api/")
"""Where no cookie is looked at; whoever calls the API carries a token."""
LIVE = "Live"
"""The header of what an open page asks by itself, which is no sign of life of whoever sits before it."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """The content of a session, and whose it is. `account` is None until somebody has signed in."""

    def __init__(self, key: str, token: str, account: Account | None = None, content: Any = ()) -> None:
        def changed(_: object) -> None:
            self.modified = True

        super().__init__({**dict(content), TOKEN: token}, changed)
        self.key = key
        self.account = account
        self.modified = False
        self.cookie_due = False
        """Whether the browser must be told the key."""
        self.trouble: Exception | None = None
        """Set when the database did not answer; the gate raises it where it can be shown."""

    def content(self) -> dict[str, Any]:
        """What is stored: all but the token, which follows from the key."""
        return {name: value for name, value in self.items() if name != TOKEN}


class ServerSessions(SessionInterface):
    """Opens and closes sessions around each request."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        self._settings = settings
        self._sessions = sessions
        self._secret = hashlib.sha256(b"csrf token " + settings.secret_key.encode()).digest()

    def token_of(self, key: str) -> str:
        """The CSRF token that belongs to a key."""
        return hashlib.blake2b(key.encode(), key=self._secret, digest_size=32).hexdigest()

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        key = request.cookies.get(self._settings.cookie, "")
        if request.path.startswith(NO_SESSION):
            return ServerSession(key, "")
        if not 20 <= len(key) <= 100:
            return self._fresh()
        token = self.token_of(key)
        try:
            found = self._sessions.open(key)
            if found is None:
                return ServerSession(key, token)
            if LIVE not in request.headers:
                self._sessions.see(key, found)
        except Unavailable as trouble:
            session = ServerSession(key, token)
            session.trouble = trouble
            return session
        return ServerSession(key, token, found.account, found.content)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)
        if session.modified and session.account:
            self._sessions.write(session.key, session.content())
        if session.cookie_due and response.status_code < 500:
            self._send_key(response, session.key)

    def begin(self, session: ServerSession, account: Account, origin: Origin) -> None:
        """Sign somebody in: a new key, so that one known from before is worth nothing."""
        self.end(session)
        self._take(session, self._sessions.start(account.id, origin), account)

    def log_out(self, session: ServerSession) -> None:
        """Sign out because the person wants it."""
        if session.account:
            self._sessions.log_out(session.key, session.account)
        self._take(session, new_key(), None)

    def end(self, session: ServerSession) -> None:
        """Sign out: the row is gone, the browser gets a key that belongs to nobody."""
        if session.account:
            self._sessions.end(session.key)
        self._take(session, new_key(), None)

    def _take(self, session: ServerSession, key: str, account: Account | None) -> None:
        session.clear()
        session[TOKEN] = self.token_of(key)
        session.key, session.account = key, account
        session.modified, session.cookie_due = False, True

    def _fresh(self) -> ServerSession:
        key = new_key()
        session = ServerSession(key, self.token_of(key))
        session.cookie_due = True
        return session

    def _send_key(self, response: Response, key: str) -> None:
        response.set_cookie(
            self._settings.cookie,
            key,
            max_age=self._settings.cookie_age,
            secure=self._settings.secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        response.vary.add("Cookie")
