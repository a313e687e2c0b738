"""A tile of a dashboard for one reader: its frame, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.model.dashboard import VALUE
from engine.records import Records
from engine.saved import Placed
from runtime_web import addresses
from runtime_web.dashboards.numbers import number_in
from runtime_web.i18n import gettext as _
from runtime_web.reports.amounts import value_label
from runtime_web.reports.asking import result_of
from runtime_web.reports.shapes import Room
from runtime_web.reports.table import report_label
from runtime_web.views.dashboard import TileFrame, TileView
from runtime_web.views.report import HeadCell, Result, TableView

MOST_LINES = 100
"""So many lines of a table stand in a tile."""


def frame_of(configuration: Configuration, dashboard: str, name: str, placed: Placed, language: str) -> TileFrame:
    """The tile with its title."""
    tile = placed.tile
    return TileFrame(
        name=name,
        label=text_in(tile.label, language, "") or _called(configuration, placed, language),
        door=addresses.report(tile.report) if tile.report else "",
        url=addresses.tile(dashboard, name),
        kind=_kind(placed),
        width=tile.width,
        height=tile.height,
    )


def content_of(records: Records, name: str, placed: Placed, locale: Locale, room: Room) -> TileView:
    """What stands in a tile whose content is so wide and high."""
    tile, report = placed.tile, placed.report
    if _kind(placed) == "number":
        return number_in(records, name, tile, report, locale)
    chart = report.chart if tile.show is None else None if tile.show in ("table", "number") else tile.show
    found = result_of(records, report.model_copy(update={"chart": chart}), locale, room)
    return TileView(name, _still(found))


def _kind(placed: Placed) -> str:
    """What a tile shows: a number, a table or a chart."""
    shown = "number" if placed.tile.number else placed.tile.show or placed.report.chart or "table"
    return shown if shown in ("number", "table") else "chart"


def _called(configuration: Configuration, placed: Placed, language: str) -> str:
    if placed.tile.number:
        return value_label(configuration, placed.report, VALUE, language)
    return report_label(configuration, placed.report, language)


def _still(result: Result) -> Result:
    """The result with a short table that is not sorted by its heads: whoever wants more opens the report."""
    table = result.table
    if table is None:
        return result
    amount = replace(table.amount, sorts="") if table.amount else None
    corner, rows = replace(table.corner, sorts=""), table.rows
    notes = result.notes
    if len(rows) > MOST_LINES:
        totals = [row for row in rows[MOST_LINES:] if row.kind == "total"]
        rows, notes = (*rows[:MOST_LINES], *totals), (*notes, _("There are more lines; the report has them all."))
    return replace(
        result, notes=notes, table=replace(table, amount=amount, corner=corner, head=_heads(table), rows=rows)
    )


def _heads(table: TableView) -> tuple[tuple[HeadCell, ...], ...]:
    return tuple(tuple(replace(cell, sorts="") for cell in line) for line in table.head)
