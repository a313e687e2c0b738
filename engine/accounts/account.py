"""One user, as a frozen value."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.problems import Problem, problem
from engine.rights import Principal

LONGEST_LOGIN = 80
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Account:
    """A user. `preferences` are the person's own: language, theme, density and the like, all short texts."""

    id: int
    login: str
    name: str
    administrator: bool
    active: bool
    must_change: bool
    preferences: Mapping[str, str]
    created_at: dt.datetime

    @property
    def principal(self) -> Principal:
        return Principal(self.id, self.name, self.administrator)


def account_of(row: Sequence[Any]) -> Account:
    """The account that a row of storage describes."""
    number, login, name, administrator, active, must_change, preferences, created_at = row
    kept = json.loads(preferences) if preferences != "{}" else {}
    return Account(number, login, name, bool(administrator), bool(active), bool(must_change), kept, created_at)


def normal_login(text: str) -> str:
    """The one form of a login, whatever case or width it was typed in."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def check_login(login: str) -> Problem | None:
    """What is wrong with a new login in its normal form."""
    fits = 0 < len(login) <= LONGEST_LOGIN and all(sign.isprintable() and not sign.isspace() for sign in login)
    return None if fits else problem("login-invalid", path=("login",), maximum=LONGEST_LOGIN)


def check_name(name: str) -> Problem | None:
    """What is wrong with a person's name."""
    if not name.strip():
        return problem("required", path=("name",))
    if len(name) > LONGEST_NAME:
        return problem("too-long", path=("name",), length=len(name), maximum=LONGEST_NAME)
    return None if name.isprintable() else problem("text-invalid", path=("name",))
