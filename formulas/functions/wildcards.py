"""Patterns as SEARCH and the criteria of SUMIF know them: ? for one character, * for any number, ~ before a plain one.

Case does not matter. The time that a match takes grows with the product of the two lengths at worst, never faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from formulas.values import Fault

LONGEST_PATTERN = 255
_TOKEN = re.compile(r"~[?*~]|[?*]|[^?*~]+|~")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two stars, and how long what it matches is."""

    pattern: re.Pattern[str]
    length: int


@dataclass(frozen=True, slots=True)
class Wildcards:
    """A pattern as the pieces between its stars."""

    pieces: tuple[Piece, ...]

    def find(self, content: str, start: int = 0) -> int:
        """Where the pattern first begins in a text, or -1."""
        folded = same_case(content)
        first = self.pieces[0].pattern.search(folded, start)
        if not first or self._after(folded, first.end(), self.pieces[1:]) is None:
            return -1
        return first.start()

    def matches(self, content: str) -> bool:
        """Whether the pattern is the whole text."""
        folded = same_case(content)
        first, last = self.pieces[0], self.pieces[-1]
        if len(self.pieces) == 1:
            return first.pattern.fullmatch(folded) is not None
        begun = first.pattern.match(folded)
        position = self._after(folded, begun.end(), self.pieces[1:-1]) if begun else None
        tail = len(folded) - last.length
        return position is not None and position <= tail and last.pattern.match(folded, tail) is not None

    @staticmethod
    def _after(folded: str, position: int, pieces: tuple[Piece, ...]) -> int | None:
        """Where the pieces end that follow a position in their order, each as early as possible."""
        for piece in pieces:
            found = piece.pattern.search(folded, position)
            if not found:
                return None
            position = found.end()
        return position


@lru_cache(maxsize=256)
def wildcards(pattern: str) -> Wildcards:
    """The pattern that a text describes."""
    if len(pattern) > LONGEST_PATTERN:
        raise Fault("#VALUE!", f"A pattern has at most {LONGEST_PATTERN} characters.")
    pieces: list[Piece] = []
    expression, length = "", 0
    for token in _TOKEN.findall(same_case(pattern)):
        if token == "*":  # noqa: S105 - a star, not a secret
            pieces.append(_piece(expression, length))
            expression, length = "", 0
            continue
        plain = token[1:] if len(token) > 1 and token[0] == "~" else token
        expression += "." if token == "?" else re.escape(plain)  # noqa: S105
        length += len(plain)
    return Wildcards((*pieces, _piece(expression, length)))


def _piece(expression: str, length: int) -> Piece:
    return Piece(re.compile(expression, re.DOTALL), length)


def same_case(content: str) -> str:
    """The text without regard to case, character by character, so that positions stay."""
    lower = content.lower()
    return lower if len(lower) == len(content) else "".join(map(_lower, content))


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character
