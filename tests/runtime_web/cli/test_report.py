"""kartoteka report: the numbers of a report on the screen and as files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from engine.accounts import People
from engine.model import Report
from engine.records import Edit, Records
from engine.rights import SYSTEM, Principal
from engine.saved import Described, SavedReports
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.cli.place import Place
from tests.runtime_web.cli.conftest import Terminal

FIRM = """kartoteka: 1
name: firm
entities:
  order:
    fields:
      city: {type: text}
      date: {type: date}
      total: {type: money}
reports:
  sales:
    of: order
    rows: [{field: city, sort: -total}]
    values:
      total: {field: total}
      share: {field: total, show_as: percent_of_total}
    filters:
      period: {field: date}
"""
SPEC = """of: order
rows: [{field: date, by: quarter}]
values: {orders: {}}
"""
ORDERS = (
    ("Oslo", dt.date(2026, 1, 31), "10"),
    ("Turku", dt.date(2026, 2, 1), "20.50"),
    ("Oslo", dt.date(2026, 4, 1), "0.01"),
)


@pytest.fixture
def firm(terminal: Terminal) -> Terminal:
    """A business with three orders."""
    terminal.write("kartoteka.yaml", FIRM)
    terminal.run("apply")
    database = Database(Place().database_url)
    configuration = Place().applied(database)
    records = Records(database, describe_tables(configuration), SYSTEM)
    for city, day, total in ORDERS:
        records.create("order", Edit({"city": city, "date": day, "total": Decimal(total)}))
    database.close()
    return terminal


def lines(firm: Terminal, *words: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(firm.run("report", *words, "--format", "csv").stdout)))


def test_a_shared_report_is_known_by_its_number(firm: Terminal) -> None:
    database = Database(Place().database_url)
    People(database).add("ann", "Ann", password="three quiet herons")
    door = SavedReports(database, Place().applied(database), Principal(1, "Ann"))
    report = Report.model_validate({"of": "order", "rows": [{"field": "city"}]})
    shared = door.add(report, Described("Cities", roles=frozenset({"everyone"})))
    private = door.add(report, Described("Mine"))
    database.close()
    assert firm.run("report", str(shared.id)).stdout.splitlines()[0] == "Cities"
    for number in (private.id, 7, 10**30):
        answer = firm.run("report", str(number), code=2)
        assert f"Nobody shares a report with the number {number}." in answer.output


def test_a_table_for_people(firm: Terminal) -> None:
    said = firm.run("report", "sales").stdout.splitlines()
    assert said[0] == "Order"
    assert [line.split() for line in said[3:]] == [
        ["Turku", "20.50", "67.2%"],
        ["Oslo", "10.01", "32.8%"],
        ["Total", "30.51", "100.0%"],
    ]


@pytest.mark.parametrize(
    ("period", "total"),
    [
        ("2026-01", "10.00"),
        ("2026-Q1", "30.50"),
        ("2026", "30.51"),
        ("2026-02-01", "20.50"),
        ("2026-01-31..2026-02-01", "30.50"),
    ],
)
def test_filters_take_spans_of_time(firm: Terminal, period: str, total: str) -> None:
    assert lines(firm, "sales", "--param", f"period={period}")[-1][1] == total


def test_a_report_of_a_file_of_its_own(firm: Terminal) -> None:
    spec = firm.write("mine.yaml", SPEC)
    assert lines(firm, "--spec", str(spec))[1:] == [["Q1 2026", "2"], ["Q2 2026", "1"], ["Total", "3"]]


def test_files(firm: Terminal) -> None:
    firm.run("report", "sales", "--out", "sales.xlsx")
    sheet = openpyxl.load_workbook(firm.folder / "sales.xlsx").worksheets[0]
    assert ["Turku", 20.5] in [[cell.value for cell in row][:2] for row in sheet.iter_rows()]
    firm.run("report", "sales", "--live", "--out", "live.xlsx")
    assert firm.run("report", "sales", "--format", "svg").stdout.startswith("<svg ")
    live = openpyxl.load_workbook(firm.folder / "live.xlsx")
    assert live.sheetnames == ["Report", "Data"]
    assert str(live.worksheets[0].cell(4, 2).value).startswith("=IF(COUNTIFS(Data!")
    assert live["Data"].cell(3, 4).value == 20.5
    assert firm.read("report", "sales", "--format", "json")["rows"][-1][1] == "30.51"
    firm.run("report", "sales", "--out", "sales.csv")
    assert (firm.folder / "sales.csv").read_bytes().startswith("\ufeff".encode())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("salse",), "There is no report salse. Did you mean sales?"),
        (("sales", "--param", "period"), "Write --param FILTER=VALUE, not period."),
        (("sales", "--param", "month=2026"), "The report has no filter month. There are: period."),
        (("sales", "--out", "sales.pdf"), "A report is written as csv, xlsx, svg, json, not as pdf."),
        (("sales", "--live", "--format", "csv"), "Only a workbook can be live: take --format xlsx."),
        (("sales", "--live"), "A workbook needs a file: name one by --out."),
        (("sales", "--format", "xlsx"), "A workbook needs a file: name one by --out."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(firm: Terminal, words: tuple[str, ...], said: str) -> None:
    assert said in firm.run("report", *words, code=2).output


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("of: ghost\n", "There is no entity “ghost”."),
        ("of: order\nrows: [{field: place}]\n", "no field “place”"),
        ("of: order\nrowz: []\n", "rowz"),
        ("of: [\n", "error"),
        ("of: order\nvalues: {a: {field: city, aggregate: sum}}\n", "“city” has no sum."),
    ],
)
def test_a_file_that_is_no_report(firm: Terminal, spec: str, said: str) -> None:
    path = firm.write("mine.yaml", spec)
    assert said in firm.run("report", "--spec", str(path), code=2).output


def test_a_date_that_is_none(firm: Terminal) -> None:
    assert "“soon” is not a date." in firm.run("report", "sales", "--param", "period=soon", code=1).output
