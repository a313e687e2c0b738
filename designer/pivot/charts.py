"""The chart of a report in a workbook, with a sheet of its own for what it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from designer.pivot.cells import cell_of, number_format
from designer.pivot.finished import Item, Pivot
from designer.pivot.flat import Wording
from designer.pivot.looks import Look
from engine.grouping import Keys
from engine.model.report import ChartKind

_SHEET = "Chart"
_KINDS: Mapping[ChartKind, dict[str, str]] = {
    "bar": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "line": {"type": "line"},
    "area": {"type": "area", "subtype": "stacked"},
    "pie": {"type": "pie"},
}
MOST_POINTS = 500
MOST_SERIES = 50
_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart is made of; where `cells` says in which cells the numbers stand, it follows these."""

    pivot: Pivot
    wording: Wording
    looks: Mapping[str, Look]
    cells: Mapping[tuple[Keys, Keys, str], str] = field(default_factory=lambda: MappingProxyType({}))


def draw(book: Any, drawn: Drawn, kind: ChartKind | None) -> None:
    """Add the chart; a heat map is drawn in the table itself.

    Its points are the outermost lines, its series the outermost columns, of the first value; without columns each value
    is a series.
    """
    pivot, wording, looks = drawn.pivot, drawn.wording, drawn.looks
    points, series = _drawn(pivot.rows)[:MOST_POINTS], _series(pivot)
    if kind is None or kind not in _KINDS or not points or not series:
        return
    sheet = book.add_worksheet(_SHEET)
    shown = book.add_format({"num_format": number_format(looks.get(series[0][1], _PLAIN))})
    for row, point in enumerate(points, 1):
        sheet.write_string(row, 0, _called(pivot.rows[point], wording))
        for column, (across, name) in enumerate(series, 1):
            cell = pivot.cell(point, across, name)
            found = cell_of(cell.shown, looks.get(name, _PLAIN)) if cell else None
            stands = drawn.cells.get((pivot.rows[point].keys, pivot.columns[across].keys, name))
            if isinstance(found, float) and stands:
                sheet.write_formula(row, column, f"={stands}", shown, found)
            elif isinstance(found, float):
                sheet.write_number(row, column, found, shown)
    for column, (across, name) in enumerate(series, 1):
        item = pivot.columns[across]
        sheet.write_string(0, column, _called(item, wording) if item.keys else wording.values.get(name, name))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(series), 16)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    drawn = _chart(book, kind, len(points), 1 if kind == "pie" else len(series), wording.title)
    sheet.insert_chart(0, len(series) + 2, drawn)


def _chart(book: Any, kind: ChartKind, points: int, series: int, title: str) -> Any:
    """A native chart of the numbers on its sheet."""
    chart = book.add_chart(_KINDS[kind])
    for column in range(1, series + 1):
        chart.add_series(
            {
                "name": [_SHEET, 0, column],
                "categories": [_SHEET, 1, 0, points, 0],
                "values": [_SHEET, 1, column, points, column],
            }
        )
    chart.set_title({"name": title} if title else {"none": True})
    chart.set_size({"width": 960, "height": 480})
    if series == 1 and kind != "pie":
        chart.set_legend({"none": True})
    return chart


def _drawn(items: Sequence[Item]) -> list[int]:
    """The outermost items that have numbers, without the total of all of them; else the innermost."""
    outer = [number for number, item in enumerate(items) if len(item.keys) == 1 and item.valued]
    inner = [number for number, item in enumerate(items) if item.keys and item.leaf]
    return outer or inner


def _series(pivot: Pivot) -> list[tuple[int, str]]:
    """Which columns are drawn, and which value of each."""
    across = _drawn(pivot.columns)
    if across:
        return [(number, pivot.values[0]) for number in across[:MOST_SERIES]]
    return [(0, name) for name in pivot.values] if pivot.columns else []


def _called(item: Item, wording: Wording) -> str:
    texts = [*item.texts[:-1], wording.others] if item.kind == "others" else item.texts
    return " / ".join(texts)
