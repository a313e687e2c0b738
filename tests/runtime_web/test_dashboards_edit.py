"""Dashboards that people make for themselves and for each other, and how they arrange those of others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.runtime_web.reports.sales import REPORTS, selling
from tests.runtime_web.visitor import Site, Visitor

BOARDS: dict[str, Any] = {
    "desk": {"label": "Desk", "tiles": {"sales": {"report": "sales"}, "counted": {"report": "counted"}}}
}


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, dashboards=BOARDS)


def arrange(visitor: Visitor, key: str, layout: Any) -> TestResponse:
    headers = {"X-CSRFToken": visitor.token("/keys"), "HX-Request": "true"}
    body = json.dumps(layout)
    return visitor.client.post(
        f"/dashboards/{key}/_layout", data=body, headers=headers, content_type="application/json"
    )


def tiles(visitor: Visitor, key: str) -> list[str]:
    page = visitor.get(f"/dashboards/{key}").text
    return [" ".join(one) for one in re.findall(r'data-tile="([^"]+)" data-width="(\d+)" data-height="(\d+)"', page)]


def made(visitor: Visitor, name: str = "My day") -> str:
    """The key of a new dashboard."""
    answer = visitor.post("/dashboards", {"name": name})
    assert answer.status_code == 303
    found = re.fullmatch(r"/dashboards/(\d{9})\?arrange=1", answer.location)
    assert found
    return found.group(1)


def test_an_arrangement_is_kept_for_whoever_made_it(shop: Site) -> None:
    ana, ben = shop.visitor("ana"), shop.visitor("ben")
    layout = [{"tile": "counted", "width": 12, "height": 1}, {"tile": "sales", "width": 4, "height": 2}]
    assert arrange(ana, "desk", layout).status_code == 204
    assert tiles(ana, "desk") == ["counted 12 1", "sales 4 2"]
    assert tiles(ben, "desk") == ["sales 4 2", "counted 4 2"]
    original = re.compile(r"<form [^>]*_original[^>]*data-original( hidden)?>")
    assert original.findall(ana.get("/dashboards/desk").text) == [""]
    assert original.findall(ben.get("/dashboards/desk").text) == [" hidden"]
    assert ana.post("/dashboards/desk/_original").location == "/dashboards/desk"
    assert tiles(ana, "desk") == ["sales 4 2", "counted 4 2"]


@pytest.mark.parametrize(
    "layout",
    [
        3,
        {},
        ["sales"],
        [{"tile": "sales"}],
        [{"tile": "sales", "width": 13, "height": 1}],
        [{"tile": "sales", "width": 4, "height": 2, "report": "x"}],
        [{"tile": f"t{number}", "width": 4, "height": 2} for number in range(100)],
    ],
)
def test_what_is_no_layout_changes_nothing(shop: Site, layout: Any) -> None:
    ana = shop.visitor("ana")
    assert arrange(ana, "desk", layout).status_code == 400
    assert tiles(ana, "desk") == ["sales 4 2", "counted 4 2"]


def test_one_makes_a_dashboard_adds_tiles_and_renames_it(shop: Site) -> None:
    ana = shop.visitor("ana")
    key = made(ana)
    assert "No tiles yet" in ana.get(f"/dashboards/{key}").text
    for form in ({"report": "sales", "show": "number"}, {"report": "counted", "show": ""}):
        assert ana.post(f"/dashboards/{key}/_tiles", form).location == f"/dashboards/{key}?arrange=1"
    assert tiles(ana, key) == ["own_1 3 1", "own_2 6 3"]
    assert "1,012.75" in ana.get(f"/dashboards/{key}/_tile/own_1").text
    assert ana.post(f"/dashboards/{key}", {"name": "Evening"}).status_code == 303
    page = ana.get("/dashboards").text
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)', page) == [
        (f"/dashboards/{key}", "Evening"),
        ("/dashboards/desk", "Desk"),
    ]


def test_a_deleted_dashboard_is_brought_back_by_undo(shop: Site) -> None:
    ana = shop.visitor("ana")
    key = made(ana)
    assert ana.post(f"/dashboards/{key}/delete").location == "/dashboards"
    page = ana.get("/dashboards").text
    assert "Deleted: My day" in page
    assert f'action="/dashboards/{key}/restore"' in page
    assert ana.get(f"/dashboards/{key}").status_code == 404
    assert ana.post(f"/dashboards/{key}/restore").location == f"/dashboards/{key}"
    assert ana.get(f"/dashboards/{key}").status_code == 200


def test_what_cannot_be_is_told_beside_what_was_entered(shop: Site) -> None:
    ana = shop.visitor("ana")
    answer = ana.post("/dashboards", {"name": " "})
    assert answer.status_code == 422
    assert "This field must be filled in." in answer.text
    assert "data-opened" in answer.text
    key = made(ana)
    answer = ana.post(f"/dashboards/{key}", {"name": "x" * 101})
    assert answer.status_code == 422
    assert "x" * 101 in answer.text
    ana.post(f"/dashboards/{key}/_tiles", {"report": "nothing"})
    assert "There is no such report." in ana.get(f"/dashboards/{key}").text
    assert ana.post(f"/dashboards/{key}/_tiles", {"report": "sales", "show": "song"}).status_code == 400


def test_nobody_reaches_the_dashboard_of_another(shop: Site) -> None:
    key = made(shop.visitor("ana"))
    ben = shop.visitor("ben")
    assert ben.get(f"/dashboards/{key}").status_code == 404
    for path, form in (
        ("", {"name": "Mine"}),
        ("/_tiles", {"report": "sales"}),
        ("/_original", {}),
        ("/delete", {}),
        ("/restore", {}),
    ):
        assert ben.post(f"/dashboards/{key}{path}", form).status_code == 404, path
    assert arrange(ben, key, []).status_code == 404


def test_a_dashboard_is_shared_with_everyone(shop: Site) -> None:
    ana, ben = shop.visitor("ana"), shop.visitor("ben")
    key = made(ana)
    ana.post(f"/dashboards/{key}/_tiles", {"report": "sales"})
    assert "Only you see it" in ana.get(f"/dashboards/{key}").text
    form = {"name": "Ours", "help": "How we stand", "who": "everyone"}
    assert ana.post(f"/dashboards/{key}", form).status_code == 303
    assert "Shared with everyone" in ana.get("/dashboards").text
    page = ben.get("/dashboards").text
    assert "Shared with me" in page
    assert re.findall(r'<h3><a href="([^"]+)">Ours</a></h3><p>How we stand', page) == [f"/dashboards/{key}"]
    page = ben.get(f"/dashboards/{key}").text
    assert "By Ana Popa" in page
    assert 'data-opens="describe"' not in page
    assert arrange(ben, key, []).status_code == 204
    assert tiles(ben, key) == []
    assert tiles(ana, key) == ["own_1 6 3"]
    assert ben.post(f"/dashboards/{key}/_original").status_code == 303
    assert tiles(ben, key) == ["own_1 6 3"]


def test_whoever_looks_with_anothers_eyes_arranges_nothing(shop: Site) -> None:
    ana = shop.visitor("ana")
    ana.post("/view-as/2")
    page = ana.get("/dashboards/desk").text
    assert "data-arrange" not in page
    assert "New dashboard" not in ana.get("/dashboards").text
    assert arrange(ana, "desk", []).status_code == 403
    assert tiles(shop.visitor("ben"), "desk") == ["sales 4 2", "counted 4 2"]


def test_the_reports_to_choose_from_are_those_that_one_may_see(make_site: Callable[..., Site], sqlite_url: str) -> None:
    roles = {"clerk": {"grants": [{"entity": "order", "can": ["read", "report"]}]}}
    reports = {**REPORTS, "plain": {"of": "order", "label": "Plain"}}
    site = selling(make_site, sqlite_url, reports=reports, roles=roles)
    site.workspace.people.set_roles(2, ["clerk"])
    ben = site.visitor("ben")
    assert re.findall(r'<option value="([^"]*)">', ben.get(f"/dashboards/{made(ben)}").text)[:2] == ["plain", ""]
