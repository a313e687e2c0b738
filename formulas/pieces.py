"""The Python text of a formula as it grows, and the way back from its columns to the author's text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from formulas.atoms import Atom


@dataclass(frozen=True, slots=True)
class Spelled:
    """Python text, the values behind its names, and for each word its column there and its place in the source."""

    python: str
    atoms: tuple[Atom, ...]
    columns: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, column: int, end_column: int) -> tuple[int, int]:
        """The place in the author's text of a stretch of the Python text."""
        first = min(bisect_left(self.columns, column), len(self.spans) - 1)
        last = max(bisect_left(self.columns, end_column) - 1, first)
        return self.spans[first][0], self.spans[last][1]


class Pieces:
    """Words in order; a bracket that nobody wrote has no place in the source."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self._words: list[tuple[str, tuple[int, int] | None]] = []

    def __len__(self) -> int:
        return len(self._words)

    def put(self, word: str, start: int, end: int) -> None:
        """Add a word that stands for a stretch of the source."""
        self._words.append((word, (start, end)))

    def put_atom(self, atom: Atom) -> None:
        """Add a value, under a name that means nothing."""
        self.put(f"a{len(self.atoms)}", atom.start, atom.end)
        self.atoms.append(atom)

    def wrap(self, begin: int) -> None:
        """Put brackets around everything from a word on."""
        self._words.insert(begin, ("(", None))
        self._words.append((")", None))

    def spelled(self) -> Spelled:
        """The whole as it stands."""
        columns: list[int] = []
        spans: list[tuple[int, int]] = []
        column = 0
        for word, span in self._words:
            if span:
                columns.append(column)
                spans.append(span)
            column += len(word) + 1
        return Spelled(" ".join(word for word, _ in self._words), tuple(self.atoms), tuple(columns), tuple(spans))
