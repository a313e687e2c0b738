"""Dashboards: their tiles show something that there is, and what they say about it can be said."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.reports import Fault, faults
from engine.model import Configuration, Report, Tile


def report_of(configuration: Configuration, tile: Tile) -> Report | None:
    """The report that a tile asks; None where it names none that there is."""
    if tile.number:
        return tile.number.report
    return configuration.reports.get(tile.report) if tile.report else None


def tile_faults(configuration: Configuration, tile: Tile) -> Iterator[Fault]:
    """Everything that is wrong with a tile, but not with the report that it names."""
    if tile.number and tile.report:
        yield Fault(("number",), "tile-twofold")
    elif tile.number:
        yield from _number(configuration, tile)
    elif not tile.report:
        yield Fault((), "tile-empty")
    elif tile.report not in configuration.reports:
        yield Fault(("report",), "tile-report-unknown", {"name": tile.report, "among": tuple(configuration.reports)})
    else:
        yield from _said(configuration.reports[tile.report], tile)


def _number(configuration: Configuration, tile: Tile) -> Iterator[Fault]:
    assert tile.number
    for fault in faults(configuration, tile.number.report):
        first, *rest = fault.place
        # The one value of a number has no name of its own.
        place = ("number", "value", *rest[1:]) if first == "values" else ("number", *fault.place)
        yield Fault(place, fault.code, fault.params, fault.formula)
    for key in ("show", "value"):
        if getattr(tile, key):
            yield Fault((key,), "tile-key-idle", {"key": key, "wanted": "report"})
    yield from _compared(tile.number.report, tile)


def _said(report: Report, tile: Tile) -> Iterator[Fault]:
    """What is wrong with how a report is shown."""
    if tile.show == "number":
        if tile.value and tile.value not in report.values:
            yield Fault(("value",), "report-value-unknown", {"name": tile.value, "among": tuple(report.values)})
        yield from _compared(report, tile)
        return
    for key in ("value", "compare"):
        if getattr(tile, key):
            yield Fault((key,), "tile-key-idle", {"key": key, "wanted": "show: number"})


def _compared(report: Report, tile: Tile) -> Iterator[Fault]:
    if tile.compare and sum(chosen.during is not None for chosen in report.filters.values()) != 1:
        yield Fault(("compare",), "tile-compare-time")
