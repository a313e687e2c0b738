"""The records of a report one by one: where each of them counts, and what it has of each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from designer.pivot.asking import question
from designer.pivot.cells import cell_of
from designer.pivot.finished import Item, Pivot
from designer.pivot.looks import Look, look_of_counted
from designer.pivot.measures import measures_of
from engine.expressions.reports import aggregate_of, type_of_counted
from engine.grouping import OTHERS, Amount, Grouping, Groups, Key, Keys
from engine.model import Configuration
from engine.model.report import Measure, Report
from engine.problems import Refused, problem
from formulas import FormulaError
from formulas.types import MONEY

MOST_RECORDS = 50_000
MOST_STEPS = 300_000_000
"""So many times a record may be looked at until a spreadsheet program has computed all cells."""
_FOLLOWED = frozenset({"sum", "count", "average", "min", "max"})
"""Aggregates that a spreadsheet computes of the rows that meet conditions."""
_COUNTED = Look(0)
_KINDS = frozenset({"number", "money", "duration", "date"})


@dataclass(frozen=True, slots=True)
class Column:
    """What each record has of a value: what its field or expression holds, or 1 where it is only counted."""

    path: str
    expression: str
    counted: bool
    kind: str = "number"
    look: Look = _COUNTED

    @property
    def amount(self) -> Amount:
        """What is asked of a record alone."""
        return Amount("count" if self.counted else "min", self.path, self.expression)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: its keys, on which line and in which column it counts at each level, and its amounts.

    Lines and columns are told by their places, from 1; 0 where it is in none, being left out.
    """

    id: int
    keys: Keys
    places: tuple[int, ...]
    amounts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """All records of a report. `read` says of the values that follow them in which column they stand; None: records."""

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    read: Mapping[str, int | None]


def question_of_records(report: Report, configuration: Configuration) -> Grouping:
    """Each record as a group of its own; whoever asks adds the conditions of filters."""
    asked = question(report, configuration)
    columns = dict.fromkeys(column for column in _columns(report, configuration).values() if column)
    keys = (*asked.keys, Key(""))
    return replace(
        asked, keys=keys, amounts=tuple(column.amount for column in columns), levels=(tuple(range(len(keys))),)
    )


def refuse_beyond_bound(records: int, pivot: Pivot) -> None:
    """Refuse where there are more records than a spreadsheet program computes such a table of in a bearable time."""
    cells = max(len(pivot.rows) * len(pivot.columns) * len(pivot.values), 1)
    most = min(MOST_RECORDS, MOST_STEPS // cells)
    if records > most:
        raise Refused((problem("report-live-too-large", maximum=most, found=records),))


def detailed(report: Report, configuration: Configuration, pivot: Pivot, groups: Groups) -> Data:
    """The records, each with the places where it counts in the finished table."""
    read = _columns(report, configuration)
    columns = tuple(dict.fromkeys(column for column in read.values() if column))
    ((_, found),) = groups.items()
    entries = tuple(sorted(_entries(report, pivot, found, columns), key=lambda entry: entry.id))
    exact = [all(_fits(entry.amounts[place], column.look) for entry in entries) for place, column in enumerate(columns)]
    places = {name: columns.index(column) if column else None for name, column in read.items()}
    return Data(columns, entries, {name: at for name, at in places.items() if at is None or exact[at]})


def _columns(report: Report, configuration: Configuration) -> dict[str, Column | None]:
    """Of each value that follows the records its column; None for their number."""
    found: dict[str, Column | None] = {}
    for name, measure in measures_of(report).items():
        if measure.formula is None and _is_followed(report, configuration, measure):
            found[name] = _column(report, configuration, measure)
    return found


def _is_followed(report: Report, configuration: Configuration, measure: Measure) -> bool:
    """Whether the rows of a sheet give the number: an amount behind references would count with each of its rows."""
    aggregate = aggregate_of(configuration, report.of, measure)
    if aggregate not in _FOLLOWED or ("." in (measure.field or "") and aggregate not in ("min", "max")):
        return False
    if aggregate == "count":
        return True
    kind = type_of_counted(configuration, report.of, measure)
    return kind is not None and kind != MONEY and kind.kind in _KINDS


def _column(report: Report, configuration: Configuration, measure: Measure) -> Column | None:
    if not measure.field and not measure.expression:
        return None
    path, expression = measure.field or "", measure.expression or ""
    kind = type_of_counted(configuration, report.of, measure)
    if kind is None or kind == MONEY or kind.kind not in _KINDS:
        return Column(path, expression, counted=True)
    told = "number" if kind.kind == "money" else kind.kind
    return Column(path, expression, counted=False, kind=told, look=look_of_counted(measure, report.of, configuration))


def _entries(report: Report, pivot: Pivot, found: Mapping[Keys, Any], columns: tuple[Column, ...]) -> Iterator[Entry]:
    lines, across, depth = _placed(pivot.rows), _placed(pivot.columns), len(report.rows)
    for (*keys, record), tallies in found.items():
        places = (*_places(lines, tuple(keys[:depth])), *_places(across, tuple(keys[depth:])))
        amounts = (_amount(tally, column) for tally, column in zip(tallies, columns, strict=True))
        yield Entry(record, tuple(keys), places, tuple(amounts))


def _amount(tally: Any, column: Column) -> Any:
    if tally.errors:
        return FormulaError("#N/A")
    return (1 if tally.value else None) if column.counted else tally.value


def _placed(items: tuple[Item, ...]) -> Mapping[Keys, int]:
    return {item.keys: place for place, item in enumerate(items, 1)}


def _places(items: Mapping[Keys, int], keys: Keys) -> Iterator[int]:
    """Under which item a record counts at each level: its own, or that of the others below the same parent."""
    for depth in range(1, len(keys) + 1):
        yield items.get(keys[:depth]) or items.get((*keys[: depth - 1], OTHERS), 0)


def _fits(value: Any, look: Look) -> bool:
    """Whether a cell holds the number itself; an error stands there as its code, which no sum counts."""
    return isinstance(value, FormulaError) or not isinstance(cell_of(value, look), str)
