"""Lists in groups: subtotals over all records, groups that open, the row of totals, and the form that chooses them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest

from engine.records import Edit
from tests.runtime_web.seen import data_rows
from tests.runtime_web.visitor import Site, Visitor

PART = {"HX-Request": "true"}


@pytest.fixture
def ben(any_site: Site) -> Visitor:
    """Somebody who looks at seven orders of three clients, in two cities and in none."""
    made = [
        any_site.records.create("client", Edit({"name": name, "city": city, "status": status})).id
        for name, city, status in (("Anna", "Turku", "new"), ("Bob", "Oulu", "gone"), ("Чук", "Turku", "new"))
    ]
    made.append(any_site.records.create("client", Edit({"name": "Dan"})).id)
    for day, client, total in ((1, 0, "10.50"), (2, 0, "5"), (3, 1, "100"), (4, 1, None), (5, 2, "7"), (6, 3, "1")):
        values = {"date": dt.date(2026, day % 2 + 1, day), "total": Decimal(total) if total else None}
        any_site.records.create("order", Edit({**values, "client": made[client]}))
    return any_site.visitor("ben")


def groups(page: str) -> list[list[str]]:
    """The rows of groups: label, number of records, and what stands in the columns."""
    found = re.findall(r'<tr class="group-row.*?</tr>', page, re.DOTALL)
    plain = re.compile(r'<span class="visually-hidden">.*?</span>|<svg.*?</svg>|<[^>]+>', re.DOTALL)
    return [
        [text for cell in re.findall(r"<td.*?</td>", row, re.DOTALL) for text in plain.sub(" ", cell).split()]
        for row in found
    ]


def foot(page: str) -> list[str]:
    row = re.search(r"<tfoot.*?</tfoot>", page, re.DOTALL)
    assert row
    return re.sub(r"<[^>]+>", " ", row[0]).split()


def inside(page: str, number: int) -> str:
    """The address of what is in a group."""
    return unescape(re.findall(r'data-load="([^"]*)"', page)[number])


def test_subtotals_are_those_of_all_records(ben: Visitor) -> None:
    page = ben.get("/records/order?group=client.city,client&totals=total:sum&size=25").text
    assert groups(page) == [["(blank)", "1", "1.00"], ["Oulu", "2", "100.00"], ["Turku", "3", "22.50"]]
    assert foot(page) == ["Total", "123.50"]
    assert "3 groups" in page
    assert data_rows(page) == groups(page) or "data-id" not in page
    within = ben.get(inside(page, 2), headers=PART).text
    assert groups(within) == [["Anna", "2", "15.50"], ["Чук", "1", "7.00"]]
    rows = ben.get(inside(within, 0), headers=PART).text
    assert re.findall(r">(ORD-2026-\d+)</a>", rows) == ["ORD-2026-0002", "ORD-2026-0001"] or "ORD-2026-0001" in rows
    assert rows.count("data-id=") == 2


def test_without_a_script_a_group_leads_to_the_list_of_its_records(ben: Visitor) -> None:
    page = ben.get("/records/order?group=client.city&totals=total:sum").text
    url = unescape(re.findall(r'class="group-toggle" href="([^"]*)"', page)[2])
    assert url == "/records/order?f=client.city:exactly:Turku&group=none&totals=total:sum"
    listed = ben.get(url).text
    assert listed.count("data-id=") == 3
    assert foot(listed) == ["Total", "22.50"]
    assert ben.get(inside(page, 2)).headers["Location"] == url


@pytest.mark.parametrize(
    ("group", "found"),
    [
        ("date:month", [["January", "2026", "3"], ["February", "2026", "3"]]),
        ("date:year", [["2026", "6"]]),
        ("client.status", [["New", "4"], ["Gone", "2"]]),
        ("client.vip", [["No", "6"]]),
        ("total&f=total:blank", [["(blank)", "1"]]),
    ],
)
def test_by_what_lists_are_grouped(ben: Visitor, group: str, found: list[list[str]]) -> None:
    assert groups(ben.get(f"/records/order?group={group}").text) == found


def test_search_and_filters_narrow_groups_and_totals(ben: Visitor) -> None:
    page = ben.get("/records/order?group=client&totals=total:max&q=чук").text
    assert groups(page) == [["Чук", "1", "7.00"]]
    page = ben.get("/records/order?group=client&totals=total:average&f=any(client.city:equals:oulu;total:lt:2)").text
    assert groups(page) == [["Bob", "2", "100.00"], ["Dan", "1", "1.00"]]
    assert foot(page) == ["Total", "50.50"]


def test_groups_stand_in_the_order_of_the_list(ben: Visitor) -> None:
    page = ben.get("/records/order?group=client.city&totals=total:sum&sort=-total").text
    assert [row[0] for row in groups(page)] == ["Oulu", "Turku", "(blank)"]
    page = ben.get("/records/order?group=date:month&sort=-date").text
    assert [row[0] for row in groups(page)] == ["February", "January"]


def test_what_is_not_there_is_left_out(ben: Visitor) -> None:
    page = ben.get(
        "/records/order?group=nothing,client.tags,client:month,client&totals=client:sum,comment:count,x:sum"
    ).text
    assert [row[0] for row in groups(page)] == ["Anna", "Bob", "Dan", "Чук"]
    for text in ("nothing", "client.tags", "client:month", "client:sum", "x:sum"):
        assert text in re.search(r'role="alert">(.*?)</p>', page, re.DOTALL)[1]  # type: ignore[index]


def test_the_form_adds_moves_and_removes_levels(ben: Visitor) -> None:
    form = ben.get("/records/order/grouping?q=a&group=client.city").text
    assert 'name="level.0"' in form
    assert '<option value="client.city" selected>Client › City</option>' in form
    said = "q=a&level.0=client.city&was.0=client.city&level.1=date"
    form = ben.get(f"/records/order/grouping?{said}&do=change").text
    assert '<option value="month" selected>' in form
    said += "&was.1=date&by.1=quarter&total.total=sum&total.client="
    made = ben.get(f"/records/order/grouping?{said}&do=apply").headers["Location"]
    assert made == "/records/order?q=a&group=client.city,date:quarter&totals=total:sum"
    for act, levels in (("up:1", ["date", "client.city"]), ("down:0", ["date", "client.city"]), ("remove:0", ["date"])):
        form = ben.get(f"/records/order/grouping?{said}&do={act}").text
        chosen = re.findall(r'name="was\.\d" value="([^"]+)"', form)
        assert chosen == levels, act
    assert ben.get("/records/order/grouping?do=apply").headers["Location"] == "/records/order?group=none&totals=none"


def test_a_moment_is_grouped_by_its_day(ben: Visitor, any_site: Site) -> None:
    for hour in (1, 23):
        any_site.records.create("client", Edit({"name": "x", "seen": dt.datetime(2026, 5, 5, hour, tzinfo=dt.UTC)}))
    page = ben.get("/records/client?group=seen&f=seen:filled").text
    assert sum(int(row[-1]) for row in groups(page)) == 2
    assert ben.get(inside(page, 0), headers=PART).text.count("data-id=") == int(groups(page)[0][-1])
