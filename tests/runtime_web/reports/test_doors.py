"""Behind each number stands the list of just its records."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from engine.records import Edit
from tests.runtime_web.reports.sales import selling
from tests.runtime_web.reports.test_reports import ask, lines
from tests.runtime_web.visitor import Site
from tests.shop import SHOP


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url)


def doors(page: str) -> tuple[str, list[str | None], list[str | None]]:
    """Of a table: its list, what its lines and its columns have in common."""
    whole, across = re.findall(r'<table [^>]*data-door="([^"]*)" data-doors="([^"]*)"', page)[0]
    body = page[page.index("<tbody>") :]
    rows = [
        unescape(found[0]) if (found := re.findall(r'data-door="([^"]*)"', row)) else None
        for row in re.findall(r"<tr[^>]*>", body)
    ]
    return unescape(whole), rows, json.loads(unescape(across))


DIMENSIONS: tuple[dict[str, Any], ...] = (
    {"field": "client"},
    {"field": "client.city"},
    {"field": "client.status"},
    {"field": "client.vip"},
    {"field": "number"},
    {"field": "total"},
    {"field": "total", "ranges": ["5", "100"]},
    {"field": "date"},
    *(
        {"field": "date", "by": part}
        for part in ("month", "ten_days", "week", "quarter", "year", "day", "fiscal_year", "weekday", "month_of_year")
    ),
)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda one: f"{one['field']} {one.get('by', '')}")
def test_a_list_has_as_many_records_as_the_number_says(shop: Site, dimension: dict[str, Any]) -> None:
    visitor = shop.visitor("ana")
    report = {
        "of": "order",
        "rows": [dimension],
        "columns": [{"field": "date", "by": "month"}],
        "filters": {"since": {"field": "date", "operator": "from", "values": ["2026-03-02"]}},
    }
    page = ask(visitor, report).text
    whole, rows, columns = doors(page)
    checked = 0
    for line, row in zip(lines(page), rows, strict=True):
        for number, column in zip(line[1:], columns, strict=True):
            if not number:
                continue
            assert row is not None
            assert column is not None
            found = visitor.get("&".join(filter(None, (whole, row, column)))).text
            assert f">{number} record" in found, (row, column)
            checked += 1
    assert checked >= 4


def test_others_lead_to_all_that_is_not_shown(shop: Site) -> None:
    visitor = shop.visitor("ana")
    page = ask(visitor, {"of": "order", "rows": [{"field": "client", "top": {"n": 1}}]}).text
    assert lines(page)[1] == ["Others", "2"]
    whole, rows, _columns = doors(page)
    assert ">2 records" in visitor.get(f"{whole}?{rows[1]}").text


def test_there_is_no_door_to_what_no_list_can_say(shop: Site) -> None:
    visitor = shop.visitor("ana")
    others = ask(visitor, {"of": "order", "rows": [{"field": "client.city", "top": {"n": 1}}]}).text
    assert doors(others)[1][1:] == [None, ""]
    unknown = ask(visitor, {"of": "order", "where": "total > 5", "rows": [{"field": "client"}]}).text
    assert "data-doors" not in unknown


def test_the_condition_of_a_report_goes_along(shop: Site) -> None:
    visitor = shop.visitor("ana")
    shop.records.update("client", 1, Edit({"code": "A1"}))
    page = visitor.get("/reports/hidden").text
    whole, rows, _columns = doors(page)
    assert whole == "/records/order?report=hidden"
    assert lines(page) == [["A1", "2"], ["Total", "2"]]
    found = visitor.get(f"{whole}&{rows[0]}").text
    assert ">2 records" in found
    assert "Counted in “Hidden”" in found
    assert "not known here" in visitor.get("/records/order?report=nothing").text
    assert "not known here" in visitor.get("/records/client?report=hidden").text


def test_a_view_with_a_condition_does_not_narrow_the_list(make_site: Callable[..., Site], sqlite_url: str) -> None:
    entities = copy.deepcopy(SHOP["entities"])
    views = entities["order"]["views"]
    entities["order"]["views"] = {"large": {"columns": ["number"], "where": "total > 5"}, **views}
    visitor = selling(make_site, sqlite_url, entities=entities).visitor("ana")
    page = ask(visitor, {"of": "order"}).text
    assert doors(page)[0] == "/records/order?view=all"
    assert ">4 records" in visitor.get("/records/order?view=all").text
