"""What is shown instead of a number: its share of a total, or what it is beside its siblings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from designer.pivot.arithmetic import kind_of, minus, plus, ratio
from designer.pivot.axis import Axis
from designer.pivot.figures import Crossing, Figures
from designer.pivot.levels import COMPARED
from designer.pivot.measures import measures_of
from designer.pivot.ordering import comparable
from engine.grouping import OTHERS, Keys
from engine.model.report import Measure, Report, ShowAs
from formulas import FormulaError

ADDED_UP = frozenset({None, "sum", "count", "distinct"})
"""Of these, nothing is zero: who bought nothing bought for 0."""


class Showing:
    """What is shown of each value, wherever a line and a column cross."""

    def __init__(self, report: Report, figures: Figures, rows: Axis, columns: Axis) -> None:
        self._figures = figures
        self._measures = measures_of(report)
        self._along_rows = bool(report.rows)
        self._along, self._across = (rows, columns) if report.rows else (columns, rows)
        self._beside: dict[str, Mapping[Crossing, Any]] = {}
        self.compares = any(measure.show_as in _BESIDE for measure in self._measures.values() if not measure.hidden)
        """Whether anything is compared with its siblings."""

    def is_plain(self, name: str) -> bool:
        """Whether the value itself is shown."""
        return self._measures[name].show_as is None

    def shown(self, row: Keys, column: Keys, name: str) -> Any:
        """What is shown there; without anything else, the value itself."""
        measure = self._measures[name]
        value = self._figures.value(row, column, name)
        if measure.show_as is None:
            return value
        if measure.show_as in COMPARED:
            depths = COMPARED[measure.show_as](len(row), len(column))
            return ratio(value, self._figures.value(row[: depths[0]], column[: depths[1]], name))
        if name not in self._beside:
            self._beside[name] = dict(self._compared(name, measure))
        return self._beside[name].get((row, column))

    def _compared(self, name: str, measure: Measure) -> Iterator[tuple[Crossing, Any]]:
        """What is shown of all items, by the order in which they stand below their parents."""
        assert measure.show_as
        compare, counts_others = _BESIDE[measure.show_as]
        nothing = 0 if measure.formula is None and measure.aggregate in ADDED_UP else None
        for across in (item.keys for item in self._across.items if item.valued):
            if counts_others:
                yield self._crossing((), across), self._value((), across, name)
            for siblings in self._along.parts.values():
                ranked = siblings if counts_others else [keys for keys in siblings if keys[-1] is not OTHERS]
                values = (
                    self._run_on(ranked, across, name)
                    if measure.formula is not None and compare is _running
                    else compare([self._value(keys, across, name) for keys in ranked], nothing)
                )
                yield from zip((self._crossing(keys, across) for keys in ranked), values, strict=True)

    def _run_on(self, siblings: Sequence[Keys], across: Keys, name: str) -> list[Any]:
        """A formula of the running totals of what it is made of."""
        read = sorted(self._figures.made_of(name))
        sums = [_running([self._value(keys, across, inner) for keys in siblings], 0) for inner in read]
        return [
            self._figures.computed_of(name, dict(zip(read, at, strict=True)))
            if any(value is not None for value in at)
            else None
            for at in zip(*sums, strict=True)
        ] or [None] * len(siblings)

    def _value(self, along: Keys, across: Keys, name: str) -> Any:
        return self._figures.value(*self._crossing(along, across), name)

    def _crossing(self, along: Keys, across: Keys) -> Crossing:
        return (along, across) if self._along_rows else (across, along)


def _running(values: Sequence[Any], nothing: Any) -> list[Any]:
    """The sum of each with all before it; where there is nothing, it stays what it was."""
    if not all(kind_of(value) in ("number", "money", "duration", "blank") for value in values):
        return [None] * len(values)
    sums: list[Any] = []
    total: Any = None
    for value in values:
        total = value if total is None else total if value is None else plus(total, value)
        sums.append(total)
    return sums


def _differences(values: Sequence[Any], nothing: Any) -> list[Any]:
    """What each has more than the one before it; the first has none before it."""
    return [None, *(_difference(value, before, nothing) for before, value in pairwise(values))][: len(values)]


def _difference(value: Any, before: Any, nothing: Any) -> Any:
    if (value is None and before is None) or isinstance(before, FormulaError):
        return before
    if nothing is None or (value is not None and before is not None):
        return minus(value, before)
    # Nothing is a zero of the unit of the other.
    return value if before is None else minus(minus(before, before), before)


def _shares_more(values: Sequence[Any], nothing: Any) -> list[Any]:
    """What share of the one before it each has more."""
    differences = _differences(values, nothing)[1:]
    shares = (ratio(more, before) for more, before in zip(differences, values, strict=False))
    return [None, *shares][: len(values)]


def _ranks(values: Sequence[Any], nothing: Any) -> list[Any]:
    """The place of each when the largest is the first; what is equal shares a place, and errors stay what they are."""
    ranked = sorted((comparable(value) for value in values if kind_of(value) != "blank"), reverse=True)
    places: dict[Any, int] = {}
    for place, value in enumerate(ranked, 1):
        places.setdefault(value, place)
    return [value if kind_of(value) == "blank" else places[comparable(value)] for value in values]


_BESIDE: Mapping[ShowAs, tuple[Callable[[Sequence[Any], Any], list[Any]], bool]] = MappingProxyType(
    {
        "running_total": (_running, True),
        "difference": (_differences, False),
        "percent_difference": (_shares_more, False),
        "rank": (_ranks, False),
    }
)
"""How values are compared with their siblings, and whether what is left out, and the total, are compared as well."""
