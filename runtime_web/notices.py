"""Short notices that the next page shows as toasts: what happened, and how to undo it.

They travel in a signed cookie, not in the session: a save should cost one transaction, not three.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final, Literal, cast

from flask import Flask, Response, current_app, g, request

COOKIE: Final = "kartoteka_notices"
AT_MOST = 5
SECRET = "kartoteka_notices"  # noqa: S105  (the name of what is kept)

Kind = Literal["done", "wrong"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One toast. `undo` is the address to which a POST undoes what happened."""

    text: str
    kind: Kind = "done"
    undo: str = ""


def notify(text: str, *, kind: Kind = "done", undo: str = "") -> None:
    """Say something on the page that comes next, whether in this response or after a redirect."""
    _waiting().append(Notice(text[:500], kind, undo))


def take_notices() -> tuple[Notice, ...]:
    """The notices to show now; each is shown once."""
    waiting = _waiting()
    taken = tuple(waiting[-AT_MOST:])
    waiting.clear()
    return taken


def init_notices(app: Flask) -> None:
    """Carry what no page has shown yet over to the next request."""
    app.extensions[SECRET] = hashlib.sha256(b"notices " + str(app.secret_key).encode()).digest()

    @app.after_request
    def carry(response: Response) -> Response:
        waiting = g.get("notices")
        if waiting is None:
            return response
        if waiting:
            secure = app.config["SESSION_COOKIE_SECURE"]
            value = _signed(waiting[-AT_MOST:])
            response.set_cookie(COOKIE, value, max_age=60, httponly=True, samesite="Lax", secure=secure)
        elif COOKIE in request.cookies:
            response.delete_cookie(COOKIE)
        return response


def _waiting() -> list[Notice]:
    found: list[Notice] | None = g.get("notices")
    if found is None:
        found = g.notices = list(_carried(request.cookies.get(COOKIE, "")))
    return found


def _signed(notices: list[Notice]) -> str:
    """Notices as the cookie's text. Only we write it: an address in it is posted to at a click."""
    text = urlsafe_b64encode(json.dumps([(one.text, one.kind, one.undo) for one in notices]).encode()).decode()
    return f"{text}.{_seal(text)}"


def _carried(value: str) -> list[Notice]:
    text, _, seal = value.rpartition(".")
    if not text or not hmac.compare_digest(seal.encode(), _seal(text).encode()):
        return []
    return [Notice(*parts) for parts in json.loads(urlsafe_b64decode(text))]


def _seal(text: str) -> str:
    secret = cast("bytes", current_app.extensions[SECRET])
    return hashlib.blake2b(text.encode(), key=secret, digest_size=32).hexdigest()
