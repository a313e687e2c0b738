"""Which levels of a report are needed: those that it shows, and those with which it compares or by which it sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from types import MappingProxyType

from designer.pivot.measures import measures_of, with_others
from engine.grouping import Level
from engine.model.report import Dimension, Report, ShowAs

Depths = tuple[int, int]
"""How many levels of rows, and how many of columns, something is deep."""

COMPARED: Mapping[ShowAs, Callable[[int, int], Depths]] = MappingProxyType(
    {
        "percent_of_row": lambda row, column: (row, 0),
        "percent_of_column": lambda row, column: (0, column),
        "percent_of_parent_row": lambda row, column: (max(row - 1, 0), column),
        "percent_of_parent_column": lambda row, column: (row, max(column - 1, 0)),
        "percent_of_total": lambda row, column: (0, 0),
    }
)
"""How deep that is of which a share is shown."""


def level_of(report: Report, depths: Depths) -> Level:
    """The positions of the keys at a depth of rows and columns; those of columns come after all of rows."""
    rows, columns = depths
    first = len(report.rows)
    return (*range(rows), *range(first, first + columns))


def needed(report: Report) -> tuple[Depths, ...]:
    """All depths that the finished table is made of, outermost first."""
    shown = set(product(_shown(report.rows, report.totals.rows), _shown(report.columns, report.totals.columns)))
    return tuple(sorted(shown | set(_compared(report, shown)) | set(_ordering(report))))


def is_valued(dimensions: tuple[Dimension, ...], depth: int) -> bool:
    """Whether items so deep have numbers of their own; those that are left out have, wherever they stand."""
    return depth in (0, len(dimensions)) or bool(dimensions[depth - 1].subtotals)


def _shown(dimensions: tuple[Dimension, ...], total: bool) -> Iterator[int]:
    if total or not dimensions:
        yield 0
    for depth, dimension in enumerate(dimensions, 1):
        if is_valued(dimensions, depth) or with_others(dimension):
            yield depth


def _compared(report: Report, shown: Iterable[Depths]) -> Iterator[Depths]:
    for measure in measures_of(report).values():
        compared = COMPARED.get(measure.show_as) if measure.show_as and not measure.hidden else None
        if compared:
            yield from (compared(*depths) for depths in shown)


def _ordering(report: Report) -> Iterator[Depths]:
    yield from ((depth, 0) for depth in _decided_by_value(report.rows))
    yield from ((0, depth) for depth in _decided_by_value(report.columns))


def _decided_by_value(dimensions: tuple[Dimension, ...]) -> Iterator[int]:
    for depth, dimension in enumerate(dimensions, 1):
        if dimension.top or sorted_by(dimension):
            yield depth


def sorted_by(dimension: Dimension) -> str | None:
    """The value by which a dimension is sorted; None where it is by label."""
    name = (dimension.sort or "label").removeprefix("-")
    return None if name == "label" else name
