"""Colours, shades and bars of a workbook, as its program draws and follows them itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from designer.pivot.finished import Item, Pivot, Rule
from designer.pivot.flat import Flat
from designer.pivot.marking import is_single
from designer.pivot.translated import Untranslatable, translated

FILLS = MappingProxyType(
    {
        "blue": "#C9D8FA",
        "azure": "#CBE3F5",
        "indigo": "#D3D1F9",
        "purple": "#E4CCFA",
        "pink": "#F6C9DD",
        "red": "#F6C9C9",
        "orange": "#FADAC2",
        "yellow": "#F4E7C1",
        "lime": "#D8E8C2",
        "green": "#C5E8D2",
        "teal": "#C2E4E1",
        "cyan": "#C1E3EC",
        "gray": "#DADDE0",
    }
)
MOST_RANGES = 500
_SCALES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "shades": {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#F2A65A"},
        "bars": {"type": "data_bar", "bar_color": "#8FB4E3", "bar_solid": True, "min_type": "num", "min_value": 0},
    }
)


class Coloring:
    """Puts the marks of a table onto its sheet, whose body begins at a row and whose numbers begin at a column."""

    def __init__(self, sheet: Any, pivot: Pivot, table: Flat, corner: tuple[int, int]) -> None:
        self._sheet = sheet
        self._pivot = pivot
        self._table = table
        self._first, self._left = corner

    def write(self, filled: Callable[[str], Any]) -> None:
        """Write all rules and scales; `filled` gives a format with a colour."""
        for at, rule in enumerate(self._pivot.marks.rules):
            look = filled(FILLS[rule.tint.color])
            for column, item in self._columns(rule.name):
                self._rule(at, rule, column, item, look)
        for name, scale in self._pivot.marks.scales.items():
            ranges = list(self._single(name))
            if ranges:
                self._format(ranges, dict(_SCALES[scale]))

    def _columns(self, name: str) -> Iterator[tuple[int, Item]]:
        """Where a value stands, and below which item."""
        for column, (item, own) in enumerate(self._table.numbered, self._left):
            if own == name:
                yield column, item

    def _rule(self, at: int, rule: Rule, column: int, item: Item, look: Any) -> None:
        """One rule in one column: followed by the program where it can be said, else fixed to the cells that meet it."""
        last = self._first + len(self._table.body) - 1
        try:
            ranges = [xl_range(self._first, column, last, column)]
            criteria = self._said(rule, column, item)
        except Untranslatable:
            ranges, criteria = list(self._met(at, rule.name, column, item)), "=TRUE"
        if ranges:
            self._format(ranges, {"type": "formula", "criteria": criteria, "format": look, "stop_if_true": True})

    def _said(self, rule: Rule, column: int, item: Item) -> str:
        """The condition for the first line, from which the others follow; empty cells meet nothing."""
        own = xl_rowcol_to_cell(self._first, column, col_abs=True)

        def cell(name: str) -> str:
            place = next((place for place, one in self._columns(name) if one.keys == item.keys), None)
            if place is None:
                raise Untranslatable
            return str(xl_rowcol_to_cell(self._first, place, col_abs=True))

        if rule.tree is None:
            raise Untranslatable
        return f'=AND({own}<>"",{translated(rule.tree, cell)})'

    def _met(self, at: int, name: str, column: int, item: Item) -> Iterator[str]:
        """The cells that meet a rule."""
        across = next(place for place, one in enumerate(self._pivot.columns) if one.keys == item.keys)
        for row in range(len(self._pivot.rows)):
            mark = self._pivot.marks.cells.get((row, across, name))
            if mark and mark.rule == at:
                yield xl_rowcol_to_cell(self._first + row, column)

    def _single(self, name: str) -> Iterator[str]:
        """The cells that a scale compares: totals aside."""
        lines = [row for row, line in enumerate(self._table.body, self._first) if is_single(line.item)]
        for column, item in self._columns(name):
            if is_single(item):
                yield from (xl_range(run[0], column, run[-1], column) for run in _runs(lines))

    def _format(self, ranges: Sequence[str], options: dict[str, Any]) -> None:
        """A format for some ranges at once; of very many only the first."""
        kept = ranges[:MOST_RANGES]
        multiple = {"multi_range": " ".join(kept)} if len(kept) > 1 else {}
        self._sheet.conditional_format(kept[0], options | multiple)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
