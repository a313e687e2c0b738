"""A report as a file: the same numbers as on the page, of what may be taken out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from tests.runtime_web.reports.sales import REPORTS, selling
from tests.runtime_web.reports.test_reports import packed
from tests.runtime_web.visitor import Site

SALES = packed(REPORTS["sales"])


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url)


def test_a_csv_has_exact_numbers_whatever_the_language(shop: Site) -> None:
    answer = shop.visitor("ben").get(f"/reports/_file?format=csv&r={SALES}")
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert ["Oslo", "Anna", "1000.50", "10.00", "1010.50"] in lines
    assert lines[-1][0] == "Total"
    assert lines[-1][-1] == "1012.75"
    assert 'attachment; filename="Sales by city.csv"' in answer.headers["Content-Disposition"]


def test_json_tells_numbers_as_texts(shop: Site) -> None:
    found = json.loads(shop.visitor("ben").get(f"/reports/_file?format=json&r={SALES}").data)
    assert (found["title"], found["records"]) == ("Sales by city", 4)
    assert ["Turku", "Bo", "2.25", None, "2.25"] in found["rows"]


def test_a_workbook_opens_with_the_same_numbers(shop: Site) -> None:
    answer = shop.visitor("ben").get(f"/reports/_file?format=xlsx&r={SALES}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(row[:2] == ["Oslo", "Anna"] and row[2:5] == [1000.5, 10, 1010.5] for row in cells)


def test_a_live_workbook_has_the_records_that_may_be_exported(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ben = shop.visitor("ben")
    assert "format=live" in ben.get("/reports/sales").text
    answer = ben.get(f"/reports/_file?format=live&r={SALES}")
    assert 'filename="Sales by city.xlsx"' in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert [[cell.value for cell in row[2:6]] for row in book["Data"].iter_rows()] == [
        ["City", "Client", "Date: month", "Total"],
        ["Oslo", "Anna", "March 2026", 1000.5],
        ["Oslo", "Anna", "April 2026", 10],
        ["Turku", "Bo", "March 2026", 2.25],
        ["(blank)", "Cia", "March 2026", None],
    ]
    said = [str(row[0].value) for row in book["Report"].iter_rows()]
    assert "The numbers are computed from the sheet Data: change an amount there and they follow." in said
    monkeypatch.setattr("designer.pivot.live.data.MOST_RECORDS", 3)
    refused = ben.get(f"/reports/_file?format=live&r={SALES}")
    assert refused.status_code == 302
    assert "holds at most 3 records, and there are 4" in ben.get(refused.headers["Location"]).text


@pytest.mark.parametrize("kind", ["bar", "line", "area", "pie", "heat_map", None])
def test_a_chart_is_a_file_with_all_that_belongs_to_it(shop: Site, kind: str | None) -> None:
    ben = shop.visitor("ben")
    label = {"en": "<b>Sales & more"}
    packed_chart = packed({**REPORTS["sales"], "label": label, "chart": kind})
    answer = ben.get(f"/reports/_file?format=svg&r={packed_chart}")
    assert answer.mimetype == "image/svg+xml"
    drawing = ET.fromstring(answer.data)
    texts = ["".join(one.itertext()) for one in drawing.iter()]
    assert "<b>Sales & more" in texts
    assert any(re.search(r"1,0[01]0\.50", text) for text in texts)
    assert not re.search(rb"<script|href|url\(|@import|on[a-z]+=", answer.data)
    page = ben.get(f"/reports/new/order?r={packed_chart}").text
    assert ("#png" in page) == (kind is not None)


def test_a_chart_of_nothing_says_so(shop: Site) -> None:
    nothing = packed({**REPORTS["sales"], "values": {"first": {"field": "number", "aggregate": "first"}}})
    assert "Nothing here is a number." in shop.visitor("ben").get(f"/reports/_file?format=svg&r={nothing}").text


def test_only_what_may_be_exported_is_taken_out(make_site: Callable[..., Site], sqlite_url: str) -> None:
    roles = {
        "clerk": {
            "grants": [
                {"entity": "order", "can": ["read", "report"]},
                {"entity": "order", "can": ["export"], "where": "total > 100"},
                {"entity": "client", "can": ["read"]},
            ]
        },
        "reader": {"grants": [{"entity": "*", "can": ["read", "report"]}]},
    }
    site = selling(make_site, sqlite_url, roles=roles)
    site.workspace.people.set_roles(2, ["clerk"])
    ben = site.visitor("ben")
    assert "1,012.75" in ben.get(f"/reports/new/order?r={SALES}").text
    lines = list(csv.reader(io.StringIO(ben.get(f"/reports/_file?format=csv&r={SALES}").data.decode("utf-8-sig"))))
    assert lines[-1][-1] == "1000.50"
    site.workspace.people.set_roles(2, ["reader"])
    assert "_file" not in site.visitor("ben").get("/reports/sales").text
    assert site.visitor("ben").get(f"/reports/_file?format=csv&r={SALES}").status_code == 403


@pytest.mark.parametrize("arguments", ["", "format=csv", "format=csv&r=x", f"format=pdf&r={SALES}", "format=csv&r=e30"])
def test_an_address_that_is_none(shop: Site, arguments: str) -> None:
    assert shop.visitor("ben").get(f"/reports/_file?{arguments}").status_code == 404


def test_what_cannot_be_computed_is_told_by_the_page(shop: Site) -> None:
    wrong = packed({"of": "order", "values": {"a": {"field": "client", "aggregate": "sum"}}})
    ben = shop.visitor("ben")
    answer = ben.get(f"/reports/_file?format=csv&r={wrong}")
    assert answer.status_code == 302
    assert "“client” has no sum." in ben.get(answer.headers["Location"]).text
