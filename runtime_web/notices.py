"""Short notices that the next page shows as toasts: what happened, and how to undo it.

They travel in a signed cookie, not in the session: a save should cost one transaction, not three.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, cast

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

COOKIE: Final = "kartoteka_notices"
AT_MOST = 5
SIGNER = "kartoteka_notices"

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
    app.extensions[SIGNER] = URLSafeSerializer(str(app.secret_key), salt="notices")

    @app.after_request
    def carry(response: Response) -> Response:
        waiting = g.get("notices")
        if waiting is None:
            return response
        if waiting:
            value = _signer().dumps([asdict(notice) for notice in waiting[-AT_MOST:]])
            secure = app.config["SESSION_COOKIE_SECURE"]
            response.set_cookie(COOKIE, str(value), max_age=60, httponly=True, samesite="Lax", secure=secure)
        elif COOKIE in request.cookies:
            response.delete_cookie(COOKIE)
        return response


def _waiting() -> list[Notice]:
    if "notices" not in g:
        g.notices = list(_carried(request.cookies.get(COOKIE, "")))
    found: list[Notice] = g.notices
    return found


def _carried(value: str) -> list[Notice]:
    if not value:
        return []
    try:
        parts: list[dict[str, Any]] = _signer().loads(value)
        return [Notice(**part) for part in parts]
    except (BadData, TypeError):
        return []


def _signer() -> URLSafeSerializer:
    return cast("URLSafeSerializer", current_app.extensions[SIGNER])
