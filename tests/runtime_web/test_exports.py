"""A list as a file: what the list shows, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from engine.records import Edit
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


@pytest.mark.parametrize("path", ["/records/nothing/export", "/records/order/export?format=exe"])
def test_what_is_not_there_is_not_found(filled: Site, path: str) -> None:
    assert filled.visitor("ben").get(path).status_code == 404
