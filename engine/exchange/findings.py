"""What came of an import: what was written, or every cell that stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from engine.exchange.columns import Target
from engine.exchange.letters import letters_of
from engine.problems import Problem

MOST = 10_000
"""Bad cells after which the search for more ends: nobody corrects them one by one."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be imported: its row as spreadsheets count, its column's letters and heading, and why.

    Without letters, what is wrong is the row as a whole: a check that it does not meet.
    """

    row: int
    letters: str
    column: str
    value: str
    problem: Problem

    def __str__(self) -> str:
        if not self.letters:
            return f"row {self.row}: {self.problem.sentence}"
        hint = f" {self.problem.hint}" if self.problem.hint else ""
        return f"row {self.row}, column {self.letters} ({self.column}): {self.problem.sentence}{hint}"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do: nothing is written when there are bad cells or in a dry run.

    `more` says that there are more bad cells than are listed.
    """

    rows: int
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: tuple[BadCell, ...] = ()
    more: bool = False
    written: bool = False


class Enough(Exception):
    """There are so many bad cells that looking for more is of no use."""


@dataclass
class Findings:
    """Collects bad cells."""

    numbers: Sequence[int]
    """The number of each row as spreadsheets count."""
    bad: list[BadCell] = field(default_factory=list)
    _places: set[tuple[int, int]] = field(default_factory=set)

    def add(self, row: int, target: Target, value: object, found: Problem) -> None:
        """Complain about a cell, once.

        Raises:
            Enough: there are very many.
        """
        place = row, target.position
        if place in self._places:
            return
        if len(self.bad) >= MOST:
            raise Enough
        self._places.add(place)
        shown = "" if value is None else str(value)[:200]
        self.bad.append(BadCell(self.numbers[row], letters_of(target.position), target.heading, shown, found))

    def add_row(self, row: int, found: Problem) -> None:
        """Complain about a row as a whole."""
        self.bad.append(BadCell(self.numbers[row], "", "", "", found))

    def sorted(self) -> tuple[BadCell, ...]:
        """As one reads the sheet."""
        return tuple(sorted(self.bad, key=lambda bad: (bad.row, len(bad.letters), bad.letters)))


def write_errors(path: Path, result: ImportResult) -> None:
    """A workbook with one row for each bad cell: row, column, value, reason and what to do."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("Errors")
        page.freeze_panes(1, 0)
        page.set_column(2, 5, 30)
        page.write_row(
            0, 0, ("Row", "Column", "Heading", "Value", "Reason", "What to do"), book.add_format({"bold": True})
        )
        for number, bad in enumerate(result.bad, 1):
            page.write_number(number, 0, bad.row)
            texts = (bad.letters, bad.column, bad.value, bad.problem.sentence, bad.problem.hint)
            for column, text in enumerate(texts, 1):
                page.write_string(number, column, text)
