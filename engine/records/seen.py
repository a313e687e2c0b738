"""What somebody has looked at, told by a word: a list need not keep all that it shows to say later what that was."""

from __future__ import annotations

from binascii import b2a_base64
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32


def word_of(value: Any) -> str:
    """Four signs that are the same for the same value, and others for nearly every other one."""
    return _word("None" if value == () else repr(value))


@lru_cache(maxsize=20_000)
def _word(said: str) -> str:
    return b2a_base64(crc32(said.encode()).to_bytes(4, "big")[1:], newline=False).decode()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A value of which only the word is known. It is equal to each value that has this word."""

    word: str

    def __eq__(self, value: object) -> bool:
        return word_of(value) == self.word

    __hash__ = None  # type: ignore[assignment]  # two that are equal need not have the same
