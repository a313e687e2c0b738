"""Whom a text names: an @ and the name of a user, whatever the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

MOST = 100
"""So many @ of a text are looked at: nobody names more people, and a text of nothing else costs no time."""


class MentionAt(NamedTuple):
    """Where a text names somebody."""

    start: int
    end: int
    name: str


def mentions(text: str, names: Iterable[str]) -> Iterator[MentionAt]:
    """Where a text names people of these names, from its beginning; of two that fit, the longer one is meant."""
    known = sorted({name.casefold(): name for name in names if name}.items(), key=lambda one: -len(one[0]))
    # What follows a letter is an e-mail address.
    signs = [at for at, sign in enumerate(text) if sign == "@" and not (at and text[at - 1].isalnum())]
    end = 0
    for start in signs[:MOST]:
        if start < end:
            continue
        found = next((one for one in known if _stands(text, start + 1, one[0])), None)
        if found:
            end = start + 1 + len(found[1])
            yield MentionAt(start, end, found[1])


def named(text: str, people: Mapping[int, str]) -> frozenset[int]:
    """The users whom a text names, by their names; all those who share a name."""
    said = {one.name.casefold() for one in mentions(text, people.values())}
    return frozenset(user for user, name in people.items() if name.casefold() in said)


def _stands(text: str, at: int, name: str) -> bool:
    """Whether a name in lower case stands there as a whole."""
    end = at + len(name)
    return text[at:end].casefold() == name and not text[end : end + 1].isalnum()
