"""The pages about reports: which there are, what they say, and what nobody gets who may not see it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.model import Configuration
from engine.records import Edit
from engine.records.reporting import Reporting
from engine.schema import apply
from tests.runtime_web.reports.sales import selling
from tests.runtime_web.visitor import Site, Visitor
from tests.shop import SHOP

ROLES = {
    "clerk": {"grants": [{"entity": "order", "can": ["read", "report"]}, {"entity": "client", "can": ["read"]}]},
    "seller": {
        "grants": [
            {"entity": "order", "can": ["read", "report"]},
            {"entity": "client", "can": ["read", "report"], "fields": {"code": "hidden", "status": "hidden"}},
        ]
    },
    "reader": {"grants": [{"entity": "*", "can": ["read"]}]},
}


@pytest.fixture
def shop(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url)


@pytest.fixture
def guarded(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, roles=ROLES)


def packed(report: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(report).encode()).decode().rstrip("=")


def lines(page: str) -> list[list[str]]:
    """The texts of a report's table, line by line."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells]


def ask(visitor: Visitor, report: Any, token: str | None = None) -> TestResponse:
    headers = {"X-CSRFToken": visitor.token("/keys") if token is None else token, "HX-Request": "true"}
    body = report if isinstance(report, str) else json.dumps(report)
    return visitor.client.post("/reports/_result", data=body, headers=headers, content_type="application/json")


def sees(site: Site, role: str) -> Visitor:
    site.workspace.people.set_roles(2, [role])
    return site.visitor("ben")


def test_the_list_names_the_reports_and_what_new_ones_can_be_about(shop: Site) -> None:
    page = shop.visitor("ana").get("/reports").text
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)', page) == [
        ("/reports/sales", "Sales by city"),
        ("/reports/counted", "Client"),
        ("/reports/hidden", "Order"),
    ]
    assert 'href="/reports/new/order_line"' in page
    assert 'href="/reports" title="Reports" aria-current="page"' in page


def test_the_table_of_a_report(shop: Site) -> None:
    page = shop.visitor("ana").get("/reports/sales").text
    assert lines(page) == [
        ["Oslo", "1,000.50", "10.00", "1,010.50"],
        ["Anna", "1,000.50", "10.00", "1,010.50"],
        ["Turku", "2.25", "", "2.25"],
        ["Bo", "2.25", "", "2.25"],
        ["(blank)", "", "", ""],
        ["Cia", "", "", ""],
        ["Total", "1,002.75", "10.00", "1,012.75"],
    ]
    assert re.findall(r'<th scope="col" class="head-item">([^<]+)', page) == ["March 2026", "April 2026"]
    assert "Total, €: 1 record has none." in page
    assert re.search(r"Computed from 4 records in \d+\.\d\d s", page)
    assert 'class="depth-1"' in page


