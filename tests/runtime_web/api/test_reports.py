"""Reports over the API: those that there are, what they give, and what one gives that is sent along."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.audit import Audit, Sought
from engine.rights import SYSTEM, rights_of
from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.reports.sales import REPORTS, selling
from tests.runtime_web.reports.test_saved import kept
from tests.runtime_web.visitor import Site

PERIOD = {"period": {"field": "date", "ask": True, "label": "Months"}}
ROLES = {
    "seller": {
        "grants": [
            {"entity": "order", "can": ["read", "report", "export"], "where": "total > 5"},
            {"entity": "client", "can": ["read"], "fields": {"code": "hidden"}},
        ]
    },
    "clerk": {"grants": [{"entity": "*", "can": ["read", "report"]}]},
}
CITIES = {"of": "order", "rows": [{"field": "client.city"}], "values": {"total": {"field": "total"}}, "filters": PERIOD}
TABLE = {
    "title": "Sales by city",
    "records": 4,
    "labels": 2,
    "head": [["", "", "March 2026", "April 2026", "Total"], ["City", "Client", "Total, €", "Total, €", "Total, €"]],
    "notes": ["Total, €: 1 record has none."],
}


@pytest.fixture
def site(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    return selling(make_site, sqlite_url, roles=ROLES, reports={**REPORTS, "asked": CITIES})


@pytest.fixture
def program(site: Site) -> Caller:
    return caller(site)


def of_ben(site: Site, role: str, **wish: object) -> Caller:
    site.workspace.people.set_roles(2, [role])
    return caller(site, "ben", **wish)  # type: ignore[arg-type]


def names(program: Caller) -> list[str]:
    return [one["name"] for one in program.get("/_reports").json["items"]]


def totals(answer: object) -> list[list[str]]:
    return [row for row in answer.json["rows"] if row[0]]  # type: ignore[attr-defined]


def test_what_there_is(site: Site, program: Caller) -> None:
    ana = site.visitor("ana")
    number = kept(ana, who="everyone").removeprefix("/reports/")
    items = program.get("/_reports").json["items"]
    assert [(one["name"], one["label"], one["of"], one["saved"]) for one in items] == [
        ("sales", "Sales by city", "order", False),
        ("counted", "Client", "client", False),
        ("hidden", "Order", "order", False),
        ("asked", "Order", "order", False),
        (number, "My cities", "order", True),
    ]
    assert items[3]["params"] == [{"name": "period", "field": "date", "label": "Months", "ask": True}]
    assert names(of_ben(site, "seller")) == ["sales", "asked", number]
    assert names(of_ben(site, "clerk")) == []


def test_a_table(program: Caller) -> None:
    found = program.get("/_reports/sales").json
    assert {key: found[key] for key in TABLE} == TABLE
    assert found["rows"][0] == ["Oslo", "Total", "1000.50", "10.00", "1010.50"]
    assert found["rows"][-1] == ["Total", "", "1002.75", "10.00", "1012.75"]


def test_params_are_those_of_the_pages_and_of_the_terminal(site: Site, program: Caller) -> None:
    for period, total in (("2026-04", "10.00"), ("2026-03-02..2026-03-31", "1002.75"), ("", "1012.75")):
        given = program.get("/_reports/asked", params=json.dumps({"period": period}))
        assert given.json["rows"][-1] == ["Total", total]
        asked = program.post("/_reports", {"report": CITIES, "params": {"period": period}})
        assert asked.json["rows"] == given.json["rows"]
    number = kept(site.visitor("ana"), CITIES).removeprefix("/reports/")
    assert program.get(f"/_reports/{number}", params='{"period":"2026-04"}').json["rows"][-1] == ["Total", "10.00"]


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("sales", {"params": '{"period":"2026"}'}, 400, "parameter-unknown"),
        ("sales", {"param": "{}"}, 400, "parameter-unknown"),
        ("asked", {"params": "{"}, 400, "parameter-invalid"),
        ("asked", {"params": '{"period":2026}'}, 400, "parameter-invalid"),
        ("asked", {"params": '{"period":"soon"}'}, 422, "not-a-date"),
        ("nothing", {}, 404, "nothing-here"),
        ("123456789", {}, 404, "nothing-here"),
    ],
)
def test_what_is_not_understood_is_told(
    program: Caller, path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = program.get(f"/_reports/{path}", **query)
    assert (answer.status_code, codes(answer)[0][0]) == (status, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "report-not-understood"),
        ({"report": {"of": "order", "rows": [{"field": "date", "by": "moon"}]}}, 422, "report-not-understood"),
        ({"report": {"of": "order", "chart": 7}}, 422, "report-not-understood"),
        ({"report": CITIES, "spec": 1}, 400, "parameter-unknown"),
        ({"report": {"of": "ghost"}}, 404, "nothing-here"),
        ({"report": {"of": "order", "rows": [{"field": "client.ghost"}]}}, 404, "nothing-here"),
        ({"report": {"of": "order", "rows": [{"field": "total", "by": "month"}]}}, 422, "report-part-unsuitable"),
    ],
)
def test_what_is_no_report_is_told(program: Caller, body: object, status: int, code: str) -> None:
    answer = program.post("/_reports", body)
    assert (answer.status_code, codes(answer)[0][0]) == (status, code)


def test_everybody_gets_their_own_numbers_and_what_is_hidden_is_not_there(site: Site) -> None:
    seller = of_ben(site, "seller")
    assert seller.get("/_reports/sales").json["rows"][-1][-1] == "1010.50"
    missing = seller.get("/_reports/nothing").data
    for path in ("hidden", "counted"):
        assert seller.get(f"/_reports/{path}").data == missing
    private = kept(site.visitor("ana")).removeprefix("/reports/")
    assert seller.get(f"/_reports/{private}").data == missing
    report = {"of": "order", "rows": [{"field": "client.code"}]}
    assert seller.post("/_reports", {"report": report}).data == missing


def test_what_may_not_be_exported_does_not_leave(site: Site) -> None:
    clerk = of_ben(site, "clerk")
    answer = clerk.get("/_reports/sales")
    assert (answer.status_code, codes(answer)) == (403, [("right-missing", "")])
    assert caller(site, scopes=("write",)).get("/_reports").status_code == 403


def test_a_token_for_some_entities_reaches_no_others(site: Site) -> None:
    narrow = caller(site, entities=("order",))
    assert names(narrow) == []
    assert narrow.get("/_reports/sales").status_code == 404
    months = {"of": "order", "rows": [{"field": "date", "by": "month"}]}
    assert narrow.post("/_reports", {"report": months}).json["rows"][-1] == ["Total", "4"]
    for more in (
        {"where": 'client.city = "Oslo"'},
        {"rows": [{"field": "client"}]},
        {"rows": [{"field": "date", "below": [{"field": "client.city"}]}]},
        {"filters": {"c": {"field": "client"}}},
    ):
        assert narrow.post("/_reports", {"report": {"of": "order", **more}}).status_code == 404
    assert names(caller(site, entities=("order", "client"))) == ["sales", "counted", "hidden", "asked"]


def test_what_left_is_in_the_audit_log(site: Site, program: Caller) -> None:
    program.get("/_reports/sales")
    held = site.workspace
    (line,) = Audit(held.database).lines(rights_of(held.configuration, SYSTEM), Sought(event="export"))
    assert dict(line.details) == {"entity": "order", "format": "json", "records": "4"}
