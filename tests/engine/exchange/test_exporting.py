"""Exports: what stands in the cells, and that a spreadsheet program finds no formula in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import subprocess
import tracemalloc
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from engine.exchange import export_csv, export_xlsx
from engine.exchange import exporting as module
from engine.fields.locale import locale_for
from engine.query import Condition, Query, Sort
from engine.records import Edit, Records
from tests.engine.exchange.conftest import add_client, codes
from tests.engine.exchange.test_guard import FORMULAS
from tests.engine.exchange.test_workbook import office

ENGLISH = locale_for("en")
CLIENTS = Query("client", ("name", "code", "vip", "since", "seen", "status", "tags", "partners", "agent", "phone"))
SEEN = dt.datetime(2026, 3, 1, 14, 30, tzinfo=dt.UTC)


def as_csv(records: Records, query: Query, language: str = "en", delimiter: str = ",") -> list[list[str]]:
    text = io.StringIO(newline="")
    count = export_csv(records, query, locale_for(language), text, delimiter=delimiter)
    rows = list(csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=delimiter))
    assert count == len(rows) - 1
    return rows


def as_xlsx(records: Records, query: Query, folder: Path, language: str = "en") -> list[list[object]]:
    path = folder / "export.xlsx"
    count = export_xlsx(records, query, locale_for(language, "Europe/Helsinki"), path)
    rows: list[list[object]] = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
    ]
    assert count == len(rows) - 1
    return rows


def test_a_text_file_has_canonical_values_and_words(shop: Records) -> None:
    first = add_client(shop, "Ёлкин, Пётр", code="0012")
    second = add_client(
        shop, "=1+1", vip=True, since=dt.date(2026, 3, 1), seen=SEEN, status="gone", tags=("a", "c"), agent=first,
        phone="+358401234567", partners=(first,),
    )  # fmt: skip
    shop.update("client", first, Edit({"partners": (second, first), "status": None}))
    assert as_csv(shop, CLIENTS) == [
        ["Name", "Code", "Vip", "Since", "Seen", "Status", "Tags", "Partners", "Agent", "Phone"],
        ["Ёлкин, Пётр", "0012", "false", "", "", "", "", "'=1+1; Ёлкин, Пётр", "", ""],
        ["'=1+1", "", "true", "2026-03-01", "2026-03-01T14:30:00Z", "Gone", "A; C", "Ёлкин, Пётр", "Ёлкин, Пётр", "+358401234567"],
    ]  # fmt: skip


def test_a_workbook_has_typed_cells(small: Records, tmp_path: Path) -> None:
    small.create("product", Edit({"name": "007", "price": Decimal("1234.50"), "weight": Decimal("0.125")}))
    small.create("product", Edit({"name": "=1+1", "price": Decimal("9999999999999.99")}))
    assert as_xlsx(small, Query("product", ("name", "price", "weight")), tmp_path) == [
        ["Name", "Price", "Weight"],
        ["007", 1234.5, 0.125],
        ["=1+1", 9999999999999.99, None],
    ]
    add_client(small, "A", vip=True, since=dt.date(2026, 3, 1), seen=SEEN)
    (_, row) = as_xlsx(small, CLIENTS, tmp_path)
    assert row[2:5] == [True, dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 1, 16, 30)]
    book = openpyxl.load_workbook(tmp_path / "export.xlsx")
    page = book.worksheets[0]
    assert (page.freeze_panes, page["D2"].number_format, page["A1"].font.bold) == ("A2", "yyyy-mm-dd", True)


def test_the_query_decides(shop: Records) -> None:
    for name in ("A", "B", "C"):
        add_client(shop, name, city="Oslo" if name != "B" else "Turku")
    query = Query("client", ("name",), (Condition("city", "equals", ("oslo",)),), sort=(Sort("name", descending=True),))
    assert as_csv(shop, query) == [["Name"], ["C"], ["A"]]
    assert as_csv(shop, Query("client", ("name", "city"), search="turku"), delimiter=";")[1:] == [["B", "Turku"]]
    shop.delete("client", [1])
    assert as_csv(shop, query) == [["Name"], ["C"]]


def test_lines_name_what_they_belong_to(shop: Records) -> None:
    add_client(shop, "A")
    with shop.batch() as batch:
        batch.add("order", ("client", "date"), [(1, dt.date(2026, 1, 1))])
        batch.add("product", ("name",), [("Bolt",)])
        batch.add("order_line", ("order", "product", "quantity"), [(1, 1, Decimal(2))])
    rows = as_csv(shop, Query("order_line", ("order", "product", "quantity")))
    assert rows == [["Order", "Product", "Quantity"], ["ORD-2026-0001", "Bolt", "2"]]


def test_a_heading_that_could_mean_another_field_is_its_name(small: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled = {"name": {"type": "text", "label": "City"}, "city": {"type": "text", "label": "Town"}}
    fields = small.configuration.entities["client"].fields
    for name, label in labelled.items():
        monkeypatch.setitem(fields, name, fields[name].model_copy(update={"label": label["label"]}))
    assert as_csv(small, Query("client", ("name", "city"))) == [["name", "Town"]]


def test_a_page_more_than_is_kept_in_memory_is_whole(small: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.exchange.outgoing.MOST_KEPT", 100)
    monkeypatch.setattr("engine.records.fetching.MOST_TITLES", 100)
    with small.batch() as batch:
        batch.add("client", ("name", "agent", "vip"), [("0", None, False)])
        batch.add("client", ("name", "agent", "vip"), [(str(n), n, n % 2 == 0) for n in range(1, 7000)])
    rows = as_csv(small, Query("client", ("name", "agent", "vip")))[1:]
    assert rows[0] == ["0", "", "false"]
    assert rows[1:] == [[str(n), str(n - 1), "true" if n % 2 == 0 else "false"] for n in range(1, 7000)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_number_of_records(kind: str, small: Records, tmp_path: Path) -> None:
    with small.batch() as batch:
        batch.add("product", ("name", "price"), [(f"Product {n}", Decimal(n)) for n in range(30_000)])
    query = Query("product", ("name", "price"))
    peaks = []
    for limit in ("Product 1", ""):
        tracemalloc.start()
        if kind == "csv":
            with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
                export_csv(small, Query("product", query.columns, search=limit), ENGLISH, out)
        else:
            export_xlsx(small, Query("product", query.columns, search=limit), ENGLISH, tmp_path / "a.xlsx")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2_000_000


def test_what_a_workbook_cannot_hold_is_refused(
    small: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_client(small, "A")
    with small.batch() as batch:
        batch.add("order", ("client", "date", "comment"), [(1, dt.date(2026, 1, 1), "x" * 32_768)])
    query = Query("order", ("number", "comment"))
    assert codes(lambda: as_xlsx(small, query, tmp_path)) == ["export-cell-too-long"]
    assert len(as_csv(small, query)[1][1]) == 32_768
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    for name in ("B", "C"):
        add_client(small, name)
    assert codes(lambda: as_xlsx(small, Query("client", ("name",)), tmp_path)) == ["export-too-long"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_program_finds_no_formula(kind: str, small: Records, tmp_path: Path) -> None:
    for number, text in enumerate((*FORMULAS, "a;=1+1", 'x","=1+1')):
        small.create("client", Edit({"name": f"n{number}"}))
        small.create("order", Edit({"client": number + 1, "comment": f"{text} {number}", "total": Decimal(-number)}))
    query = Query("order", ("comment", "total", "client"))
    path = tmp_path / f"export.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            export_csv(small, query, ENGLISH, out)
    else:
        export_xlsx(small, query, ENGLISH, path)
    words = [
        office(),
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    (tmp_path / "out").mkdir()
    subprocess.run([*words, "--outdir", str(tmp_path / "out"), str(path)], check=True, capture_output=True, timeout=120)
    cells = [
        cell
        for row in openpyxl.load_workbook(tmp_path / "out/export.xlsx").worksheets[0].iter_rows(min_row=2)
        for cell in row
    ]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.data_type == "n" and cell.column == 2] == [
        -n for n in range(len(cells) // 3)
    ]
