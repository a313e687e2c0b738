"""Who calls the API: whoever a bearer token belongs to, and nobody by a cookie.

Everything below /api/ passes here before its view, unknown addresses too. A cookie is never looked at, so a foreign
page can make a browser send nothing that counts, and no CSRF token is needed.
"""

from __future__ import annotations

from typing import cast

from flask import g, request

from engine.accounts import Bearer
from engine.files import Files
from engine.model import Entity
from engine.problems import problem
from engine.records import Records
from runtime_web.api.answers import Halt, nothing_here
from runtime_web.person import current_session, workspace
from runtime_web.request import current_files, current_records

CHALLENGE = {"WWW-Authenticate": "Bearer"}


def need_token() -> None:
    """Let in who calls with a living token.

    Raises:
        Halt: 401 without one, 429 where it calls too often.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise Halt(401, problem("token-missing"), headers=CHALLENGE)
    held = workspace()
    found = held.tokens.open(secret.strip())
    if found is None:
        raise Halt(401, problem("token-invalid"), headers=CHALLENGE)
    g.bearer = found
    charge(1)
    held.tokens.see(found.token)
    current_session().account = found.account


def bearer() -> Bearer:
    """Who calls."""
    return cast("Bearer", g.bearer)


def need(scope: str) -> None:
    """Refuse a call whose token is not for this.

    Raises:
        Halt: 403.
    """
    if not has(scope):
        raise Halt(403, problem("token-scope-missing", scope=scope))


def charge(cost: int) -> None:
    """Take more of what the token may call in a minute, for a call that does as much as several.

    Raises:
        Halt: 429.
    """
    wait = workspace().pace.wait(bearer().token.id, cost)
    if wait:
        raise Halt(429, problem("calls-too-many", seconds=wait), headers={"Retry-After": str(wait)})


def has(scope: str) -> bool:
    return scope in bearer().token.scopes


def records() -> Records:
    """The records as the caller may see and change them."""
    return current_records()


def files() -> Files:
    return current_files()


def readable(entity: str) -> frozenset[str]:
    """The fields of an entity that the caller may read; none where there is no such entity for them."""
    return records().rights.readable.get(entity, frozenset()) if covers(entity) else frozenset()


def covers(entity: str) -> bool:
    """Whether the token reaches an entity: itself, or as lines of one that it reaches."""
    reaches, configuration = bearer().token.reaches, records().configuration
    return reaches(entity) or any(reaches(parent) for parent, _ in configuration.lines_of(entity))


def entity_of(name: str) -> Entity:
    """The entity of an address.

    Raises:
        Halt: 404, where there is none, or not for this caller.
    """
    described = records().configuration.entities.get(name)
    if described is None or not covers(name):
        raise nothing_here()
    return described
