"""What the pages about tokens show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token in a list; `state` says why it opens nothing any more, "" where it does."""

    id: int
    name: str
    begins: str
    purpose: str
    used: str
    expires: str
    state: str


@dataclass(frozen=True, slots=True)
class FreshToken:
    """A new token with its secret, which is shown once."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokensPage:
    """The tokens of a person; `revoke_url` is followed by a token's number.

    Attributes:
        person: whose they are; "" on one's own page, which has the form for a new one.
        choices: what a token may be for: (scope, label, help, ticked).
        lives: how long it may live: (days, label, chosen).
    """

    tokens: tuple[TokenLine, ...]
    revoke_url: str
    person: str = ""
    fresh: FreshToken | None = None
    name: str = ""
    choices: tuple[tuple[str, str, str, bool], ...] = ()
    lives: tuple[tuple[str, str, bool], ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
