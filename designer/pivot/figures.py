"""The numbers of every item of the rows with every item of the columns, each computed of its own records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from designer.pivot.formulas import Formulas, type_of_all
from designer.pivot.levels import Depths, level_of
from designer.pivot.measures import measures_of, source_of, sources_of
from engine.grouping import Groups, Keys, Tally
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
        self._levels: dict[Depths, Mapping[Keys, tuple[Tally, ...]]] = {}

    def add(self, others: Tallies) -> None:
        """Take in the numbers of what is left out."""
        self._others = others

    def position(self, name: str) -> int | None:
        """Where a value that is read from records stands in the amounts; None for one that is computed."""
        return self._positions.get(name)

    def value(self, row: Keys, column: Keys, name: str) -> Any:
        """One value there; None where there are no records."""
        position = self._positions.get(name)
        if position is None:
            return self._computed(row, column).get(name)
        tallies = self.tallies(row, column)
        return tallies[position].value if tallies else None

    def made_of(self, name: str) -> frozenset[str]:
        """The values read from records of which a value is made, itself where it is one."""
        return self._formulas.inner[name]

    def computed_of(self, name: str, read: Mapping[str, Any]) -> Any:
        """What a formula gives where the values read from records were these."""
        values = {**dict.fromkeys(self._positions), **read}
        self._formulas.complete(values)
        return values[name]

    def missing(self, tallies: tuple[Tally, ...], name: str, value: Any) -> tuple[int, int]:
        """How many records are blank, and how many an error, in what a value is made of; its own error counts too."""
        made_of = {self._positions[inner] for inner in self._formulas.inner[name]}
        blanks = sum(tallies[position].blanks for position in made_of)
        errors = sum(tallies[position].errors for position in made_of)
        return blanks, errors + (name not in self._positions and isinstance(value, FormulaError))

    def tallies(self, row: Keys, column: Keys) -> tuple[Tally, ...]:
        """The amounts there; none where there are no records."""
        depths = (len(row), len(column))
        if depths not in self._levels:
            self._levels[depths] = self._groups.get(level_of(self._report, depths), {})
        return self._levels[depths].get(row + column) or self._others.get((row, column), ())

    def _computed(self, row: Keys, column: Keys) -> Mapping[str, Any]:
        """All values there by name; none where there are no records."""
        at = (row, column)
        if at not in self._known:
            tallies = self.tallies(row, column)
            values = {name: tallies[position].value for name, position in self._positions.items()} if tallies else {}
            if tallies:
                self._formulas.complete(values)
            self._known[at] = values
        return self._known[at]

    def _all(self, position: int) -> Iterable[Any]:
        return (tallies[position].value for level in self._groups.values() for tallies in level.values())
