"""The mark of a browser in which somebody has signed in before, so that nobody else's failures lock them out of it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from engine.accounts import Account, Origin
from runtime_web.person import workspace

DEVICE = "kartoteka_device"
TWO_YEARS = 63_072_000


def origin() -> Origin:
    """Where this request comes from, for the list of sessions."""
    return Origin(request.headers.get("User-Agent", ""), request.remote_addr or "")


def device_of(login: str) -> str | None:
    """The mark of this browser, if it was given for this login."""
    try:
        mark = str(_signer().loads(request.cookies.get(DEVICE, "")))
    except BadData:
        return None
    number, _, name = mark.partition(".")
    return number if hmac.compare_digest(name, _name_of(login)) else None


def mark_device(response: Response, account: Account) -> None:
    """Mark this browser as one that the person uses. Only the pages for signing in get to see it."""
    signed = str(_signer().dumps(f"{secrets.token_hex(8)}.{_name_of(account.login)}"))
    secure = workspace().settings.secure
    response.set_cookie(DEVICE, signed, max_age=TWO_YEARS, secure=secure, httponly=True, samesite="Lax", path="/login")


def _name_of(login: str) -> str:
    return hashlib.sha256(login.strip().casefold().encode()).hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device")
