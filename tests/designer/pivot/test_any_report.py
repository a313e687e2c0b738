"""Any report of any records: every number is what the records of its item give, at every level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given

from designer.pivot import Cell, Item, Pivot, run
from engine.model.report import Report
from formulas import FormulaError
from tests.designer.pivot.brute import Row, groups_of
from tests.designer.pivot.expected import items
from tests.designer.pivot.naive import Naive
from tests.designer.pivot.plainly import Plainly
from tests.designer.pivot.worlds import CONFIGURATION, SALES, reports, reports_with_others

Crossed = tuple[Item, Item, str, Cell | None]


def made(report: Report, rows: list[Row]) -> Pivot:
    return run(report, CONFIGURATION, Plainly(), lambda grouping: groups_of(rows, grouping))


def crossed(pivot: Pivot) -> Iterator[Crossed]:
    for row, line in enumerate(pivot.rows):
        for column, across in enumerate(pivot.columns):
            yield from ((line, across, name, pivot.cell(row, column, name)) for name in pivot.values)


def plain(value: Any) -> Any:
    """A value as it is compared: of an error only its code."""
    return value.code if isinstance(value, FormulaError) else value


@given(reports() | reports_with_others(), SALES)
def test_every_number_is_that_of_its_records(report: Report, rows: list[Row]) -> None:
    pivot = made(report, rows)
    naive = Naive(report, rows, pivot)
    for line, across, name, cell in crossed(pivot):
        if not (line.valued and across.valued):
            assert cell is None
            continue
        members = naive.members(line.keys, across.keys)
        assert plain(cell and cell.shown) == plain(naive.shown(line.keys, across.keys, name)), (line, across, name)
        assert plain(cell and cell.value) == plain(naive.value(line.keys, across.keys, name)), (line, across, name)
        assert cell is not None or not members
        if cell and members:
            assert (cell.blanks, cell.errors) == naive.missing(line.keys, across.keys, name)


@given(reports() | reports_with_others(), SALES)
def test_lines_and_columns_are_those_that_there_are_in_their_order(report: Report, rows: list[Row]) -> None:
    pivot = made(report, rows)
    naive = Naive(report, rows, pivot)
    first = pivot.values[0]
    lines = items(report.rows, rows, lambda keys, name: naive.value(keys, (), name), first, bool(report.totals.rows))
    across = items(
        report.columns, rows, lambda keys, name: naive.value((), keys, name), first, bool(report.totals.columns)
    )
    assert [(item.keys, item.kind, item.leaf, item.valued) for item in pivot.rows] == lines
    assert [(item.keys, item.kind, item.leaf, item.valued) for item in pivot.columns] == across
    for item in (*pivot.rows, *pivot.columns):
        assert len(item.texts) == len(item.keys)
        assert item.text == (item.texts[-1] if item.texts else "")
