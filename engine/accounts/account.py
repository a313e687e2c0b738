"""One user, as a frozen value."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.problems import Problem, problem
from engine.rights import Principal
from engine.storage.membership import split_roles

LONGEST_LOGIN = 80
LONGEST_NAME = 120
ROLE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Account:
    """A user.

    Attributes:
        preferences: the person's own: language, theme, density and the like, all short texts.
        roles: names of the person's own roles and of those of their groups.
    """

    id: int
    login: str
    name: str
    administrator: bool
    active: bool
    must_change: bool
    preferences: Mapping[str, str]
    created_at: dt.datetime
    roles: frozenset[str] = frozenset()

    @property
    def principal(self) -> Principal:
        return Principal(self.id, self.name, self.administrator, self.roles)


def account_of(row: Sequence[Any]) -> Account:
    """The account that a row of storage describes."""
    number, login, name, administrator, active, must_change, preferences, created_at, roles = row
    kept = json.loads(preferences) if preferences != "{}" else {}
    return Account(
        id=number,
        login=login,
        name=name,
        administrator=bool(administrator),
        active=bool(active),
        must_change=bool(must_change),
        preferences=kept,
        created_at=created_at,
        roles=split_roles(roles),
    )


def normal_login(text: str) -> str:
    """The one form of a login, whatever case or width it was typed in."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def check_login(login: str) -> Problem | None:
    """What is wrong with a new login in its normal form."""
    fits = 0 < len(login) <= LONGEST_LOGIN and all(sign.isprintable() and not sign.isspace() for sign in login)
    return None if fits else problem("login-invalid", path=("login",), maximum=LONGEST_LOGIN)


def check_roles(roles: Iterable[str]) -> Problem | None:
    """What is wrong with names of roles. Whether the configuration has them is not asked: it may have them later."""
    wrong = next((role for role in roles if not ROLE.fullmatch(role)), None)
    return None if wrong is None else problem("account-role-unknown", path=("roles",), role=wrong)


def check_name(name: str) -> Problem | None:
    """What is wrong with a person's name."""
    if not name.strip():
        return problem("required", path=("name",))
    if len(name) > LONGEST_NAME:
        return problem("too-long", path=("name",), length=len(name), maximum=LONGEST_NAME)
    return None if name.isprintable() else problem("text-invalid", path=("name",))
