"""A Problem as the terminal shows it: where, the source line with a caret under the stretch, the sentence, the hint.

Pure text; the command line colours the parts of an `Excerpt`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from engine.config.source import Source, open_source
from engine.problems import Problem

WIDTH = 100
"""How much of a long source line is shown."""


_STEERING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The parts of a rendered Problem; `line` and `caret` are "" where the source cannot be shown."""

    position: str
    severity: str
    line: str
    caret: str
    sentence: str
    hint: str

    def __str__(self) -> str:
        where = f"{self.position}: " if self.position else ""
        shown = [f"{where}{self.severity}: {self.sentence}"]
        if self.caret:
            shown += [f"    {self.line}", f"    {self.caret}"]
        if self.hint:
            shown.append(f"  {self.hint}")
        return "\n".join(shown)


def render(found: Problem, folder: Path) -> str:
    """A Problem as text of up to four lines; `folder` is where the file names of places begin."""
    return str(excerpt(found, folder))


def excerpt(found: Problem, folder: Path) -> Excerpt:
    """The parts of a Problem, with its source line read from disk."""
    place = found.place
    sentence, hint = harmless(found.sentence), harmless(found.hint)
    if not place:
        return Excerpt("", found.severity, "", "", sentence, hint)
    source = _source(folder / place.file, place.file)
    line, caret = underlined(source.line(place.line), place.column - 1, place.length) if source else ("", "")
    return Excerpt(f"{folder / place.file}:{place.line}:{place.column}", found.severity, line, caret, sentence, hint)


def underlined(line: str, start: int, length: int) -> tuple[str, str]:
    """The line, cut around the stretch where it is long, and carets below the stretch."""
    first = max(0, min(start - WIDTH // 3, len(line) - WIDTH)) if len(line) > WIDTH else 0
    shown = harmless(line[first : first + WIDTH])
    start -= first
    if first:
        shown, start = "…" + shown, start + 1
    if first + WIDTH < len(line):
        shown += "…"
    blank = "".join(sign if sign == "\t" else " " * _cells(sign) for sign in shown[:start])
    under = sum(_cells(sign) for sign in shown[start : start + length])
    return shown.rstrip(), blank + "^" * max(under, 1)


def harmless(text: str) -> str:
    """The text without what would steer a terminal: escape sequences, and signs that turn the direction of writing."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _cells(sign: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _source(path: Path, file: str) -> Source | None:
    found = open_source(path, file)
    return found if isinstance(found, Source) else None
