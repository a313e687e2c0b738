"""The columns of a list as each person lays them out, on the page, in exports, and for nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runtime_web.recent import Recent
from tests.runtime_web.seen import data_rows, seen
from tests.runtime_web.test_list import PART, some_orders
from tests.runtime_web.trade import open_trade
from tests.runtime_web.visitor import Site, Visitor

USUAL = ["Number", "Date", "Client", "Total, €"]


def heads(visitor: Visitor, path: str = "/records/order") -> list[str]:
    return seen(visitor.get(path).text).heads[1:]


def lay_out(visitor: Visitor, *columns: str, path: str = "/records/order", **form: str) -> None:
    answer = visitor.post(path.replace("order", "order/columns", 1), {"column": list(columns), **form})
    assert answer.status_code == 303, answer.text


def widths(page: str) -> list[str]:
    return re.findall(r"<col(?: width=\"(\d+)\")?>", page)


def test_columns_are_shown_hidden_and_ordered_by_each_person_and_given_back(any_site: Site) -> None:
    some_orders(any_site)
    ben = any_site.visitor("ben")
    assert heads(ben) == USUAL
    lay_out(ben, "client", "number", "comment")
    assert heads(ben) == ["Client", "Number", "Comment"]
    assert data_rows(ben.get("/records/order?sort=number").text)[0][1:3] == ["Анна Ёлкина", "ORD-2026-0001"]
    assert heads(any_site.visitor("ben"), "/records/order?q=0001") == ["Client", "Number", "Comment"]
    assert heads(any_site.visitor("ana")) == USUAL
    lay_out(ben, reset="1")
    assert heads(ben) == USUAL


def test_each_heading_says_its_field(site: Site) -> None:
    page = site.visitor("ben")
    some_orders(site)
    assert re.findall(r'data-field="(\w+)"', page.get("/records/order").text) == ["number", "date", "client", "total"]


def test_once_one_column_has_a_width_all_have(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    page = ben.get("/records/order").text
    assert widths(page) == ["", "", "", ""]
    assert "sized" not in page
    lay_out(ben, "number:7", "date:300", "client", "total:99999")
    page = ben.get("/records/order").text
    assert 'class="rows sized"' in page
    assert widths(page) == ["40", "300", "200", "1200"]


def test_so_many_columns_stay_as_one_wants_but_never_all(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    for wanted, found in (("0", 0), ("2", 2), ("6", 3), ("many", 1)):
        lay_out(ben, "number", "date", "client", "total", frozen=wanted)
        page = ben.get("/records/order").text
        head = page[page.index("<thead") : page.index("</thead>")]
        assert head.count("frozen frozen-") == found, wanted


def test_a_file_has_the_columns_of_the_screen(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    lay_out(ben, "total", "number")
    file = ben.get("/records/order/export?format=csv").text
    assert file.lstrip("\ufeff").splitlines()[0] == "Total,Number"


def test_the_panel_names_all_fields_those_shown_first_and_the_list_comes_back(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    lay_out(ben, "total:150", "number")
    page = ben.get("/records/order/columns?q=anna&sort=number").text
    offered = re.findall(r'name="column" value="([\w:]+)"( checked)?', page)
    assert offered[:3] == [("total:150", " checked"), ("number", " checked"), ("date", "")]
    assert {name for name, _ in offered[2:]} == {"date", "client", "comment"}
    assert 'action="/records/order/columns?q=anna&amp;sort=number"' in page
    answer = ben.post("/records/order/columns?q=anna&sort=number", {"column": "number"})
    assert answer.location == "/records/order?q=anna&sort=number"


def test_the_page_is_answered_with_the_list_or_with_nothing(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    part = ben.post("/records/order/columns", {"column": ["date", "number"]}, headers=PART)
    assert seen(part.text).heads[1:] == ["Date", "Number"]
    assert "HX-Push-Url" not in part.headers
    quiet = ben.post("/records/order/columns", {"column": ["date:90"], "quiet": "1"})
    assert (quiet.status_code, quiet.data) == (204, b"")
    assert heads(ben) == ["Date"]


@pytest.mark.parametrize("form", [{}, {"column": ""}, {"column": "nothing"}, {"column": ["lines", "id"]}])
def test_a_list_without_columns_is_not_kept(site: Site, form: dict[str, str]) -> None:
    ben = site.visitor("ben")
    assert ben.post("/records/order/columns", form).status_code == 400
    assert ben.get("/records/nothing/columns").status_code == 404
    assert ben.post("/records/nothing/columns", {"column": "name"}).status_code == 404


def test_what_may_not_be_seen_is_neither_offered_nor_shown(sqlite_url: str, tmp_path: Path) -> None:
    site = open_trade(sqlite_url, tmp_path)
    flo, ann = site.visitor("flo"), site.visitor("ann")
    for visitor in (flo, ann):
        answer = visitor.post("/records/client/columns", {"column": ["secret", "discount", "name", "city"]})
        assert answer.status_code == 303
    assert heads(flo, "/records/client") == ["Secret", "Discount", "Name", "City"]
    assert "ecret" not in ann.get("/records/client/columns").text
    assert heads(ann, "/records/client")[:2] == ["Name", "City"]
    assert "ecret" not in ann.get("/records/client").text
    site.workspace.database.close()


def test_lines_keep_what_they_belong_to_where_one_wants_it(sqlite_url: str, tmp_path: Path) -> None:
    site = open_trade(sqlite_url, tmp_path)
    ann = site.visitor("ann")
    assert seen(ann.get("/records/order_line").text).heads[0] == "Order"
    assert 'value="order" checked' in ann.get("/records/order_line/columns").text
    ann.post("/records/order_line/columns", {"column": ["quantity", "order"]})
    assert seen(ann.get("/records/order_line").text).heads == ["Quantity", "Order"]
    ann.post("/records/order_line/columns", {"column": ["quantity"]})
    page = ann.get("/records/order_line").text
    assert seen(page).heads == ["Quantity"]
    assert 'href="/records/order/' in page
    site.workspace.database.close()


def test_of_what_is_kept_in_memory_the_oldest_goes() -> None:
    kept, made = Recent(2), list[str]()

    def wanted(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key

        return kept.once(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert wanted(key) == key
    assert made == ["a", "b", "c", "b"]
    assert len(kept) == 2
