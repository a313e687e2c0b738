"""From what the records said to the finished table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from designer.pivot.asking import question
from designer.pivot.axis import Axis, Setting, arranged
from designer.pivot.figures import Figures
from designer.pivot.finished import Cell, Naming, Pivot
from designer.pivot.marking import Marking, Shown
from designer.pivot.measures import measures_of, shown_values
from designer.pivot.others import asked_of_others, folded
from designer.pivot.room import refuse_beyond
from designer.pivot.showing import Showing
from engine.grouping import Grouping, Groups, Keys, Tally
from engine.model import Configuration
from engine.model.report import Report
from formulas import Context

Ask = Callable[[Grouping], Groups]
"""Whoever answers: the door to the records, with the conditions of the reader's filters."""


_Maker = Callable[[Keys, Keys, tuple[Tally, ...]], Cell | None]


@dataclass(frozen=True, slots=True)
class _Arranged:
    figures: Figures
    rows: Axis
    columns: Axis


def run(
    report: Report, configuration: Configuration, naming: Naming, ask: Ask, context: Context | None = None
) -> Pivot:
    """The finished table of a report, with all that has to be asked for it; raises Refused where it is too large."""
    report = report.expanded
    groups = ask(question(report, configuration))
    found = _arrange(report, groups, naming, context)
    more = asked_of_others(report, configuration, found.rows, found.columns)
    return _finished(report, found, groups, ask(more) if more else None, context)


def question_of_others(
    report: Report, configuration: Configuration, groups: Groups, naming: Naming, context: Context | None = None
) -> Grouping | None:
    """What has to be asked besides, once it is known which are the largest; mostly nothing."""
    report = report.expanded
    found = _arrange(report, groups, naming, context)
    return asked_of_others(report, configuration, found.rows, found.columns)


def pivot(
    report: Report, groups: Groups, naming: Naming, rest: Groups | None = None, context: Context | None = None
) -> Pivot:
    """The finished table; `rest` answers the question of others, where there is one. Raises Refused where it is too large."""
    report = report.expanded
    return _finished(report, _arrange(report, groups, naming, context), groups, rest, context)


def _finished(report: Report, found: _Arranged, groups: Groups, rest: Groups | None, context: Context | None) -> Pivot:
    figures, rows, columns, names = found.figures, found.rows.items, found.columns.items, shown_values(report)
    refuse_beyond(len(rows) * len(columns) * len(names))
    figures.add(folded(report, groups, rest, found.rows, found.columns))
    showing = Showing(report, figures, found.rows, found.columns)
    makers = [_maker(figures, showing, name) for name in names]
    across = [(number, item.keys) for number, item in enumerate(columns) if item.valued]
    cells: dict[tuple[int, int], tuple[Cell | None, ...]] = {}
    for number, keys in ((number, item.keys) for number, item in enumerate(rows) if item.valued):
        for place, other in across:
            tallies = figures.tallies(keys, other)
            # Beside what has records, something may stand where there are none: a sum that runs on.
            if tallies or showing.compares:
                made = tuple([make(keys, other, tallies) for make in makers])
                if tallies or any(made):
                    cells[number, place] = made
    shown = _shown(figures, showing, frozenset(names))
    marks = Marking(report, rows, columns, names, shown, context).marks(cells)
    return Pivot(rows, columns, names, cells, marks)


def _shown(figures: Figures, showing: Showing, names: frozenset[str]) -> Shown:
    """What is shown of a value; of a hidden one its number, for nothing that it would be compared with was asked."""

    def shown(row: Keys, column: Keys, name: str) -> Any:
        return showing.shown(row, column, name) if name in names else figures.value(row, column, name)

    return shown


def _maker(figures: Figures, showing: Showing, name: str) -> _Maker:
    """What makes the cells of a value. There may be many, so that it is decided once what they need."""
    position = figures.position(name)
    if showing.is_plain(name) and position is not None:
        return _plain(position)

    def make(row: Keys, column: Keys, tallies: tuple[Tally, ...]) -> Cell | None:
        shown = showing.shown(row, column, name)
        if not tallies:
            return None if shown is None else Cell(None, shown)
        value = figures.value(row, column, name)
        return Cell(value, shown, *figures.missing(tallies, name, value))

    return make


def _plain(position: int) -> _Maker:
    def make(row: Keys, column: Keys, tallies: tuple[Tally, ...]) -> Cell | None:
        if not tallies:
            return None
        tally = tallies[position]
        return Cell(tally.value, tally.value, tally.blanks, tally.errors)

    return make


def _arrange(report: Report, groups: Groups, naming: Naming, context: Context | None) -> _Arranged:
    figures = Figures(report, groups, context)
    decides = (*shown_values(report), *measures_of(report))[0]
    lines = Setting(
        report.rows, naming, lambda keys, name: figures.value(keys, (), name), decides, bool(report.totals.rows)
    )
    across = Setting(
        report.columns, naming, lambda keys, name: figures.value((), keys, name), decides, bool(report.totals.columns)
    )
    depth = len(report.rows)
    rows = _leaves(groups, range(depth))
    columns = _leaves(groups, range(depth, depth + len(report.columns)))
    return _Arranged(figures, arranged(lines, rows), arranged(across, columns))


def _leaves(groups: Groups, positions: range) -> Iterator[Keys]:
    """The innermost items of an axis, in any order; each level that has all keys of the axis has all of them."""
    levels = [level for level in groups if set(positions) <= set(level)]
    level = min(levels, key=lambda one: len(groups[one]))
    first = level.index(positions[0]) if positions else 0
    return (keys[first : first + len(positions)] for keys in groups[level])
