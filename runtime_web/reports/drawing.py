"""Which numbers of a report a chart shows, and what it says in words to those who do not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from designer.pivot import Item
from engine.model.report import ChartKind
from formulas import Money
from runtime_web.i18n import gettext as _
from runtime_web.reports.amounts import Write
from runtime_web.reports.shapes import USUAL_ROOM, Drawing, Room, draw
from runtime_web.reports.table import Table
from runtime_web.views.report import ChartView

MOST_SERIES, MOST_PLACES = 12, 60
"""More lines or bars than these nobody tells apart."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that belong together, one for each place of the chart."""

    text: str
    numbers: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Charted:
    """What is drawn: the places along the chart, and the series in each of them."""

    places: tuple[str, ...]
    series: tuple[Series, ...]
    left_out: int


def chart_words() -> Mapping[ChartKind, str]:
    return {
        "bar": _("Bars"),
        "stacked": _("Stacked bars"),
        "line": _("Lines"),
        "area": _("Areas"),
        "pie": _("Pie"),
        "heat_map": _("Heat map"),
    }


def chart_of(table: Table, kind: ChartKind, room: Room = USUAL_ROOM) -> ChartView | None:
    """The drawing of a report in a room so wide and high; None where nothing in it is a number."""
    found = _charted(table, across=kind in ("line", "area") and _time_is_across(table))
    if kind == "pie":
        found = Charted(
            found.places, found.series[:1] if not table.report.columns else (_summed(found),), found.left_out
        )
    numbers = [number for one in found.series for number in one.numbers if number is not None]
    if not numbers:
        return None
    write = table.writer(table.pivot.values[0])
    series = tuple((one.text, one.numbers) for one in found.series)
    view = draw(kind, Drawing(found.places, series, write, *room))
    title = f"{table.value_text(table.pivot.values[0])} – {chart_words()[kind].lower()}"
    return ChartView(title, _described(found, write), *view)


def _time_is_across(table: Table) -> bool:
    """Whether the columns are times and the lines are not: a line follows the time."""
    columns, rows = table.report.columns, table.report.rows
    return bool(columns and columns[-1].by and not (rows and rows[-1].by))


def _charted(table: Table, *, across: bool) -> Charted:
    rows = [(at, item) for at, item in enumerate(table.pivot.rows) if item.leaf and item.kind != "total"]
    columns = [(at, item) for at, item in enumerate(table.pivot.columns) if item.leaf and item.keys]
    rows = rows or list(enumerate(table.pivot.rows))[:1]
    columns = columns or [(at, item) for at, item in enumerate(table.pivot.columns) if not item.keys][:1]
    value = table.pivot.values[0]
    currency = _currency(table)

    def number(row: int, column: int) -> Decimal | None:
        cell = table.pivot.cell(row, column, value)
        shown = cell.shown if cell else None
        if isinstance(shown, Money) and shown.currency == currency:
            return shown.amount
        return Decimal(shown) if isinstance(shown, int | Decimal) and not isinstance(shown, bool) else None

    along, beside = (columns, rows) if across else (rows, columns)
    series = tuple(
        Series(
            _said(item) or table.value_text(value),
            tuple(number(other, at) if across is False else number(at, other) for other, _one in along[:MOST_PLACES]),
        )
        for at, item in beside[:MOST_SERIES]
    )
    left_out = max(len(along) - MOST_PLACES, 0) + max(len(beside) - MOST_SERIES, 0)
    return Charted(tuple(_said(item) or _("Total") for _at, item in along[:MOST_PLACES]), series, left_out)


def _currency(table: Table) -> str:
    """The currency of all amounts that are drawn, "" where there are several: their bars would not compare."""
    shown = (cell.shown for cells in table.pivot.cells.values() if (cell := cells[0]) is not None)
    found = {value.currency for value in shown if isinstance(value, Money)}
    return found.pop() if len(found) == 1 else ""


def _said(item: Item) -> str:
    """What a line or column is called beside others: each with what it belongs to."""
    return " · ".join(text or _("Others") for text in item.texts)


def _summed(found: Charted) -> Series:
    """A pie has one slice for each place, so its series are taken together."""
    columns: Sequence[tuple[Decimal | None, ...]] = [one.numbers for one in found.series]
    totals = tuple(
        sum((number for number in at if number is not None), Decimal(0)) if any(n is not None for n in at) else None
        for at in zip(*columns, strict=True)
    )
    return Series("", totals)


def _described(found: Charted, write: Write) -> str:
    """The largest and the smallest, in words."""
    named = [
        (number, " · ".join(filter(None, (place, one.text if len(found.series) > 1 else ""))))
        for one in found.series
        for place, number in zip(found.places, one.numbers, strict=True)
        if number is not None
    ]
    largest, smallest = max(named), min(named)
    said = [
        _("Largest: %(name)s, %(number)s.", name=largest[1], number=write(largest[0])),
        _("Smallest: %(name)s, %(number)s.", name=smallest[1], number=write(smallest[0])),
    ]
    if found.left_out:
        said.append(_("Not everything is drawn; the table has it all."))
    return " ".join(said)