def test_what_has_computed_it_is_told_to_those_who_see_everything(
    guarded: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of the two it is depends on how many records there are in all."""
    ana, ben = guarded.visitor("ana"), sees(guarded, "clerk")
    assert re.search(r"records in \d+\.\d\d s, by the database<", ana.get("/reports/counted").text)
    monkeypatch.setattr(Reporting.__init__, "__defaults__", (0,))
    page = ana.get("/reports/counted").text
    assert re.search(r"records in \d+\.\d\d s, by columns in memory, which take 1 MB<", page)
    assert lines(page) == [["New", "3"], ["Total", "3"]]
    assert re.search(r"records in \d+\.\d\d s<", ben.get("/reports/sales").text)


def test_a_report_speaks_the_language_of_its_reader(shop: Site) -> None:
    page = shop.visitor("ana").get("/reports/sales", headers={"Accept-Language": "fi"}).text
    assert "<h1>Myynti kaupungeittain" in page
    assert "maaliskuu 2026" in page
    assert lines(page)[0][1] == "1 000,50"


def test_a_report_without_values_counts_records(shop: Site) -> None:
    page = shop.visitor("ana").get("/reports/counted").text
    assert lines(page) == [["New", "3"], ["Total", "3"]]
    assert "Number of records" in page


def test_formulas_know_the_day_and_errors_are_told(shop: Site) -> None:
    values = {
        "total": {"field": "total", "hidden": True},
        "days": {"formula": "IF(TODAY() > DATE(2020; 1; 1); 7; 0)"},
        "share": {"formula": "total / 0"},
    }
    page = ask(shop.visitor("ana"), {"of": "order", "values": values}).text
    assert lines(page) == [["Total", "7.00", "#DIV/0!"]]


def test_the_address_holds_a_report(shop: Site) -> None:
    visitor = shop.visitor("ana")
    report = {"of": "order", "columns": [{"field": "client.city"}], "values": {"n": {"aggregate": "count"}}}
    assert lines(visitor.get(f"/reports/new/order?r={packed(report)}").text) == [["Total", "2", "1", "1", "4"]]
    for wrong in ("", "x", "!!", packed({"of": "order", "rows": 1}), packed([]), packed(report)[:20]):
        page = visitor.get(f"/reports/new/order?r={wrong}")
        assert page.status_code == 200
        assert 'role="alert"' in page.text


def test_the_designer_gets_a_part_of_the_page(shop: Site) -> None:
    visitor = shop.visitor("ana")
    answer = ask(
        visitor, {"of": "order", "rows": [{"field": "date", "by": "year"}], "values": {"sum": {"field": "total"}}}
    )
    assert answer.status_code == 200
    assert lines(answer.text) == [["2026", "1,012.75"], ["Total", "1,012.75"]]
    assert "<html" not in answer.text
    assert json.loads(unescape(re.findall(r'data-spec="([^"]+)"', answer.text)[0]))["rows"] == [
        {"field": "date", "by": "year"}
    ]


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("[", "This is no report."),
        ({"of": "order", "nothing": 1}, "nothing"),
        ({"of": "order", "values": {"n": {"field": "client.city", "aggregate": "sum"}}}, "client.city"),
        ({"of": "order", "rows": [{"field": "total", "by": "month"}]}, "total"),
        ({"of": "order", "rows": [{"field": "client", "top": {"n": 5000}}]}, "rows.0.top.n"),
        ({"of": "order", "filters": {"t": {"field": "total", "operator": "ge", "values": ["many"]}}}, "many"),
    ],
)
def test_what_is_no_report_is_told_in_a_sentence(shop: Site, report: Any, said: str) -> None:
    answer = ask(shop.visitor("ana"), report)
    assert answer.status_code == 200
    assert said in unescape(answer.text)
    assert 'role="alert"' in answer.text


def test_filters_of_every_kind(shop: Site) -> None:
    visitor = shop.visitor("ana")
    filters: list[tuple[dict[str, Any], str]] = [
        ({"field": "client.city", "operator": "contains", "values": ["os"]}, "2"),
        ({"field": "client.status", "operator": "any_of", "values": ["gone", "new"]}, "4"),
        ({"field": "client.city", "operator": "blank"}, "1"),
        ({"field": "client", "operator": "any_of", "values": ["2"]}, "1"),
        ({"field": "total", "operator": "ge", "values": ["10"]}, "2"),
        ({"field": "date", "operator": "until", "values": ["2026-03-05"]}, "2"),
        ({"field": "number", "operator": "contains", "values": ["0002"]}, "1"),
        ({"field": "total", "operator": "blank"}, "1"),
        ({"field": "client.city"}, "4"),
    ]
    for chosen, count in filters:
        found = lines(ask(visitor, {"of": "order", "filters": {"one": chosen}}).text)
        assert found == [["Total", count]], chosen


def test_the_chip_of_a_filter_says_what_it_lets_through(shop: Site) -> None:
    filters = {
        "a": {"field": "date", "during": "last_month"},
        "b": {"field": "client", "operator": "any_of", "values": ["1", "2"]},
        "c": {"field": "total", "operator": "between", "values": ["10", "1000.5"]},
        "d": {"field": "client.city", "operator": "contains", "values": ["os"]},
        "e": {"field": "client.status", "operator": "any_of", "values": ["new"], "label": "State"},
        "f": {"field": "date"},
    }
    page = unescape(ask(shop.visitor("ana"), {"of": "order", "filters": filters}).text)
    assert re.findall(r'data-at="\w" [^>]*data-label="([^"]+)"', page) == [
        "Date: Last month",
        "Client: Anna, Bo",
        "Total: 10.00 – 1,000.50",
        "City: contains “os”",
        "State: New",
        "Date",
    ]


def test_nothing_found_is_said(shop: Site) -> None:
    chosen = {"one": {"field": "number", "operator": "equals", "values": ["none"]}}
    assert "No record fits this report." in ask(shop.visitor("ana"), {"of": "order", "filters": chosen}).text


@pytest.mark.parametrize("kind", ["bar", "stacked", "line", "area", "pie", "heat_map"])
def test_a_chart_says_in_words_what_it_shows(shop: Site, kind: str) -> None:
    report = {
        "of": "order",
        "chart": kind,
        "rows": [{"field": "client.city"}],
        "columns": [{"field": "date", "by": "month"}],
        "values": {"total": {"field": "total"}},
    }
    page = ask(shop.visitor("ana"), report).text
    assert "<svg" in page
    assert "style=" not in page
    assert re.search(r"Largest: [^<]*Oslo[^<]*1,0[01]0\.50\.", page)


def absent(visitor: Visitor, path: str) -> bool:
    """Whether an address answers as one that nobody has."""
    unknown = "/reports/nothing"
    found, missing = visitor.get(path), visitor.get(unknown)
    return found.status_code == 404 and found.text.replace(path, unknown) == missing.text


def test_reports_of_what_somebody_may_not_see_are_not_there(guarded: Site) -> None:
    clerk = sees(guarded, "clerk")
    assert lines(clerk.get("/reports/sales").text)[-1][0] == "Total"
    assert absent(clerk, "/reports/counted")
    assert absent(clerk, "/reports/new/client")
    assert absent(clerk, "/reports/new/nothing")
    seller = sees(guarded, "seller")
    assert absent(seller, "/reports/hidden")
    assert absent(seller, "/reports/counted")
    assert "/reports/hidden" not in seller.get("/reports").text
    assert lines(seller.get("/reports/sales").text)
    reader = sees(guarded, "reader")
    assert absent(reader, "/reports/sales")
    assert 'href="/reports"' not in reader.get("/").text


@pytest.mark.parametrize(
    "report",
    [
        {"of": "client", "rows": [{"field": "code"}]},
        {"of": "order", "rows": [{"field": "client.code"}]},
        {"of": "order", "filters": {"one": {"field": "client.code", "operator": "filled"}}},
        {"of": "order", "values": {"one": {"field": "client.code", "aggregate": "distinct"}}},
        {"of": "product"},
        {"of": "nothing"},
        {"of": "order", "rows": [{"field": "nothing"}]},
        {"of": "order", "rows": [{"field": "lines"}]},
    ],
)
def test_nobody_asks_for_what_they_may_not_see(guarded: Site, report: Any) -> None:
    seller = sees(guarded, "seller")
    unknown = ask(seller, {"of": "order", "rows": [{"field": "nothing"}]})
    answer = ask(seller, report)
    assert answer.status_code == 404
    assert answer.data == unknown.data
    assert seller.get(f"/reports/new/order?r={packed(report)}").status_code == 404


def test_the_designer_offers_only_what_the_reader_sees(guarded: Site) -> None:
    page = sees(guarded, "seller").get("/reports/new/order").text
    assert 'data-path="client.city"' in page
    assert "client.code" not in page
    assert 'data-path="lines"' not in page


def test_a_result_needs_the_token_of_the_page(shop: Site) -> None:
    assert ask(shop.visitor("ana"), {"of": "order"}, token="nonsense").status_code == 400


def test_a_formula_that_names_no_value_is_told_at_its_chip(shop: Site) -> None:
    values = {"total": {"field": "total"}, "share": {"formula": "totl / 2"}, "mean": {"expression": "cost * 2"}}
    answer = ask(shop.visitor("ana"), {"of": "order", "values": values})
    assert answer.status_code == 200
    page = unescape(answer.text)
    assert "The report has no value “totl”. Did you mean total?" in page
    chip = page[page.index('data-at="share"') :]
    assert '<p class="chip-fault">' in chip[: chip.index("</li>")]
    assert "There is no field “cost”." in page
    again = shop.visitor("ana").get(f"/reports/new/order?r={packed({'of': 'order', 'values': values})}")
    assert again.status_code == 200


def test_first_and_last_of_references_are_titles_and_conditions_say_yes_or_no(guarded: Site) -> None:
    values = {
        "first": {"field": "client", "aggregate": "first"},
        "last": {"field": "client", "aggregate": "last"},
        "large": {"formula": "n > 3"},
        "each": {"expression": "total > 5", "aggregate": "first"},
        "n": {"aggregate": "count"},
    }
    report = {"of": "order", "values": values}
    assert lines(ask(guarded.visitor("ana"), report).text) == [["Total", "Cia", "Anna", "Yes", "No", "4"]]
    file = guarded.visitor("ana").get(f"/reports/_file?format=csv&r={packed(report)}").data.decode("utf-8-sig")
    assert file.splitlines()[-1].startswith("Cia,Anna,")


@pytest.mark.parametrize("said", ["values", "where"])
def test_an_expression_of_what_one_may_not_see_is_told_like_one_of_nothing(guarded: Site, said: str) -> None:
    seller = sees(guarded, "seller")

    def told(name: str) -> str:
        text = f"LEN(client.{name}) > 1"
        report = {"of": "order", said: {"one": {"expression": text}} if said == "values" else text}
        answer = ask(seller, report)
        assert answer.status_code == 200
        assert f"has no field “{name}”" in answer.text
        return answer.text.replace(name, "").replace(" Did you mean orders?", "")

    assert told("code") == told("zzzz")


def test_amounts_are_shown_with_the_currency_that_stands_beside_them(
    make_site: Callable[..., Site], sqlite_url: str
) -> None:
    fields = {
        "city": {"type": "text"},
        "currency": {"type": "currency"},
        "price": {"type": "money", "currency": "currency"},
    }
    wanted = Configuration.model_validate({**SHOP, "entities": {**SHOP["entities"], "deal": {"fields": fields}}})
    site = make_site(sqlite_url, configuration=wanted)
    apply(site.workspace.database, wanted, "tests")
    site.add_people()
    deals = (("Oslo", "NOK", "10"), ("Oslo", "NOK", "5.50"), ("Turku", "EUR", "1"), ("Turku", "NOK", "2"))
    for city, currency, price in deals:
        site.records.create("deal", Edit({"city": city, "currency": currency, "price": Decimal(price)}))
    ana = site.visitor("ana")
    report: dict[str, Any] = {"of": "deal", "rows": [{"field": "city"}], "values": {"price": {"field": "price"}}}
    page = unescape(ask(ana, report).text)
    assert lines(page) == [["Oslo", "15.50 NOK"], ["Turku", "#CURRENCY!"], ["Total", "#CURRENCY!"]]
    assert "Price: amounts in several currencies are not added; #CURRENCY! stands where they meet." in page
    assert 'data-by-currency="currency"' in page
    apart = unescape(ask(ana, {**report, "columns": [{"field": "currency"}]}).text)
    assert lines(apart)[1] == ["Turku", "1.00 EUR", "2.00 NOK", "#CURRENCY!"]
    assert "data-by-currency" not in apart


def test_colours_say_what_they_mean_in_words_too(shop: Site) -> None:
    rules = [
        {"where": "total > 100", "color": "green", "label": {"en": "Large", "fi": "Suuri"}},
        {"where": "total > 5", "color": "red"},
    ]
    report = {
        "of": "order",
        "rows": [{"field": "client"}],
        "values": {"total": {"field": "total", "colors": rules, "scale": "bars"}},
    }
    page = unescape(ask(shop.visitor("ana"), report).text)
    assert '<td class="tinted pill-green bar bar-10" title="Total, €: Large"' in page
    assert '1,010.50<sup aria-hidden="true">1</sup><span class="visually-hidden"> (Total, €: Large)</span>' in page
    legend = page[page.index('<ul class="report-legend"') :]
    assert '<li class="pill pill-red"><sup>2</sup> Total, €: total > 5</li>' in legend
    wrong = {**report, "values": {"total": {"field": "total", "colors": [{"where": "totl > 1", "color": "red"}]}}}
    assert "The report has no value “totl”." in unescape(ask(shop.visitor("ana"), wrong).text)


def test_one_goes_up_and_down_the_levels_of_a_hierarchy(shop: Site) -> None:
    visitor = shop.visitor("ana")
    time = {"field": "date", "by": "year", "below": [{"by": "quarter"}, {"by": "month"}], "open": 1}
    report = {"of": "order", "rows": [time], "values": {"n": {"aggregate": "count"}}}
    page = unescape(ask(visitor, report).text)
    assert lines(page) == [["2026", "4"], ["Total", "4"]]
    assert re.findall(r'data-open-level="(\d)"[^>]*aria-pressed="(\w+)">([^<]+)', page) == [
        ("1", "true", "Year"),
        ("2", "false", "Quarter"),
        ("3", "false", "Month"),
    ]
    page = unescape(ask(visitor, {**report, "rows": [{**time, "open": 2}]}).text)
    assert lines(page) == [["2026", "4"], ["Q1 2026", "3"], ["Q2 2026", "1"], ["Total", "4"]]
    assert lines(visitor.get(f"/reports/new/order?r={packed(report)}").text)[0] == ["2026", "4"]
