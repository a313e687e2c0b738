"""What is particular to a .json file: it must be strict JSON, whatever YAML would also understand."""

from __future__ import annotations

import json
from typing import NoReturn

from engine.config.source import Source
from engine.problems import Problem, problem

_BLANK = str.maketrans("\t\r\n", "   ")


def strict(source: Source) -> Problem | None:
    """The first place where a text is not JSON, or None."""
    try:
        # Numbers stay text: nobody needs them yet, and converting a long one would take long.
        json.loads(source.text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return problem("json-syntax", place=source.place(error.pos, error.pos), reason=error.msg)
    except _NotANumber as found:
        start = max(source.text.find(found.word), 0)
        place = source.place(start, start + len(found.word))
        return problem("json-syntax", place=place, reason=f"{found.word} is not a JSON value")
    except RecursionError:
        return None  # The reader's own limit says it better.
    return None


def one_line(text: str) -> str:
    """The same JSON with blanks for tabs and line ends, which YAML would treat specially; offsets stay the same.

    Inside a JSON string none of the three can stand, so that only the space between tokens changes.
    """
    return text.translate(_BLANK)


class _NotANumber(Exception):
    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def _refuse(word: str) -> NoReturn:
    raise _NotANumber(word)
