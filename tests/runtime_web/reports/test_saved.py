"""Saving reports in the pages: as a new one, over one's own, shared, deleted and brought back; and when parts are gone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.runtime_web.reports.sales import selling
from tests.runtime_web.reports.test_reports import ROLES, absent, lines, packed, sees
from tests.runtime_web.visitor import Site, Visitor

CITIES = {"of": "order", "rows": [{"field": "client.city"}], "values": {"total": {"field": "total"}}}
MONTHS = {"of": "order", "rows": [{"field": "date", "by": "month"}], "values": {"total": {"field": "total"}}}


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url)


@pytest.fixture
def guarded(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, roles=ROLES)


def save(visitor: Visitor, report: Any = None, **form: Any) -> TestResponse:
    """Save a new report, by default cities."""
    sent = {"spec": json.dumps(report or CITIES), "name": "My cities", "who": "mine", **form}
    return visitor.post(f"/reports/new/{(report or CITIES)['of']}", sent)


def kept(visitor: Visitor, report: Any = None, **form: Any) -> str:
    """The address of a report that has just been saved."""
    answer = save(visitor, report, **form)
    assert answer.status_code == 303, answer.text
    return answer.location


def entries(visitor: Visitor) -> list[tuple[str, str, str]]:
    """The saved reports of the list: address, name, and whose they are."""
    page = unescape(visitor.get("/reports").text)
    return re.findall(r'<h3><a href="(/reports/\d+)">([^<]+)</a>.*?· <span[^>]*>([^<]+)', page, re.DOTALL)


def test_a_report_is_saved_and_opened_again(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana, name="My cities", help="By city.")
    assert re.fullmatch(r"/reports/\d{9}", url)
    page = ana.get(url)
    assert "Saved: My cities" in page.text
    assert "<h1>My cities" in page.text
    assert "By city." in page.text
    assert lines(page.text)[-1] == ["Total", "1,012.75"]
    assert 'data-keep disabled aria-label="Save"' in page.text
    assert entries(ana) == [(url, "My cities", "Only you see it")]
    assert absent(shop.visitor("ben"), url)


def test_ones_own_is_saved_over_and_a_copy_is_another(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana)
    changed = ana.get(f"{url}?r={packed(MONTHS)}").text
    assert 'data-keep aria-label="Save"' in changed
    assert lines(changed)[0][0] == "March 2026"
    assert ana.post(url, {"spec": json.dumps(MONTHS)}).location == url
    assert lines(ana.get(url).text)[0][0] == "March 2026"
    assert 'value="My cities (copy)"' in changed
    copy = kept(ana, name="Another")
    assert [name for _, name, _ in entries(ana)] == ["Another", "My cities"]
    assert copy != url


def test_a_copy_of_a_ready_made_report(shop: Site) -> None:
    ana = shop.visitor("ana")
    page = ana.get("/reports/sales").text
    assert 'value="Sales by city (copy)"' in page
    spec = json.loads(unescape(re.findall(r'data-spec="([^"]+)"', page)[0]))
    url = kept(ana, spec, name="Mine")
    assert lines(ana.get(url).text) == lines(page)
    assert "<h1>Mine" in ana.get(url, headers={"Accept-Language": "fi"}).text


def test_renaming_and_sharing_keeps_what_is_not_saved_yet(shop: Site) -> None:
    ana, ben = shop.visitor("ana"), shop.visitor("ben")
    url = kept(ana)
    form = {"name": "Cities", "help": "", "who": "everyone", "spec": json.dumps(CITIES)}
    assert ana.post(url, form).location == url
    assert entries(ben) == [(url, "Cities", "By Ana Popa")]
    page = ben.get(url).text
    assert "By Ana" in page
    assert "data-saved" not in page
    assert lines(page)[-1] == ["Total", "1,012.75"]
    location = ana.post(url, {**form, "who": "mine", "spec": json.dumps(MONTHS)}).location
    assert location.startswith(f"{url}?r=")
    assert lines(ana.get(location).text)[0][0] == "March 2026"
    assert entries(ben) == []
    assert absent(ben, url)


def test_what_cannot_be_saved_is_told_where_it_was_typed(shop: Site) -> None:
    ana = shop.visitor("ana")
    answer = save(ana, name=" ", who="everyone")
    assert answer.status_code == 422
    assert 'id="save-as" class="sheet" aria-labelledby="save-as-title" data-opened' in answer.text
    assert "This field must be filled in." in answer.text
    assert re.search(r'id="save-as".*?value="everyone" checked', answer.text, re.DOTALL)
    url = kept(ana)
    answer = ana.post(url, {"name": "x" * 101, "who": "mine"})
    assert answer.status_code == 422
    assert 'id="describe" class="sheet" aria-labelledby="describe-title" data-opened' in answer.text
    assert entries(ana) == [(url, "My cities", "Only you see it")]


def test_nonsense_is_refused(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana)
    assert ana.post("/reports/new/order", {"spec": "[", "name": "X"}).status_code == 400
    assert ana.post("/reports/new/client", {"spec": json.dumps(CITIES), "name": "X"}).status_code == 400
    assert ana.post(url, {"spec": "{}"}).status_code == 400
    assert ana.post("/reports/new/order", {"spec": '{"of":"order","rows":[{"field":"ghost"}]}'}).status_code == 404
    wrong = {"of": "order", "values": {"a": {"field": "client.city", "aggregate": "sum"}}}
    assert save(ana, wrong).status_code == 422
    ana.post(url, {"spec": json.dumps(wrong)})
    assert lines(ana.get(url).text)[-1] == ["Total", "1,012.75"]


def test_a_deleted_report_comes_back(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana)
    assert ana.post(f"{url}/delete").location == "/reports"
    page = ana.get("/reports").text
    assert "Deleted: My cities" in page
    assert page.count(f'action="{url}/restore"') == 2
    assert absent(ana, url)
    assert ana.post(f"{url}/restore").location == url
    assert entries(ana) == [(url, "My cities", "Only you see it")]
    assert ana.post(f"{url}/restore").status_code == 404


def test_nobody_changes_what_is_anothers(shop: Site) -> None:
    url = kept(shop.visitor("ben"), who="everyone")
    ana = shop.visitor("ana")
    assert ana.get(url).status_code == 200
    for path, form in ((url, {"spec": json.dumps(MONTHS)}), (url, {"name": "X"}), (f"{url}/delete", {})):
        assert ana.post(path, form).status_code == 404
    assert entries(shop.visitor("ben")) == [(url, "My cities", "Shared with everyone")]


def test_one_shares_with_ones_own_roles(guarded: Site) -> None:
    seller = sees(guarded, "seller")
    url = kept(seller, who="roles", role="seller")
    assert entries(seller) == [(url, "My cities", "Shared with Seller")]
    page = seller.get(url).text
    assert 'name="role" value="seller" checked' in page
    assert 'value="clerk"' not in page
    assert save(seller, who="roles", role="clerk").status_code == 422
    assert 'name="role" value="clerk"' in guarded.visitor("ana").get("/reports/new/order").text


def test_a_shared_report_is_absent_for_whoever_may_not_see_a_part_of_it(guarded: Site) -> None:
    ana = guarded.visitor("ana")
    codes = {"of": "order", "rows": [{"field": "client.code"}]}
    hidden, open_ = kept(ana, codes, name="Codes", who="everyone"), kept(ana, name="Cities", who="everyone")
    seller = sees(guarded, "seller")
    assert absent(seller, hidden)
    assert entries(seller) == [(open_, "Cities", "By Ana Popa")]
    assert seller.post("/reports/new/order", {"spec": json.dumps(codes), "name": "X"}).status_code == 404


def test_a_report_that_names_what_is_gone_says_so_and_can_be_mended(guarded: Site) -> None:
    seller = sees(guarded, "clerk")
    report = {"of": "order", "rows": [{"field": "client.code"}, {"field": "client.city"}]}
    url = kept(seller, report, name="Codes")
    seller = sees(guarded, "seller")
    assert entries(seller) == [(url, "Codes", "Names what is no longer there")]
    page = unescape(seller.get(url).text)
    assert "This report names what is no longer there, or what you may no longer see: client.code." in page
    (mend,) = re.findall(r'class="btn btn-primary" href="([^"]+)"', page)
    mended = seller.get(mend)
    assert mended.status_code == 200
    assert "<h1>Codes" in mended.text
    assert lines(mended.text)[-1] == ["Total", "4"]
    assert 'data-keep aria-label="Save"' in mended.text
    back = sees(guarded, "clerk")
    assert 'data-path="client.code"' in back.get(url).text


def test_what_another_version_saved_is_told(shop: Site) -> None:
    ana = shop.visitor("ana")
    url = kept(ana)
    with shop.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE _report SET content = '{}'")
    page = unescape(ana.get(url).text)
    assert "“My cities” was saved by another version of the program, which this one cannot read." in page
    assert entries(ana) == []
    assert "Names what is no longer there" in ana.get("/reports").text


def test_nobody_who_looks_with_anothers_eyes_keeps_anything(shop: Site) -> None:
    ben = shop.visitor("ben")
    url = kept(ben)
    ana = shop.visitor("ana")
    ana.post("/view-as/2")
    page = ana.get(url)
    assert page.status_code == 200
    assert "data-opens" not in page.text
    assert ana.post(f"{url}/delete").status_code == 403
