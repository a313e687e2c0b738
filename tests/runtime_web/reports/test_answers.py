"""What a report asks when it opens: a form, the answers in the address, and the result with them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from engine.model import Report
from runtime_web.reports.given import with_filters
from tests.runtime_web.reports.sales import REPORTS, configuration, selling
from tests.runtime_web.reports.test_reports import ask, lines, packed
from tests.runtime_web.reports.test_saved import kept
from tests.runtime_web.visitor import Site

ASKING: dict[str, Any] = {
    **REPORTS["sales"],
    "columns": [],
    "filters": {
        "period": {"field": "date", "during": "last_month", "ask": True, "label": "Months"},
        "client": {"field": "client", "ask": True},
        "state": {"field": "client.status", "ask": True},
        "vip": {"field": "client.vip", "ask": True},
        "amount": {"field": "total", "ask": True},
        "number": {"field": "number", "ask": True},
        "city": {"field": "client.city", "operator": "filled"},
    },
}
ALL = "p.period=&p.client=&p.state=&p.vip=&p.amount=&p.number="


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, reports={**REPORTS, "asking": ASKING})


def rows(page: str) -> list[str]:
    """The cities and the total, as they are called."""
    return [line[0] for line in lines(page)]


def test_a_report_asks_before_it_shows_anything(shop: Site) -> None:
    ana = shop.visitor("ana")
    page = unescape(ana.get("/reports/asking").text)
    assert "report-table" not in page
    assert re.findall(r'<legend class="form-label">([^<]+?)(?: <small>€</small>)?</legend>', page) == [
        "Months",
        "Client",
        "Status",
        "Vip",
        "Total",
        "Number",
    ]
    assert '<option value="last_month" selected>Last month' in page
    assert 'data-picker="/lookup/client"' in page
    assert re.findall(r'type="checkbox" name="p.state" value="(\w+)"', page) == ["new", "regular", "gone"]
    assert 'type="number" step="any" inputmode="decimal" name="p.amount.from"' in page
    assert 'name="p.number" value=""' in page


def test_what_a_form_sends_becomes_one_address(shop: Site) -> None:
    ana = shop.visitor("ana")
    sent = (
        "p.period=&p.period.from=2026-03-01&p.period.until=2026-03-31&p.client=&p.client=1&p.client=2&p.state=&p.vip="
        "&p.amount=&p.amount.from=2&p.amount.until=&p.number=&p.number=%20"
    )
    answer = ana.get(f"/reports/asking?{sent}")
    assert answer.status_code == 302
    assert answer.location == (
        "/reports/asking?p.period=2026-03-01..2026-03-31&p.client=1,2&p.state=&p.vip=&p.amount=2..&p.number="
    )
    page = ana.get(answer.location)
    assert lines(page.text) == [
        ["Oslo", "1,000.50"],
        ["Anna", "1,000.50"],
        ["Turku", "2.25"],
        ["Bo", "2.25"],
        ["Total", "1,002.75"],
    ]
    labels = re.findall(r'data-at="(\w+)" [^>]*data-label="([^"]+)"', unescape(page.text))
    assert ("client", "Client: Anna, Bo") in labels
    assert any(name == "period" and "–" in label for name, label in labels)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ("", ["Oslo", "Anna", "Turku", "Bo", "Total"]),
        ("p.period=2026-04", ["Oslo", "Anna", "Total"]),
        ("p.period=2026-03-31..", ["Oslo", "Anna", "Turku", "Bo", "Total"]),
        ("p.period=..2026-03-05", ["Oslo", "Anna", "Total"]),
        ("p.amount=..9.99", ["Turku", "Bo", "Total"]),
        ("p.amount=2..3", ["Turku", "Bo", "Total"]),
        ("p.state=regular,new", ["Oslo", "Anna", "Turku", "Bo", "Total"]),
        ("p.number=0001", ["Oslo", "Anna", "Total"]),
        ("p.city=", ["Oslo", "Anna", "Turku", "Bo", "(blank)", "Cia", "Total"]),
    ],
)
def test_answers_are_filters(shop: Site, answers: str, found: list[str]) -> None:
    others = "&".join(one for one in ALL.split("&") if not answers.startswith(one))
    assert rows(shop.visitor("ana").get(f"/reports/asking?{others}&{answers}").text) == found


def test_what_is_missing_is_asked_with_what_is_known(shop: Site) -> None:
    page = shop.visitor("ana").get("/reports/asking?p.period=this_year&p.number=0002&p.client=2").text
    assert '<option value="this_year" selected' in page
    assert 'name="p.number" value="0002"' in page
    assert '<option value="2" selected>Bo</option>' in page


def test_an_answer_that_does_not_fit_is_told(shop: Site) -> None:
    page = shop.visitor("ana").get(f"/reports/asking?{ALL.replace('p.period=', 'p.period=soon')}").text
    assert "“soon” is not a date." in unescape(page)


def test_a_report_that_stands_in_the_address_asks_nothing(shop: Site) -> None:
    page = shop.visitor("ana").get(f"/reports/asking?r={packed(ASKING)}&p.period=2026-04")
    assert "report-result" in page.text


def test_answers_alone_are_nothing_to_save(shop: Site) -> None:
    ana = shop.visitor("ana")
    filters = {"period": {"field": "date", "ask": True}}
    url = kept(ana, {"of": "order", "filters": filters})
    assert "report-table" not in ana.get(url).text
    page = ana.get(f"{url}?p.period=2026-04").text
    assert lines(page) == [["Total", "1"]]
    assert 'data-keep disabled aria-label="Save"' in page


def test_the_designer_lets_one_ask(shop: Site) -> None:
    filters = {"period": {"field": "date", "ask": True}, "client": {"field": "client"}}
    page = ask(shop.visitor("ana"), {"of": "order", "filters": filters}).text
    assert 'data-set="ask" id="filters-period-ask" checked' in page
    assert 'data-set="ask" id="filters-client-ask">' in page
    assert json.loads(unescape(re.findall(r'data-spec="([^"]+)"', page)[0]))["filters"]["period"]["ask"]


def test_nothing_lets_everything_through_at_the_terminal_too() -> None:
    report = Report.model_validate(ASKING)
    found = with_filters(configuration(), report, {"period": "", "city": "", "amount": "5..", "number": "a,b"}).filters
    assert found["period"].during is None
    assert found["city"].operator is None
    assert (found["amount"].operator, found["amount"].values) == ("ge", ("5",))
    assert found["number"].values == ("a,b",)
