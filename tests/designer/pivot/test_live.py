"""A live workbook: LibreOffice computes anew what its formulas say, and finds our numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from designer.pivot import Flat, Wording, flat, looks_of, question, run
from designer.pivot.live import Following, Live, LiveWording, detailed, question_of_records, write_live
from designer.pivot.xlsx import write_xlsx
from engine.grouping import Grouping, Groups
from engine.model.report import Report
from formulas import FormulaError
from tests.designer.pivot.brute import Row, groups_of
from tests.designer.pivot.plainly import Plainly
from tests.designer.pivot.worlds import CONFIGURATION, SALES, reports
from tests.office import converted, office

WORDING = Wording("Sales", (), {})
BAIT = '=HYPERLINK("http://example.org","Turku")'


def asked(rows: Sequence[Row], grouping: Grouping) -> Groups:
    return groups_of([{**row, "": number} for number, row in enumerate(rows, 1)], grouping)


def alive(report: Report, rows: Sequence[Row]) -> Live:
    pivot = run(report, CONFIGURATION, Plainly(), lambda grouping: asked(rows, grouping))
    data = detailed(report, CONFIGURATION, pivot, asked(rows, question_of_records(report, CONFIGURATION)))
    return Live(report, pivot, data, Following(report, CONFIGURATION, pivot, data), Plainly())


def wording(live: Live) -> LiveWording:
    names = [one.field for one in (*live.report.rows, *live.report.columns)]
    amounts = [column.path or column.expression for column in live.data.columns]
    return LiveWording("Sale", names, amounts, {1: BAIT}, lambda stayed: [f"Stays: {name}" for name in stayed])


def write(path: Path | BytesIO, live: Live) -> None:
    write_live(path, live, (WORDING, wording(live)), looks_of(live.report, CONFIGURATION))


def numbers(path: Path | BytesIO, table: Flat) -> list[list[Any]]:
    sheet = load_workbook(path, data_only=True).worksheets[0]
    first, width = 3 + len(table.head), len(table.head[0])
    return [
        [sheet.cell(row, column + 1).value for column in range(table.label_columns, width)]
        for row in range(first, first + len(table.body))
    ]


def differing(path: Path | BytesIO, live: Live) -> list[Any]:
    """The cells in which something else stands than our table says, with both."""
    table = flat(live.pivot, WORDING)
    return [
        (ours, theirs)
        for line, found in zip(table.body, numbers(path, table), strict=True)
        if line.item.valued
        for ours, theirs in zip(line.numbers, found, strict=True)
        if not alike(theirs, ours)
    ]


def alike(theirs: Any, ours: Any) -> bool:
    if isinstance(ours, int | Decimal):
        return isinstance(theirs, int | float) and abs(Decimal(theirs) - ours) <= max(
            Decimal(1), abs(Decimal(ours))
        ) * Decimal("1e-9")
    if ours is None or isinstance(ours, FormulaError):
        return (theirs or None) == (ours and ours.code)
    return str(theirs)[:10] == str(ours)[:10]


EVERYTHING = {
    "of": "sale",
    "rows": [{"field": "city", "top": {"n": 1}}, {"field": "date", "by": "month", "fill": True}],
    "columns": [{"field": "client"}, {"field": "quantity", "ranges": ["5", "10"]}],
    "values": {
        "money": {"field": "amount"},
        "records": {"aggregate": "count"},
        "mean": {"field": "ratio", "aggregate": "average"},
        "least": {"field": "order.paid", "aggregate": "min"},
        "last": {"field": "date", "aggregate": "max"},
        "twice": {"expression": "amount * 2"},
        "graded": {"field": "grade", "aggregate": "count"},
        "each": {"formula": "IF(records > 1; money / (records - 1); 0)"},
        "share": {"field": "amount", "show_as": "percent_of_parent_row"},
        "running": {"field": "amount", "show_as": "running_total"},
        "more": {"field": "amount", "show_as": "percent_difference"},
        "middle": {"field": "amount", "aggregate": "median"},
        "place": {"field": "amount", "show_as": "rank"},
        "paid": {"field": "order.paid"},
    },
    "chart": "bar",
}


@pytest.fixture(scope="module")
def sales() -> list[Row]:
    """Sales with blanks and errors of every kind."""
    cities, clients = ("Turku", "Oulu", None), ("Acme", "Birch")
    return [
        {
            "city": cities[number % 3],
            "client": clients[number % 2],
            "grade": FormulaError("#DIV/0!") if number % 7 == 0 else "A" if number % 2 else None,
            "date": dt.date(2026, 1 + number * 5 % 12, 3),
            "amount": None if number % 11 == 0 else Decimal(number * 37 % 101) / 10 - 3,
            "quantity": number % 13,
            "ratio": FormulaError("#DIV/0!") if number % 5 == 0 else Decimal(number) / 8,
            "amount * 2": None if number % 11 == 0 else (Decimal(number * 37 % 101) / 10 - 3) * 2,
            "order": number % 4 or None,
            "order.paid": {1: Decimal("1.25"), 2: Decimal("1.25"), 3: None}.get(number % 4),
        }
        for number in range(1, 60)
    ]


def test_libreoffice_computes_the_same_numbers(sales: list[Row], tmp_path: Path) -> None:
    """Many random reports, each as a plain workbook and as a live one, in one run of LibreOffice."""
    office()
    lives = [alive(Report.model_validate(EVERYTHING), sales)]

    @settings(max_examples=16, database=None, suppress_health_check=list(HealthCheck))
    @given(reports(), SALES)
    def more(report: Report, rows: list[Row]) -> None:
        if rows:
            lives.append(alive(report, rows))

    more()
    paths = []
    for number, live in enumerate(lives):
        paths += [tmp_path / f"live{number}.xlsx", tmp_path / f"plain{number}.xlsx"]
        write(paths[-2], live)
        without_results(paths[-2])
        write_xlsx(paths[-1], live.pivot, WORDING, looks_of(live.report, CONFIGURATION))
    answered = converted(paths, "xlsx:Calc MS Excel 2007 XML", tmp_path)
    for number, live in enumerate(lives):
        assert differing(answered[2 * number], live) == [], live.report
        assert differing(answered[2 * number + 1], live) == [], live.report


def without_results(path: Path) -> None:
    """Take the results out of a workbook, so that whoever opens it has to compute them."""
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with ZipFile(path, "w") as book:
        for name, content in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                book.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", content))
            else:
                book.writestr(name, content)


@settings(max_examples=25)
@given(reports(), SALES)
def test_who_does_not_compute_sees_the_same_numbers(report: Report, rows: list[Row]) -> None:
    if rows:
        live, out = alive(report, rows), BytesIO()
        write(out, live)
        assert differing(out, live) == []


def test_what_cannot_follow_says_so(sales: list[Row]) -> None:
    out = BytesIO()
    write(out, alive(Report.model_validate(EVERYTHING), sales))
    said = [cell.value for row in load_workbook(out).worksheets[0].iter_rows(max_col=1) for cell in row]
    assert {text for text in said if str(text).startswith("Stays")} == {"Stays: middle", "Stays: place", "Stays: paid"}


def test_no_text_becomes_a_formula(sales: list[Row]) -> None:
    baited = [{**row, "city": BAIT, "client": "+1+1"} for row in sales]
    out = BytesIO()
    write(out, alive(Report.model_validate(EVERYTHING), baited))
    book = load_workbook(out)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert len(texts) > len(sales)
    assert {cell.data_type for cell in texts} == {"s"}
    formulas = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas
    words = {word for text in formulas for word in re.findall(r"[A-Za-z_.]+(?=[(!])", text)}
    assert words <= {
        *("IF", "IFS", "N", "AND", "OR", "ISNUMBER", "ROUND", "COUNT", "COUNTIFS", "SUM", "SUMIFS", "AVERAGE"),
        *("AVERAGEIFS", "MIN", "MAX", "_xlfn.MINIFS", "_xlfn.MAXIFS", "Data", "Report"),
    }


def test_a_record_counts_where_its_line_is(sales: list[Row]) -> None:
    live = alive(Report.model_validate(EVERYTHING), sales)
    lines = dict(enumerate(live.pivot.rows, 1))
    kept = {item.text for item in live.pivot.rows if len(item.keys) == 1 and item.kind == "item"}
    for entry in live.data.entries:
        own = lines[entry.places[0]]
        assert own.kind == ("item" if str(entry.keys[0]) in kept else "others") or entry.keys[0] is None


def test_the_question_asks_for_each_record_once() -> None:
    found = question_of_records(Report.model_validate(EVERYTHING), CONFIGURATION)
    assert found.keys[-1].path == ""
    assert found.levels == (tuple(range(len(found.keys))),)
    assert question(Report.model_validate(EVERYTHING), CONFIGURATION).where == found.where
