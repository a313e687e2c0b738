"""The list page: what it shows, how it is searched, filtered, sorted and turned, and that it gives away no markup."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from engine.records import Edit, LineEdit
from tests.runtime_web.seen import data_rows, seen
from tests.runtime_web.visitor import Site, Visitor

PART = {"HX-Request": "true", "HX-Target": "div#list"}


def add(site: Site, entity: str, lines: dict[str, tuple[LineEdit, ...]] | None = None, **values: Any) -> int:
    return site.records.create(entity, Edit(values, None, lines or {})).id


def some_orders(site: Site) -> tuple[int, int]:
    anna = add(site, "client", name="Анна Ёлкина", city="Turku")
    bob = add(site, "client", name="Bob & <Sons>", city="Oulu")
    add(site, "order", date=dt.date(2026, 3, 1), client=anna, total=Decimal("1234.50"))
    add(site, "order", date=dt.date(2026, 3, 2), client=bob, total=Decimal(7))
    add(site, "order", date=dt.date(2026, 3, 3), client=anna)
    return anna, bob


def numbers(page: str) -> list[str]:
    return [row[1] for row in data_rows(page)]


def test_the_list_shows_the_columns_of_its_view_in_its_order(any_site: Site) -> None:
    some_orders(any_site)
    page = any_site.visitor("ben").get("/records/order").text
    assert seen(page).heads[1:] == ["Number", "Date", "Client", "Total, €"]
    assert data_rows(page) == [
        ["", "ORD-2026-0003", "03/03/2026", "Анна Ёлкина", ""],
        ["", "ORD-2026-0002", "02/03/2026", "Bob & <Sons>", "7.00"],
        ["", "ORD-2026-0001", "01/03/2026", "Анна Ёлкина", "1,234.50"],
    ]
    assert "3 records" in seen(page).text


def test_the_reader_s_language_decides_how_values_are_written(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    ben.post("/preferences", {"language": "fi", "next": "/"})
    assert data_rows(ben.get("/records/order").text)[2][2:] == ["01.03.2026", "Анна Ёлкина", "1 234,50"]


def test_values_cannot_bring_markup_along(site: Site) -> None:
    some_orders(site)
    page = site.visitor("ben").get("/records/order?q=sons").text
    assert "Bob &amp; &lt;Sons&gt;</a>" in page
    assert "<Sons>" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=елк", ["0003", "0001"]),
        ("q=bob", ["0002"]),
        ("f=date:from:2026-03-02", ["0003", "0002"]),
        ("f=date:between:2026-03-01,2026-03-02", ["0002", "0001"]),
        ("f=total:ge:7.01", ["0001"]),
        ("f=total:blank", ["0003"]),
        ("f=number:contains:0002", ["0002"]),
        ("sort=date", ["0001", "0002", "0003"]),
        ("sort=total", ["0003", "0002", "0001"]),
        ("sort=client,-date", ["0002", "0003", "0001"]),
        ("f=total:filled&sort=-total", ["0001", "0002"]),
        ("f=client.city:equals:turku", ["0003", "0001"]),
        ("f=client.city:exactly:turku", []),
        ("f=date:weekday:7&f=date:month_of_year:3", ["0001"]),
        ("f=client.city:differs:Turku&sort=number", ["0002"]),
        ("f=client.city:exactly:Turku&q=елк&f=total:filled", ["0001"]),
        ("f=client.agent.city:blank&f=client.name:starts:bob", ["0002"]),
    ],
)
def test_search_filters_and_order(any_site: Site, query: str, expected: list[str]) -> None:
    some_orders(any_site)
    page = any_site.visitor("ben").get(f"/records/order?{query}")
    assert numbers(page.text) == [f"ORD-2026-{number}" for number in expected]


def test_filters_by_reference_stand_as_chips_that_can_be_taken_off(site: Site) -> None:
    anna, bob = some_orders(site)
    page = site.visitor("ben").get(f"/records/order?f=client:any_of:{anna},{bob}&f=date:from:2026-03-02&sort=date").text
    found = seen(page)
    assert "Client: Анна Ёлкина, Bob & <Sons>" in found.text
    assert "Date: from 02/03/2026" in found.text
    assert f'href="/records/order?sort=date&amp;f=client:any_of:{anna},{bob}"' in page
    assert found.links["Clear all"] == "/records/order?sort=date"


def test_a_filter_by_what_is_referred_to_stands_as_a_chip_like_any_other(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    page = ben.get("/records/order?q=ord&sort=date&f=client.city:equals:Turku&f=client.vip:is:false").text
    assert "Client › City: Turku" in seen(page).text
    assert 'href="/records/order/filter/client.city?q=ord&amp;sort=date&amp;f=client.city:equals:Turku' in page
    assert 'href="/records/order?q=ord&amp;sort=date&amp;f=client.vip:is:false" aria-label="Remove the filter' in page
    assert (
        'href="/records/order?q=ord&amp;sort=number&amp;f=client.city:equals:Turku&amp;f=client.vip:is:false"' in page
    )
    card = ben.get("/records/order/1?sort=date&f=client.city:equals:Turku").text
    assert 'href="/records/order/3?sort=date&amp;f=client.city:equals:Turku"' in card
    assert 'href="/records/order/2?' not in card
    exported = ben.get("/records/order/export?format=csv&sort=date&f=client.city:equals:Turku").text
    assert exported.count("ORD-") == 2


@pytest.mark.parametrize("path", ["client.nothing", "client.orders", "nothing.city", "client.partners.city", "client."])
def test_a_way_to_nothing_is_answered_like_an_unknown_field(site: Site, path: str) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    page = ben.get(f"/records/order?f={path}:blank").text
    assert f"Part of this address is not known here and was left out: {path}:blank" in seen(page).text
    assert len(numbers(page)) == 3
    assert ben.get(f"/records/order/filter/{path}").status_code == 404
    assert ben.get(f"/records/order/filter-by/{path}").status_code == 404


def test_fields_of_what_is_referred_to_are_chosen_step_by_step(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    menu = ben.get("/records/order?sort=date").text
    assert (
        '/filter/client?sort=date" data-filter>Client</a><a class="menu-further" href="/records/order/filter-by/cl'
        in menu
    )
    page = ben.get("/records/order/filter-by/client?sort=date").text
    chooser = seen(page)
    assert chooser.links["City"] == "/records/order/filter/client.city?sort=date"
    assert "Orders" not in chooser.links
    assert chooser.links["Agent"] == "/records/order/filter/client.agent?sort=date"
    assert 'href="/records/order/filter-by/client.agent?sort=date" data-filter aria-label="Fields of “Agent”"' in page
    part = ben.get("/records/order/filter-by/client.agent", headers=PART).text
    assert "Client › Agent" in part
    assert "<html" not in part
    assert 'href="/records/order/filter/client.agent.city"' in part
    lines = ben.get("/records/order_line").text
    assert "/records/order_line/filter/order" in lines
    assert "/records/order_line/filter-by/order" in lines
    for wrong in ("city", "nothing", "client.city"):
        assert ben.get(f"/records/order/filter-by/{wrong}").status_code == 404


def test_parts_of_dates_stand_in_chips_by_their_names(site: Site) -> None:
    query = "f=date:weekday:7&f=date:month_of_year:3&f=client.seen:hour:9&f=date:weekday:8"
    page = seen(site.visitor("ben").get(f"/records/order?{query}").text).text
    assert "Date: Sunday" in page
    assert "Date: March" in page
    assert "Client › Seen: from 9:00 to 9:59" in page
    assert "left out: date:weekday:8" in page


def test_a_heading_sorts_and_says_so(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    page = ben.get("/records/order?q=bob").text
    assert 'aria-sort="descending"' in page
    assert '<a class="th-sort" href="/records/order?q=bob&amp;sort=date">Date' in page
    upwards = ben.get("/records/order?q=bob&sort=date").text
    assert 'aria-sort="ascending"' in upwards
    assert '<a class="th-sort" href="/records/order?q=bob&amp;sort=-date">Date' in upwards


def test_pages_turn_and_one_beyond_the_end_is_the_last(site: Site) -> None:
    for number in range(60):
        add(site, "product", name=f"Nail {number:02d}")
    ben = site.visitor("ben")
    first = ben.get("/records/product?size=25&sort=name").text
    assert "1 to 25 of 60" in seen(first).text
    assert data_rows(first)[0][1] == "Nail 00"
    assert 'rel="prev"' not in first
    beyond = ben.get("/records/product?size=25&sort=name&page=99").text
    assert "51 to 60 of 60" in seen(beyond).text
    assert data_rows(beyond)[0][1] == "Nail 50"
    assert 'rel="next"' not in beyond


class TestTurning:
    """From page to page by “Next” and “Previous”."""

    FIRST = "/records/product?size=25&sort=-name"

    def links(self, page: str) -> dict[str, str]:
        found = re.findall(r'rel="(prev|next)" id="list-\w+" href="([^"]+)"', page)
        return {rel: unescape(href) for rel, href in found}

    def products(self, site: Site, number: int = 80) -> Visitor:
        for made in range(number):
            add(site, "product", name=f"Nail {made // 2:02d}")
        return site.visitor("ben")

    def test_there_and_back(self, any_site: Site) -> None:
        ben = self.products(any_site)
        there = [ben.get(self.FIRST).text]
        while following := self.links(there[-1]).get("next"):
            there.append(ben.get(following).text)
        by_number = [ben.get(f"{self.FIRST}&page={number}").text for number in (1, 2, 3, 4)]
        assert [data_rows(page) for page in there] == [data_rows(page) for page in by_number]
        back = [there[-1]]
        while before := self.links(back[-1]).get("prev"):
            back.append(ben.get(before).text)
        assert [data_rows(page) for page in reversed(back)] == [data_rows(page) for page in by_number]
        spans = ["1 to 25 of 80", "26 to 50 of 80", "51 to 75 of 80", "76 to 80 of 80"]
        for pages in (there, back[::-1]):
            assert all(span in seen(page).text for span, page in zip(spans, pages, strict=True))

    def test_the_numbers_end_with_the_count_if_rows_have_gone(self, site: Site) -> None:
        ben = self.products(site, 55)
        second = ben.get(self.links(ben.get(self.FIRST).text)["next"]).text
        site.records.delete("product", [55, 54, 53])
        last = ben.get(self.links(second)["next"]).text
        assert "48 to 52 of 52" in seen(last).text
        assert len(data_rows(last)) == 5

    def test_turning_back_to_the_beginning_shows_the_whole_first_page(self, site: Site) -> None:
        ben = self.products(site)
        third = ben.get(self.links(ben.get(f"{self.FIRST}&page=2").text)["next"]).text
        site.records.delete("product", list(range(31, 81)))
        first = ben.get(self.links(third)["prev"]).text
        assert "1 to 25 of 30" in seen(first).text

    def test_cards_know_their_neighbours_across_pages(self, site: Site) -> None:
        ben = self.products(site)
        url, positions = "/records/product/79?size=25&sort=-name", []
        while url:
            card = ben.get(url).text
            positions.append(int(url.partition("?")[0].rpartition("/")[2]))
            url = unescape(next(iter(re.findall(r'rel="next" href="([^"]+)"', card)), ""))
        assert positions == list(range(79, 0, -1))


def test_a_row_leads_to_its_card_and_takes_the_list_along(site: Site) -> None:
    some_orders(site)
    links = seen(site.visitor("ben").get("/records/order?q=bob&sort=date").text).links
    assert links["ORD-2026-0002"] == "/records/order/2?q=bob&sort=date"
    assert links["Bob & <Sons>"] == "/records/client/2"


def test_an_empty_list_says_what_to_do(site: Site) -> None:
    found = seen(site.visitor("ben").get("/records/product").text)
    assert "Nothing here yet" in found.text
    assert found.links["Add product"] == "/records/product/new"


def test_a_list_without_matches_names_the_filters_and_offers_to_clear_them(site: Site) -> None:
    some_orders(site)
    found = seen(site.visitor("ben").get("/records/order?q=zzz&f=total:blank&sort=date").text)
    assert "No record matches “zzz”; Total: blank." in found.text
    assert found.links["Clear search and filters"] == "/records/order?sort=date"


def test_what_the_address_names_and_does_not_exist_is_said(site: Site) -> None:
    found = seen(site.visitor("ben").get("/records/order?f=secret:eq:1&sort=nothing").text)
    assert "was left out: nothing, secret:eq:1" in found.text


def test_a_script_gets_the_list_alone_and_its_address(site: Site) -> None:
    some_orders(site)
    answer = site.visitor("ben").get("/records/order?q=bob&page=9", headers=PART)
    assert answer.headers["HX-Push-Url"] == "/records/order?q=bob"
    assert answer.headers["HX-Retarget"] == "#list"
    assert "<html" not in answer.text
    assert numbers(answer.text) == ["ORD-2026-0002"]
    assert '<div class="top-aside" id="aside" hx-swap-oob="true">1 record</div>' in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_going_back_makes_no_new_address(site: Site) -> None:
    answer = site.visitor("ben").get("/records/order", headers={**PART, "HX-History-Restore-Request": "true"})
    assert "HX-Push-Url" not in answer.headers


@pytest.mark.parametrize("path", ["/records/nothing", "/records/order/filter/nothing", "/records/order/filter/lines"])
def test_what_does_not_exist_is_not_found(site: Site, path: str) -> None:
    assert site.visitor("ben").get(path).status_code == 404


def test_lines_are_listed_with_the_record_they_belong_to(site: Site) -> None:
    anna, _ = some_orders(site)
    nail = add(site, "product", name="Nail")
    line = LineEdit(None, {"product": nail, "quantity": Decimal("1.5")})
    order = add(site, "order", {"lines": (line,)}, date=dt.date(2026, 4, 1), client=anna)
    ben = site.visitor("ben")
    page = ben.get(f"/records/order_line?f=product:any_of:{nail}").text
    assert data_rows(page) == [["ORD-2026-0004", "Nail", "1.5", ""]]
    assert "Add order line" not in page
    assert ben.get("/records/order_line/1").headers["Location"] == f"/records/order/{order}"


class TestFilterForm:
    def test_it_has_the_operators_and_the_input_of_the_field_s_type(self, site: Site) -> None:
        form = site.visitor("ben").get("/records/order/filter/date?q=x").text
        assert 'type="date"' in form
        assert '<option value="between" data-takes="two">is between</option>' in form
        assert '<input type="hidden" name="q" value="x">' in form
        assert "This month" in form

    def test_choices_are_ticked(self, site: Site) -> None:
        form = site.visitor("ben").get("/records/client/filter/status?f=status:any_of:gone").text
        assert 'value="gone" checked' in form
        assert 'value="new">' in form

    def test_a_picker_knows_what_is_chosen(self, site: Site) -> None:
        anna, _ = some_orders(site)
        form = site.visitor("ben").get(f"/records/order/filter/client?f=client:any_of:{anna}").text
        assert f'<option value="{anna}" selected>Анна Ёлкина</option>' in form
        assert 'data-picker="/lookup/client"' in form

    @pytest.mark.parametrize("typed", ["²", "9" * 30])
    def test_what_is_no_number_of_a_record_is_refused(self, site: Site, typed: str) -> None:
        answer = site.visitor("ben").get(f"/records/order/filter/client?op=any_of&v={typed}")
        assert answer.status_code == 422
        assert "field-error" in answer.text

    @pytest.mark.parametrize(
        ("field", "sent", "made"),
        [
            ("total", "op=ge&v=1,234.5&v=", "f=total:ge:1234.50"),
            ("date", "op=between&v=2026-03-02&v=2026-03-01", "f=date:between:2026-03-01,2026-03-02"),
            ("client", "op=any_of&v=1&v=2", "f=client:any_of:1,2"),
            ("comment", "op=contains&v=a,b", "f=comment:contains:a%5C,b"),
            ("total", "op=blank", "f=total:blank"),
            ("client.city", "op=exactly&v=Oslo", "f=client.city:exactly:Oslo"),
            ("client.vip", "op=is&v=true", "f=client.vip:is:true"),
            ("client.vip", "op=blank", "f=client.vip:blank"),
            ("date", "op=during&v=&v=&span=last_month&count=&unit=days", "f=date:during:last_month"),
            ("date", "op=last&v=&span=today&count=014&unit=days", "f=date:during:last_14_days"),
            ("date", "op=next&count=3&unit=months", "f=date:during:next_3_months"),
        ],
    )
    def test_sent_it_leads_to_the_list(self, site: Site, field: str, sent: str, made: str) -> None:
        answer = site.visitor("ben").get(f"/records/order/filter/{field}?sort=date&page=3&{sent}")
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/records/order?sort=date&{made}"

    def test_left_blank_it_takes_the_filter_away(self, site: Site) -> None:
        answer = site.visitor("ben").get("/records/order/filter/total?f=total:ge:5&op=ge&v=&v=")
        assert answer.headers["Location"] == "/records/order"

    def test_what_does_not_fit_is_said_and_kept(self, site: Site) -> None:
        answer = site.visitor("ben").get("/records/order/filter/total?op=ge&v=many&v=")
        assert answer.status_code == 422
        assert "“many” is not a number" in answer.text
        assert 'value="many"' in answer.text

    @pytest.mark.parametrize("count", ["0", "-1", "1000", "some"])
    def test_so_many_days_are_a_whole_number(self, site: Site, count: str) -> None:
        answer = site.visitor("ben").get(f"/records/order/filter/date?op=last&count={count}&unit=days")
        assert answer.status_code == 422
        assert "Enter a whole number from 1 to 999." in answer.text

    def test_a_time_that_moves_is_said_by_the_chip_and_stands_in_the_form(self, site: Site) -> None:
        some_orders(site)
        page = site.visitor("ben").get("/records/order?f=date:during:last_14_days&f=date:during:this_year").text
        assert ">Date: last 14 days</a>" in page
        assert ">Date: this year</a>" in page
        form = site.visitor("ben").get("/records/order/filter/date?f=date:during:last_14_days").text
        assert '<option value="last" data-takes="count" selected>' in form
        assert 'name="count" value="14"' in form

    def test_two_values_need_both(self, site: Site) -> None:
        answer = site.visitor("ben").get("/records/order/filter/date?op=between&v=2026-03-01&v=")
        assert "Enter both values" in answer.text


class TestBuilder:
    """The whole filter as a tree, step by step without a script."""

    def test_it_is_put_together_step_by_step(self, site: Site) -> None:
        some_orders(site)
        ben = site.visitor("ben")
        form = ben.get("/records/order/conditions?f=client.status:any_of:gone&q=x").text
        assert inputs(form, "node") == ["0"]
        assert 'value="gone" checked' in form
        assert '<input type="hidden" name="q" value="x">' in form
        said = "q=x&node=0&0.field=client.status&0.was=client.status&0.op=any_of&0.v=gone"
        form = ben.get(f"/records/order/conditions?{said}&do=group:").text
        assert inputs(form, "node") == ["0", "1", "1.0"]
        assert inputs(form, "held") == ["1"]
        assert 'value="any" selected' in form
        said += "&node=1&held=1&1.how=any&node=1.0&1.0.field=client.city"
        form = ben.get(f"/records/order/conditions?{said}&do=change").text
        assert '<optgroup label="Client">' in form
        assert '<option value="client.city" selected>' in form
        said += "&1.0.was=client.city&1.0.op=contains&1.0.v=a;b"
        form = ben.get(f"/records/order/conditions?{said}&do=add:1").text
        assert inputs(form, "node") == ["0", "1", "1.0", "1.1"]
        said += "&node=1.1&1.1.field=date&1.1.was=date&1.1.op=last&1.1.count=7&1.1.unit=days"
        answer = ben.get(f"/records/order/conditions?{said}&do=apply")
        assert answer.status_code == 303
        state = "f=client.status:any_of:gone&f=any(client.city:contains:a\\;b;date:during:last_7_days)"
        assert unquote(answer.headers["Location"]) == f"/records/order?q=x&{state}"
        page = ben.get(answer.headers["Location"]).text
        assert ">Client › City: contains “a;b” or Date: last 7 days</a>" in page
        form = ben.get(f"/records/order/conditions?{said}&do=remove:1").text
        assert inputs(form, "node") == ["0"]

    def test_any_of_all_is_one_condition_and_a_blank_one_asks_nothing(self, site: Site) -> None:
        said = "how=any&node=0&0.field=date&0.was=date&0.op=blank&node=1&1.field=total&1.was=total&1.op=ge&1.v=5"
        answer = site.visitor("ben").get(f"/records/order/conditions?{said}&do=apply")
        assert unquote(answer.headers["Location"]) == "/records/order?f=any(date:blank;total:ge:5.00)"
        answer = site.visitor("ben").get(f"/records/order/conditions?{said.replace('ge&1.v=5', 'ge&1.v=')}&do=apply")
        assert answer.headers["Location"] == "/records/order?f=date:blank"

    def test_what_does_not_fit_is_said_at_its_condition(self, site: Site) -> None:
        said = "node=0&0.field=total&0.was=total&0.op=ge&0.v=many&do=apply"
        answer = site.visitor("ben").get(f"/records/order/conditions?{said}")
        assert answer.status_code == 422
        assert 'aria-describedby="0.filter-error"' in answer.text
        assert "“many” is not a number" in answer.text

    @pytest.mark.parametrize("act", ["remove:9", "remove:0.1.2", "remove:", "add:7", "explode:0", "remove:x"])
    def test_a_step_that_leads_nowhere_changes_nothing(self, site: Site, act: str) -> None:
        form = site.visitor("ben").get(f"/records/order/conditions?node=0&0.field=secret&do={act}").text
        assert inputs(form, "node") == ["0"]
        assert 'value="secret"' not in form


def inputs(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


class TestTrash:
    def test_what_is_ticked_is_deleted_and_can_be_brought_back(self, any_site: Site) -> None:
        some_orders(any_site)
        ben = any_site.visitor("ben")
        answer = ben.post("/records/order/delete?sort=date", {"id": ["1", "3"]})
        assert answer.headers["Location"] == "/records/order?sort=date"
        page = ben.get("/records/order?sort=date").text
        assert numbers(page) == ["ORD-2026-0002"]
        assert "Deleted: 2 records" in page
        assert 'action="/records/order/restore?ids=1,3&amp;sort=date"' in page
        assert [row[1] for row in data_rows(ben.get("/records/order/trash").text)] == ["ORD-2026-0003", "ORD-2026-0001"]
        ben.post("/records/order/restore?ids=1,3&sort=date")
        assert len(numbers(ben.get("/records/order").text)) == 3

    def test_what_others_refer_to_stays_and_it_says_why(self, site: Site) -> None:
        anna, _ = some_orders(site)
        ben = site.visitor("ben")
        answer = ben.post(f"/records/client/{anna}/delete")
        assert answer.headers["Location"] == f"/records/client/{anna}"
        assert (
            "2 records of “Order” still refer to this through “Client”."
            in seen(ben.get(f"/records/client/{anna}").text).text
        )

    def test_the_trash_lists_and_restores(self, site: Site) -> None:
        nail = add(site, "product", name="Nail")
        ben = site.visitor("ben")
        ben.post(f"/records/product/{nail}/delete")
        trash = ben.get("/records/product/trash").text
        assert data_rows(trash)[0][1] == "Nail"
        assert f'href="/records/product/{nail}/history"' in trash
        ben.post("/records/product/restore", {"id": [str(nail)]})
        assert "The trash is empty" in ben.get("/records/product/trash").text
        assert ben.get(f"/records/product/{nail}").status_code == 200


class TestLookup:
    def test_titles_are_found_by_words_in_any_alphabet(self, any_site: Site) -> None:
        anna, _ = some_orders(any_site)
        items = any_site.visitor("ben").get("/lookup/client?q=елкин").get_json()["items"]
        assert items == [{"id": str(anna), "title": "Анна Ёлкина"}]

    def test_what_was_chosen_lately_comes_first(self, site: Site) -> None:
        for number in range(30):
            add(site, "client", name=f"A {number:02d}")
        _, bob = some_orders(site)
        add(site, "order", client=bob)
        items = site.visitor("ben").get("/lookup/client?for=order.client").get_json()["items"]
        assert [item["title"] for item in items[:3]] == ["Bob & <Sons>", "Анна Ёлкина", "A 00"]
        assert len(items) == 20

    def test_people_can_be_looked_up(self, site: Site) -> None:
        items = site.visitor("ben").get("/lookup/_user?q=popa").get_json()["items"]
        assert [item["title"] for item in items] == ["Ana Popa"]

    def test_there_is_nothing_else_to_look_up(self, site: Site) -> None:
        ben = site.visitor("ben")
        assert ben.get("/lookup/_session").status_code == 404
        assert ben.get("/lookup/nothing").status_code == 404
