"""From what the records said to the finished table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from designer.pivot.asking import question
from designer.pivot.axis import Axis, Setting, arranged
from designer.pivot.figures import Crossing, Figures
from designer.pivot.finished import Cell, Item, Naming, Pivot
from designer.pivot.measures import measures_of, shown_values
from designer.pivot.others import asked_of_others, folded
from designer.pivot.room import refuse_beyond
from designer.pivot.showing import Showing
from engine.grouping import Grouping, Groups, Keys
from engine.model import Configuration
from engine.model.report import Report
from formulas import Context

Ask = Callable[[Grouping], Groups]
"""Whoever answers: the door to the records, with the conditions of the reader's filters."""


@dataclass(frozen=True, slots=True)
class _Arranged:
    figures: Figures
    rows: Axis
    columns: Axis


def run(
    report: Report, configuration: Configuration, naming: Naming, ask: Ask, context: Context | None = None
) -> Pivot:
    """The finished table of a report, with all that has to be asked for it; raises Refused where it is too large."""
    groups = ask(question(report, configuration))
    more = question_of_others(report, configuration, groups, naming, context)
    return pivot(report, groups, naming, ask(more) if more else None, context)


def question_of_others(
    report: Report, configuration: Configuration, groups: Groups, naming: Naming, context: Context | None = None
) -> Grouping | None:
    """What has to be asked besides, once it is known which are the largest; mostly nothing."""
    found = _arrange(report, groups, naming, context)
    return asked_of_others(report, configuration, found.rows, found.columns)


def pivot(
    report: Report, groups: Groups, naming: Naming, rest: Groups | None = None, context: Context | None = None
) -> Pivot:
    """The finished table; `rest` answers the question of others, where there is one. Raises Refused where it is too large."""
    found = _arrange(report, groups, naming, context)
    rows, columns, values = found.rows.items, found.columns.items, shown_values(report)
    refuse_beyond(len(rows) * len(columns) * len(values))
    found.figures.add(folded(report, groups, rest, found.rows, found.columns))
    showing = Showing(report, found.figures, found.rows, found.columns)
    cells = {
        at: cells
        for at, crossing in _crossings(rows, columns)
        if any(cells := _cells(found.figures, showing, crossing, values))
    }
    return Pivot(rows, columns, values, cells)


def _crossings(rows: tuple[Item, ...], columns: tuple[Item, ...]) -> Iterator[tuple[tuple[int, int], Crossing]]:
    """Where the lines and columns that have numbers cross, and their keys."""
    across = [(number, item.keys) for number, item in enumerate(columns) if item.valued]
    for row, item in enumerate(rows):
        if item.valued:
            yield from (((row, column), (item.keys, keys)) for column, keys in across)


def _cells(figures: Figures, showing: Showing, crossing: Crossing, names: tuple[str, ...]) -> tuple[Cell | None, ...]:
    there = bool(figures.tallies(*crossing))
    return tuple(_cell(figures, showing, crossing, name, there) for name in names)


def _cell(figures: Figures, showing: Showing, crossing: Crossing, name: str, there: bool) -> Cell | None:
    shown = showing.shown(*crossing, name)
    if not there:
        return None if shown is None else Cell(None, shown)
    return Cell(figures.value(*crossing, name), shown, *figures.missing(*crossing, name))


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
