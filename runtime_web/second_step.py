"""Between the password and the code: what a browser carries to prove that the password was right.

It is signed, lives for ten minutes, and holds for the one browser that got it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from engine.accounts import CodeNeeded
from engine.problems import Refused, problem
from runtime_web.person import current_session

TEN_MINUTES = 600


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Who has given the password, which password it was, and the proof to carry on."""

    user_id: int
    mark: str
    login: str


def pass_of(needed: CodeNeeded) -> str:
    """The proof for this browser."""
    return str(_signer().dumps([needed.account.id, needed.mark, needed.account.login, _browser()]))


def half_way(carried: str) -> HalfWay:
    """What a proof says.

    Raises:
        Refused: it is too old, not ours, or another browser's.
    """
    try:
        user_id, mark, login, browser = _signer().loads(carried, max_age=TEN_MINUTES)
    except (BadData, ValueError, TypeError):
        raise Refused([problem("sign-in-again")]) from None
    if browser != _browser():
        raise Refused([problem("sign-in-again")])
    return HalfWay(user_id, mark, login)


def _browser() -> str:
    return hashlib.sha256(b"half way " + current_session().key.encode()).hexdigest()[:32]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="second step")
