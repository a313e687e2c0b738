"""Located findings about a configuration or an input.

A Problem says what is wrong, where, and what to do. It is data: the command line prints it with an excerpt and a
caret, a form shows it at its field, the API returns it as JSON. Texts stand in `catalogue` only, so that each can be
translated and each has one reproducer. Everything in the house may import this package; it imports nothing of ours.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.problems.catalogue import CATALOGUE
from engine.problems.entry import LIKELY, Entry, Severity

__all__ = ["Param", "Place", "Problem", "Problems", "Refused", "Unfit", "nearest", "problem"]

Param = str | int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of a file: line and column count from 1, length in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` names the thing inside a configuration or record, e.g. ("lines", "2", "price")."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    place: Place | None = None
    path: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        return self.entry.severity

    @property
    def sentence(self) -> str:
        """The text in English; `entry.text` and `params` serve translation."""
        return self.entry.text.format_map(self.params)

    @property
    def hint(self) -> str:
        """What to do, or "" where the catalogue has nothing to say for these params."""
        if self.params.get("likely"):
            return LIKELY.format_map(self.params)
        if not self.entry.hint or any(self.params.get(name) is None for name in self.entry.hint_params):
            return ""
        return self.entry.hint.format_map(self.params)

    def as_json(self) -> dict[str, object]:
        """The shape that API and `--json` give: code, message, hint, path, and place where there is one."""
        shape: dict[str, object] = {
            "code": self.code,
            "severity": self.severity,
            "message": self.sentence,
            "hint": self.hint,
            "path": list(self.path),
        }
        if self.place:
            shape["place"] = {"file": self.place.file, "line": self.place.line, "column": self.place.column}
        return shape


Problems = tuple[Problem, ...]


class Unfit(ValueError):
    """Raised by a field for one value that does not fit; whoever holds the record turns it into a Problem."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def at(self, *path: str) -> Problem:
        """The Problem that this makes at a place inside a record."""
        return Problem(self.code, MappingProxyType(dict(self.params)), path=path)


class Refused(Exception):
    """Raised when nothing was done because of the problems it carries."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Problems = tuple(problems)
        super().__init__("; ".join(found.sentence for found in self.problems))


def problem(code: str, *, place: Place | None = None, path: Iterable[str] = (), **params: Param) -> Problem:
    """Build a Problem with keyword params, checked against the catalogue when it is read."""
    return Problem(code, MappingProxyType(params), place, tuple(path))


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name that somebody who typed `name` most probably meant, or None."""
    folded = {known.casefold(): known for known in names}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None
