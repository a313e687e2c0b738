"""Pinning reports to the home page: one's own order, and only what one may see."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from engine.saved import pins as door
from tests.runtime_web.reports.sales import selling
from tests.runtime_web.reports.test_reports import ROLES, sees
from tests.runtime_web.reports.test_saved import kept
from tests.runtime_web.visitor import Site, Visitor


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url)


@pytest.fixture
def guarded(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, roles=ROLES)


def pinned(visitor: Visitor) -> list[str]:
    return re.findall(r'<h3><a href="/reports/(\w+)">', visitor.get("/").text)


def test_reports_are_pinned_unpinned_and_ordered(shop: Site) -> None:
    ana = shop.visitor("ana")
    assert pinned(ana) == []
    own = kept(ana).removeprefix("/reports/")
    for name in ("sales", own, "counted", "sales"):
        assert ana.post(f"/pins/report/{name}", {"back": "/reports/sales"}).location == "/reports/sales"
    assert pinned(ana) == ["sales", own, "counted"]
    assert pinned(shop.visitor("ben")) == []
    page = ana.get("/").text
    assert "What was ordered." in page
    assert f'action="/pins/report/{own}/swap"' in page
    ana.post(f"/pins/report/{own}/swap", {"with": "report/sales"})
    assert pinned(ana) == [own, "sales", "counted"]
    assert 'action="/pins/report/sales/unpin"' in ana.get("/reports/sales").text
    ana.post("/pins/report/sales/unpin")
    assert pinned(ana) == [own, "counted"]
    assert 'action="/pins/report/sales"' in ana.get("/reports/sales").text
    ana.post("/pins/report/sales/swap", {"with": f"report/{own}"})
    assert pinned(ana) == [own, "counted"]


def test_what_is_not_there_cannot_be_pinned_and_is_not_shown(guarded: Site) -> None:
    clerk = sees(guarded, "clerk")
    for name in ("counted", "nothing", "123456789"):
        assert clerk.post(f"/pins/report/{name}").status_code == 404
    clerk.post("/pins/report/hidden")
    clerk.post("/pins/report/sales")
    assert pinned(clerk) == ["hidden", "sales"]
    seller = sees(guarded, "seller")
    assert pinned(seller) == ["sales"]
    assert "hidden" not in re.findall(r'name="with" value="report/(\w+)"', seller.get("/").text)
    assert pinned(sees(guarded, "reader")) == []
    assert pinned(sees(guarded, "clerk")) == ["hidden", "sales"]


def test_a_deleted_report_is_not_shown_until_it_comes_back(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana)
    ana.post(url.replace("/reports", "/pins/report"))
    ana.post(f"{url}/delete")
    assert pinned(ana) == []
    ana.post(f"{url}/restore")
    assert pinned(ana) == [url.removeprefix("/reports/")]


def test_one_comes_back_to_a_page_of_ours_only(shop: Site) -> None:
    assert shop.visitor("ana").post("/pins/report/sales", {"back": "//evil.example"}).location == "/"


def test_there_are_not_too_many(shop: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST", 1)
    ana = shop.visitor("ana")
    ana.post("/pins/report/sales")
    ana.post("/pins/report/counted")
    page = ana.get("/")
    assert "There are 2 here; 1 are allowed." in page.text
    assert pinned(shop.visitor("ana")) == ["sales"]
