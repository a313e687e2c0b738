"""The text of one file: how it is decoded, and which line and column an offset stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine.problems import Place, Problem, problem

LIMIT = 1024 * 1024
"""The largest file that is read, in bytes: thousands of fields fit, an attack does not."""

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Source:
    """A file's name, as Problems show it, and its text without a byte order mark."""

    file: str
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line's first character."""
        return (0, *(found.end() for found in _LINE_END.finditer(self.text)))

    def place(self, start: int, end: int) -> Place:
        """The stretch from `start` to `end`, or as much of it as stands in its first line."""
        row = bisect_right(self.starts, start) - 1
        length = min(end, self.line_end(start)) - start
        return Place(self.file, row + 1, start - self.starts[row] + 1, max(length, 1))

    def line_start(self, offset: int) -> int:
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset just before the end of the line in which `offset` stands."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line(self, number: int) -> str:
        """A line by its number, which counts from 1; "" where there is none."""
        if not 0 < number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        return self.text[start : self.line_end(start)]


def open_source(path: Path, file: str) -> Source | Problem:
    """Read a file from disk; `file` is the name that Problems give it."""
    here = Place(file, 1, 1)
    try:
        if path.stat().st_size > LIMIT:
            return problem("file-too-large", place=here, file=file, limit=LIMIT // 1024)
        raw = path.read_bytes()
    except OSError:
        return problem("file-missing", place=here, file=file)
    return decode(raw, file)


def decode(raw: bytes, file: str) -> Source | Problem:
    """The text of a file's bytes, which must be UTF-8."""
    here = Place(file, 1, 1)
    if len(raw) > LIMIT:
        return problem("file-too-large", place=here, file=file, limit=LIMIT // 1024)
    try:
        return Source(file, raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return problem("file-unreadable", place=here, file=file)
