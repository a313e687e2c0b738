"""A list as a file: what the list shows, and nothing else."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from engine.model import Configuration
from engine.records import Edit
from tests.browser.company import database_url, open_company
from tests.computed import TRADE
from tests.ready import ready_database
from tests.runtime_web.visitor import Site


@pytest.fixture
def filled(any_site: Site) -> Site:
    for name, total in (("Анна", "1234.50"), ("=1+1", "7.00"), ("Bob", None)):
        client = any_site.records.create("client", Edit({"name": name})).id
        values = {"client": client, "date": dt.date(2026, 3, 1), "total": Decimal(total) if total else None}
        any_site.records.create("order", Edit(values))
    return any_site


def test_a_csv_file_holds_the_filtered_list(filled: Site) -> None:
    answer = filled.visitor("ben").get("/records/order/export?format=csv&f=total:ge:5&sort=total")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows == [
        ["Number", "Date", "Client", "Total"],
        ["ORD-2026-0002", "2026-03-01", "'=1+1", "7.00"],
        ["ORD-2026-0001", "2026-03-01", "Анна", "1234.50"],
    ]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_workbook_holds_typed_cells(filled: Site) -> None:
    answer = filled.visitor("ben").get("/records/order/export?format=xlsx&q=анна")
    page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[1] == ["ORD-2026-0001", dt.datetime(2026, 3, 1), "Анна", 1234.5]
    assert len(rows) == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_computed_field_is_one_column_with_its_errors(tmp_path: Path, kind: str) -> None:
    tree = copy.deepcopy(TRADE)
    tree["entities"]["order"]["views"] = {"all": {"columns": ["number", "total", "share"]}}
    described = Configuration.model_validate(tree)
    database = ready_database(database_url(tmp_path), described)
    database.close()
    site = open_company(tmp_path, described)
    site.add_people()
    site.records.create("order", Edit({"date": dt.date(2026, 3, 1)}))
    answer = site.visitor("ben").get(f"/records/order/export?format={kind}")
    site.workspace.database.close()
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    else:
        page = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        assert page is not None
        rows = [[str(cell.value) for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["Number", "Total", "Share"]
    assert (rows[1][0], Decimal(rows[1][1]), rows[1][2]) == ("O-2026-001", Decimal(0), "#DIV/0!")


@pytest.mark.parametrize("path", ["/records/nothing/export", "/records/order/export?format=exe"])
def test_what_is_not_there_is_not_found(filled: Site, path: str) -> None:
    assert filled.visitor("ben").get(path).status_code == 404
