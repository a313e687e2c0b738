"""Dashboards: their tiles say what their reports say, each with its reader's own rights."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from engine.records import Edit
from tests.runtime_web.reports.sales import REPORTS, selling
from tests.runtime_web.visitor import Site, Visitor

TILES: dict[str, Any] = {
    "orders": {"number": {"of": "order"}, "label": {"en": "Orders", "fi": "Tilaukset"}, "width": 3, "height": 1},
    "sum": {"report": "sales", "show": "number", "width": 3, "height": 1},
    "cities": {"report": "sales", "width": 8, "height": 3},
    "bars": {"report": "sales", "show": "bar", "label": "Drawn"},
    "clients": {"report": "counted", "show": "pie"},
    "codes": {"report": "hidden"},
    "wrong": {"report": "odd"},
}
BOARDS: dict[str, Any] = {
    "all": {"label": "Everything", "tiles": TILES},
    "desk": {"help": "For the clerk.", "roles": ["clerk"], "tiles": {"orders": TILES["orders"]}},
    "secret": {"tiles": {"codes": TILES["codes"]}},
}
ODD = {"of": "order", "filters": {"day": {"field": "date", "operator": "from", "values": ["soon"]}}}
ROLES = {
    "clerk": {"grants": [{"entity": "order", "can": ["read", "report"]}, {"entity": "client", "can": ["read"]}]},
    "seller": {
        "grants": [
            {"entity": "order", "can": ["read", "report"], "where": "total > 100"},
            {"entity": "client", "can": ["read", "report"], "fields": {"code": "hidden", "status": "hidden"}},
        ]
    },
    "reader": {"grants": [{"entity": "*", "can": ["read"]}]},
}


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, reports={**REPORTS, "odd": ODD}, dashboards=BOARDS)


@pytest.fixture
def guarded(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, reports={**REPORTS, "odd": ODD}, dashboards=BOARDS, roles=ROLES)


def sees(site: Site, role: str) -> Visitor:
    site.workspace.people.set_roles(2, [role])
    return site.visitor("ben")


def tiles(visitor: Visitor, name: str = "all") -> list[str]:
    return re.findall(r'data-tile="([^"]+)"', visitor.get(f"/dashboards/{name}").text)


def said(visitor: Visitor, tile: str, name: str = "all", **options: Any) -> str:
    """The texts of a tile."""
    part = visitor.get(f"/dashboards/{name}/_tile/{tile}", **options)
    assert part.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part.text)).split())


def test_the_list_names_each_dashboard(shop: Site) -> None:
    page = shop.visitor("ana").get("/dashboards").text
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)', page) == [
        ("/dashboards/all", "Everything"),
        ("/dashboards/desk", "Desk"),
        ("/dashboards/secret", "Secret"),
    ]
    assert "For the clerk." in page
    assert 'href="/dashboards" title="Dashboards" aria-current="page"' in page


def test_the_page_has_the_frames_of_its_tiles(shop: Site) -> None:
    visitor = shop.visitor("ana")
    page = visitor.get("/dashboards/all").text
    assert tiles(visitor) == list(TILES)
    assert '<h2 class="cut" id="tile-cities" title="Sales by city"><a href="/reports/sales">' in page
    assert "tile-table tile-w-8 tile-h-3" in page
    assert '<section class="tile panel tile-number tile-w-3 tile-h-1" data-tile="orders"' in page
    assert ">Tilaukset</h2>" in visitor.get("/dashboards/all", headers={"Accept-Language": "fi"}).text


def test_a_tile_is_a_number_a_table_or_a_chart(shop: Site) -> None:
    visitor = shop.visitor("ana")
    assert said(visitor, "orders") == "4"
    assert said(visitor, "sum") == "1,012.75 € Total, €: 1 record has none."
    assert "Oslo 1,000.50 10.00 1,010.50 Anna" in said(visitor, "cities")
    assert "data-sort" not in visitor.get("/dashboards/all/_tile/cities").text
    drawn = visitor.get("/dashboards/all/_tile/bars?width=413&height=200").text
    assert 'viewBox="0 0 400 200"' in drawn
    assert 'id="chart-bars"' in drawn
    assert "Largest: New, 3." in said(visitor, "clients")


def test_a_tile_has_the_first_lines_of_a_long_table_and_its_total(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime_web.dashboards.tiles.MOST_LINES", 2)
    text = said(shop.visitor("ana"), "cities")
    assert "Oslo" in text
    assert "Turku" not in text
    assert "Total 1,002.75 10.00 1,012.75" in text
    assert "There are more lines; the report has them all." in text


def test_the_number_of_a_tile_is_a_door_to_its_records(shop: Site) -> None:
    visitor = shop.visitor("ana")
    assert '<a href="/records/order">4</a>' in visitor.get("/dashboards/all/_tile/orders").text


def test_a_tile_that_cannot_be_computed_says_why_and_the_others_stand(shop: Site) -> None:
    visitor = shop.visitor("ana")
    assert "soon" in said(visitor, "wrong")
    assert said(visitor, "orders") == "4"


def test_whoever_may_not_see_a_report_has_no_tile_of_it(guarded: Site) -> None:
    clerk = sees(guarded, "clerk")
    assert tiles(clerk) == ["orders", "sum", "cities", "bars", "codes", "wrong"]
    assert clerk.get("/dashboards/all/_tile/clients").status_code == 404
    seller = sees(guarded, "seller")
    assert tiles(seller) == ["orders", "sum", "cities", "bars", "wrong"]
    assert said(seller, "orders") == "1"
    assert said(seller, "sum") == "1,000.50 €"
    for path in ("/dashboards/secret", "/dashboards/desk", "/dashboards/none", "/dashboards/all/_tile/codes"):
        assert seller.get(path).status_code == 404
    assert "secret" not in seller.get("/dashboards").text


def test_a_dashboard_without_any_tile_is_not_there(guarded: Site) -> None:
    reader = sees(guarded, "reader")
    assert reader.get("/dashboards/all").status_code == 404
    page = reader.get("/dashboards").text
    assert "Everything" not in page
    assert "No dashboards yet" in page


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("200", "150", "150.00 € −25.0% 200.00 in"),
        ("100", "150.5", "150.50 € +50.5% 100.00 in"),
        ("0", "5", "5.00 € +5.00 0.00 in"),
        ("5", None, "0.00 € −100.0% 5.00 in"),
        ("5", "5", "5.00 € ±0 5.00 in"),
    ],
)
def test_a_number_says_how_it_differs_from_the_time_before(
    make_site: Callable[..., Site], sqlite_url: str, earlier: str, later: str | None, expected: str
) -> None:
    number = {"of": "order", "value": {"field": "total"}, "filters": {"day": {"field": "date", "during": "today"}}}
    board = {"tiles": {"total": {"number": number, "compare": True}}}
    site = selling(make_site, sqlite_url, dashboards={"all": board})
    today = dt.datetime.now(dt.UTC).date()
    for day, total in ((today, later), (today - dt.timedelta(days=1), earlier)):
        if total:
            site.records.create("order", Edit({"client": 1, "date": day, "total": Decimal(total)}))
    assert said(site.visitor("ana"), "total").startswith(expected)
