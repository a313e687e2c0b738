"""A workbook holds every number of the table, formatted as it is read, with outline, frozen head and chart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from designer.pivot import Look, Pivot, Wording, flat, looks_of, run
from designer.pivot.cells import cell_of, number_format
from designer.pivot.xlsx import write_xlsx
from engine.model.report import ChartKind, Report
from formulas import FormulaError, Money
from tests.designer.pivot.brute import Row, groups_of
from tests.designer.pivot.plainly import Plainly
from tests.designer.pivot.test_pivot import CONFIGURATION as SHOP
from tests.designer.pivot.test_pivot import SALES as SOLD
from tests.designer.pivot.worlds import CONFIGURATION, SALES, reports

WORDING = Wording("Sales by city", ("City", "Client"), {"amount": "Amount"})
REPORT = {
    "of": "sale",
    "rows": [{"field": "city"}, {"field": "client"}],
    "columns": [{"field": "date", "by": "quarter"}, {"field": "date", "by": "month"}],
    "values": {
        "amount": {"field": "amount"},
        "share": {"field": "amount", "show_as": "percent_of_column"},
        "margin": {"formula": "(amount - cost) / amount", "percent": True, "decimals": 2},
        "cost": {"field": "cost", "decimals": 0},
        "times": {"aggregate": "count"},
        "last": {"field": "date", "aggregate": "max"},
    },
}


def written(pivot: Pivot, looks: dict[str, Look], chart: ChartKind | None = None) -> Workbook:
    out = BytesIO()
    write_xlsx(out, pivot, WORDING, looks, chart)
    return load_workbook(out)


@pytest.fixture(scope="module")
def pivot() -> Pivot:
    return run(Report.model_validate(REPORT), SHOP, Plainly(), lambda grouping: groups_of(SOLD, grouping))


@pytest.fixture(scope="module")
def looks() -> dict[str, Look]:
    return dict(looks_of(Report.model_validate(REPORT), SHOP))


def same(theirs: Any, ours: Any) -> bool:
    """Whether a cell that was read holds a value of the table."""
    if isinstance(ours, int | Decimal):
        return bool(theirs == float(ours))
    if isinstance(ours, dt.date):
        return bool(theirs == dt.datetime.combine(ours, dt.time()))
    return bool((theirs or None) == (ours.code if isinstance(ours, FormulaError) else ours))


@settings(max_examples=25)
@given(reports(), SALES)
def test_every_number_stands_where_it_stands_in_the_table(report: Report, rows: list[Row]) -> None:
    pivot = run(report, CONFIGURATION, Plainly(), lambda grouping: groups_of(rows, grouping))
    table, sheet = flat(pivot, WORDING), written(pivot, dict(looks_of(report, CONFIGURATION))).worksheets[0]
    first = 3 + len(table.head)
    for number, line in enumerate(table.body, first):
        cells = [sheet.cell(number, column + 1).value for column in range(len(table.head[0]))]
        assert tuple(cell or "" for cell in cells[: table.label_columns]) == line.labels
        numbers = line.numbers if line.item.valued else [None] * len(line.numbers)
        wrong = [pair for pair in zip(cells[table.label_columns :], numbers, strict=True) if not same(*pair)]
        assert wrong == []


def test_numbers_are_formatted_as_they_are_read(pivot: Pivot, looks: dict[str, Look]) -> None:
    sheet = written(pivot, looks).worksheets[0]
    assert [sheet.cell(7, column).number_format for column in range(3, 9)] == [
        "#,##0.00\\ [$EUR]",
        "0.0%",
        "0.00%",
        "#,##0\\ [$EUR]",
        "#,##0",
        "yyyy-mm-dd",
    ]


def test_parts_can_be_folded_and_the_head_stays(pivot: Pivot, looks: dict[str, Look]) -> None:
    sheet = written(pivot, looks).worksheets[0]
    levels = [sheet.row_dimensions[row].outlineLevel for row in range(6, 6 + len(pivot.rows))]
    assert levels == [len(item.keys) // 2 for item in pivot.rows]
    assert sheet.freeze_panes == "C6"
    outline = sheet.sheet_properties.outlinePr
    assert outline is not None
    assert outline.summaryBelow is False
    bold = [bool(sheet.cell(row, 1).font.b) for row in range(6, 6 + len(pivot.rows))]
    assert bold == [not item.leaf or item.kind == "total" for item in pivot.rows]


@pytest.mark.parametrize("kind", ["bar", "stacked", "line", "area", "pie"])
def test_a_chart_is_one_that_the_program_draws_itself(kind: ChartKind, pivot: Pivot, looks: dict[str, Look]) -> None:
    out = BytesIO()
    write_xlsx(out, pivot, WORDING, looks, kind)
    assert "xl/charts/chart1.xml" in ZipFile(out).namelist()
    sheet = load_workbook(out)["Chart"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)] == [
        [None, str(2026 * 4), str(2026 * 4 + 1)],
        ["Oulu", 100, None],
        ["Turku", 35.3, None],
        ["blank", 1, None],
    ]


def test_a_heat_map_shades_the_table(pivot: Pivot, looks: dict[str, Look]) -> None:
    book = written(pivot, looks, "heat_map")
    assert len(book.worksheets) == 1
    assert len(book.worksheets[0].conditional_formatting) == 1


def test_what_no_cell_can_hold_exactly_is_a_text() -> None:
    assert cell_of(Decimal("12345678901234.56"), Look(2)) == "12345678901234.56"
    assert cell_of(Decimal("1234567890123.45"), Look(2)) == 1234567890123.45
    assert cell_of(Decimal("1234567.1234567891"), Look(2)) == 1234567.1234567891
    assert cell_of(Money(Decimal("5.50"), "USD"), Look(2)) == "5.5 USD"
    assert cell_of(Decimal(5400), Look(seconds=True)) == 0.0625
    assert number_format(Look(seconds=True)) == "[h]:mm:ss"
    assert cell_of(dt.date(1899, 1, 1), Look()) == "1899-01-01"
