"""Findings about a formula's text: where, what, and what to write instead. All texts stand here."""

from __future__ import annotations

import difflib
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from formulas.sentences import SENTENCES

Param = str | int


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """One finding; `start` and `end` count characters of the author's own text, from 0, the end not included."""

    code: str
    start: int
    end: int
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    candidates: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is wrong, in English; `sentences.SENTENCES` and `params` serve translation."""
        return SENTENCES[self.code][0].format_map(self.params)

    @property
    def hint(self) -> str:
        """What to do, or "" where nothing is known."""
        if self.candidates:
            return f"Did you mean {' or '.join(self.candidates)}?"
        text = SENTENCES[self.code][1]
        missing = any(name not in self.params for _, name, _, _ in string.Formatter().parse(text) if name)
        return "" if missing else text.format_map(self.params)


FormulaProblems = tuple[FormulaProblem, ...]
Tell = Callable[[FormulaProblem], None]
"""How a part of the checker reports what it finds."""


class Unparsed(Exception):
    """Raised inside this package when a text is no formula; carries the problems."""

    def __init__(self, *problems: FormulaProblem) -> None:
        super().__init__(problems[0].sentence)
        self.problems: FormulaProblems = problems


def finding(code: str, start: int, end: int, candidates: Iterable[str] = (), **params: Param) -> FormulaProblem:
    """Build one with keyword params."""
    return FormulaProblem(code, start, end, MappingProxyType(params), tuple(candidates))


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names that somebody who wrote `name` most probably meant, the likeliest first."""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    return tuple(folded[found] for found in difflib.get_close_matches(name.casefold()[:80], folded, count, 0.6))
