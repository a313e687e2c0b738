"""What a page shows of records, asked for again by a page that is open: only what is different is sent.

The page sends back what it was given: sealed, where the log of touched records ended and what the answer was. Where the
log says nothing, the answer is the same and nothing is made; where it says something, the answer is made, and compared.
So nobody learns more from these questions than what the page itself shows them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet, InvalidToken
from flask import Response, make_response, request

from engine.records import Records
from engine.records.following import AT_FIRST, Followed, follow, shown_with
from runtime_web.person import VIEWED, current_session, workspace
from runtime_web.sessions import LIVE

GONE = "gone"
"""What the response's header says where the record is no longer there; otherwise it says what to send next time."""
WORTH = 60
"""So many seconds an answer is taken for the same without being made: what shows the time of day changes by itself."""
_PASSING = re.compile(r'(?<=name="csrf_token" value=")[^"]+|(?<="X-CSRFToken": ")[^"]+')
"""What differs in a page each time it is made."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was sent last, to whom, and when it was made."""

    at: int = AT_FIRST[0]
    row: int = AT_FIRST[1]
    digest: str = ""
    whose: str = ""
    made: float = 0.0


def is_live() -> bool:
    """Whether a page that is open asks for what has changed."""
    return LIVE in request.headers


def live(records: Records, entity: str, make: Callable[[], str]) -> Response:
    """What a page shows of an entity's records, or 204 where it is what was sent last."""
    given = _opened(request.headers.get(LIVE, ""))
    found = follow(records, shown_with(records.configuration, entity), (given.at, given.row))
    if not found.changed and time.time() - given.made < WORTH:
        return _answer("", given, found, given.made)
    html = make()
    digest = hashlib.sha256(_PASSING.sub("", html).encode()).hexdigest()
    if digest == given.digest:
        return _answer("", given, found, time.time())
    return _answer(html, Given(digest=digest, whose=_whose()), found, time.time())


def gone() -> Response:
    """What is shown is no longer there, which is an answer like any other."""
    response = make_response("", 204)
    response.headers[LIVE] = GONE
    return response


def _answer(html: str, given: Given, found: Followed, made: float) -> Response:
    kept = Given(*found.place, given.digest, given.whose, made)
    response = make_response(html, 200 if html else 204)
    response.headers[LIVE] = _cipher().encrypt(json.dumps(asdict(kept)).encode()).decode()
    response.vary.add(LIVE)
    return response


def _opened(sealed: str) -> Given:
    """What this page was given last; nothing where it was another page, or somebody else."""
    try:
        given = Given(**json.loads(_cipher().decrypt(sealed.encode())))
    except (InvalidToken, UnicodeEncodeError, TypeError):
        return Given()
    return given if given.whose == _whose() else Given()


def _whose() -> str:
    """The session and the address that are asked with."""
    said = f"{current_session().key} {current_session().get(VIEWED, '')} {request.full_path}"
    return hashlib.sha256(said.encode()).hexdigest()


def _cipher() -> Fernet:
    def make() -> Fernet:
        secret = hashlib.sha256(b"live " + workspace().settings.secret_key.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(secret))

    return workspace().once("live", make)
