"""The numbers of every item of the rows with every item of the columns, each computed of its own records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from designer.pivot.formulas import Formulas, type_of_all
from designer.pivot.levels import level_of
from designer.pivot.measures import measures_of, source_of, sources_of
from engine.grouping import OTHERS, Groups, Keys, Tally
from engine.model.report import Report
from formulas import Context, FormulaError

Crossing = tuple[Keys, Keys]
"""The keys of an item of the rows and of one of the columns."""
Tallies = Mapping[Crossing, tuple[Tally, ...]]
"""The amounts of what is left out, in the order of the sources."""


class Figures:
    """The values of a report wherever a line and a column cross: exact, of the records that are there."""

    def __init__(self, report: Report, groups: Groups, context: Context | None) -> None:
        self._report = report
        self._groups = groups
        self._others: Tallies = {}
        sources = sources_of(report)
        self._measures = measures_of(report)
        self._positions = {
            name: sources.index(source_of(measure))
            for name, measure in self._measures.items()
            if measure.formula is None
        }
        types = {name: type_of_all(self._all(position)) for name, position in self._positions.items()}
        self._formulas = Formulas(self._measures, types, context)
        self._known: dict[Crossing, Mapping[str, Any]] = {}

    def add(self, others: Tallies) -> None:
        """Take in the numbers of what is left out."""
        self._others = others

    def value(self, row: Keys, column: Keys, name: str) -> Any:
        """One value there; None where there are no records."""
        return self.values(row, column).get(name)

    def values(self, row: Keys, column: Keys) -> Mapping[str, Any]:
        """All values there by name; none where there are no records."""
        at = (row, column)
        if at not in self._known:
            self._known[at] = self._computed(self.tallies(row, column))
        return self._known[at]

    def missing(self, row: Keys, column: Keys, name: str) -> tuple[int, int]:
        """How many records are blank, and how many an error, in what a value is made of; its own error counts too."""
        tallies = self.tallies(row, column)
        made_of = {self._positions[inner] for inner in self._formulas.inner[name]} if tallies else ()
        blanks = sum(tallies[position].blanks for position in made_of)
        errors = sum(tallies[position].errors for position in made_of)
        own = name not in self._positions and isinstance(self.value(row, column, name), FormulaError)
        return blanks, errors + own

    def tallies(self, row: Keys, column: Keys) -> tuple[Tally, ...]:
        """The amounts there; none where there are no records."""
        if OTHERS in (*row[-1:], *column[-1:]):
            return self._others.get((row, column), ())
        level = level_of(self._report, (len(row), len(column)))
        return self._groups.get(level, {}).get((*row, *column), ())

    def _computed(self, tallies: tuple[Tally, ...]) -> Mapping[str, Any]:
        if not tallies:
            return {}
        values = {name: tallies[position].value for name, position in self._positions.items()}
        self._formulas.complete(values)
        return values

    def _all(self, position: int) -> Iterable[Any]:
        return (tallies[position].value for level in self._groups.values() for tallies in level.values())
