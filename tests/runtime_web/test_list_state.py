"""The address of a list: what it means, and that it comes back as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from engine.expressions.reached import Reached, reached
from engine.fields.locale import Locale
from engine.model import View
from engine.query import Condition, Edge, Sort
from runtime_web.lists.state import ListState, condition_of, read_state, written
from tests.shop import shop_configuration

SHOP = shop_configuration()
ORDER = SHOP.entities["order"]
EVERYTHING = {name: frozenset(entity.fields) for name, entity in SHOP.entities.items()}


def at(entity: str, path: str) -> Reached:
    found = reached(SHOP, entity, path)
    assert found is not None
    return found


def state_of(entity: str, query: str) -> ListState:
    return read_state(SHOP, entity, EVERYTHING[entity], MultiDict(parse_qsl(query)))


@pytest.mark.parametrize(
    ("entity", "query"),
    [
        ("client", ""),
        ("client", "q=an"),
        ("client", "sort=-name,city&f=status:any_of:new,gone"),
        ("client", "f=name:contains:a\\,b\\\\c&f=vip:is:true&f=city:blank"),
        ("client", "f=partners:any_of:3,4&f=since:between:2026-01-01,2026-02-28"),
        ("order", "view=all&f=total:ge:1234.50&page=3&size=100&exact=1"),
        ("order", "sort=date&page=3:after:120:9f3a62c41b07&size=25"),
        ("order", "page=2:before:7:c41b079f3a62"),
        ("order_line", "f=order:any_of:7"),
        ("order_line", "f=order.client.city:equals:Oslo&f=order.date:from:2026-01-01&f=order.client.vip:blank"),
        ("client", "act=7&f=city:blank"),
        ("order", "f=client.agent.status:none_of:new,gone&f=client.seen:on:2026-06-01&sort=date&q=x"),
        ("payment", "f=order.client:any_of:3&f=order.total:ge:1.50&f=order.total:lt:20.00"),
        ("client", "f=since:during:last_month&f=seen:during:next_14_days"),
        (
            "order",
            "f=any(client.status:any_of:gone;all(total:ge:1.50;client.city:equals:Oslo\\;\\);date:during:today))&q=x",
        ),
        ("client", "f=all(any(name:contains:a\\\\\\,\\(\\;b;city:blank);any(vip:is:true;agent:blank))&f=city:filled"),
        ("client", "f=name:exactly: a\\,B&f=phone:exactly:+358401234567"),
    ],
)
def test_an_address_comes_back_as_it_was(entity: str, query: str) -> None:
    state = state_of(entity, query)
    assert state.unknown == ()
    again = state_of(entity, state.arguments(SHOP).lstrip("?"))
    assert again == state
    assert sorted(parse_qsl(state.arguments(SHOP).lstrip("?"))) == sorted(parse_qsl(query))


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("f=secret:eq:1", "secret:eq:1"),
        ("f=name:between:a,b", "name:between:a,b"),
        ("f=since:on:soon", "since:on:soon"),
        ("f=status:any_of:unheard", "status:any_of:unheard"),
        ("f=agent.secret:equals:1", "agent.secret:equals:1"),
        ("f=agent.orders:filled", "agent.orders:filled"),
        ("f=partners.city:equals:x", "partners.city:equals:x"),
        ("f=city.city:equals:x", "city.city:equals:x"),
        ("f=agent.:blank", "agent.:blank"),
        ("f=" + "agent." * 9 + "city:blank", "agent." * 9 + "city:blank"),
        ("f=city:failed", "city:failed"),
        ("f=since:during:soon", "since:during:soon"),
        ("f=since:during:last_0_days", "since:during:last_0_days"),
        ("f=city:during:today", "city:during:today"),
        ("f=any(city:blank;secret:eq:1)", "any(city:blank;secret:eq:1)"),
        ("f=any()", "any()"),
        ("f=none(city:blank)", "none(city:blank)"),
        ("f=" + "all(" * 6 + "city:blank" + ")" * 6, "all(" * 6 + "city:blank" + ")" * 6),
        ("f=any(" + ";".join(["city:blank"] * 41) + ")", "any(" + ";".join(["city:blank"] * 41) + ")"),
        ("f=name:exactly:" + "x" * 3000, "name:exactly:" + "x" * 3000),
        ("sort=agent.city", "agent.city"),
        ("sort=tags", "tags"),
        ("sort=-unheard", "-unheard"),
        ("view=unheard", "unheard"),
        ("act=paste", "paste"),
    ],
)
def test_what_does_not_exist_is_left_out_and_named(query: str, left_out: str) -> None:
    state = state_of("client", query)
    assert state.unknown == (left_out,)
    assert (state.conditions, state.sort, state.view) == ((), (), "")


def test_a_hidden_field_is_like_one_that_does_not_exist() -> None:
    arguments = MultiDict(parse_qsl("f=city:contains:x&sort=city"))
    state = read_state(SHOP, "client", EVERYTHING["client"] - {"city"}, arguments)
    assert (state.conditions, state.sort) == ((), ())
    on_the_way = MultiDict(parse_qsl("f=agent.city:contains:x"))
    assert read_state(SHOP, "client", EVERYTHING["client"] - {"agent"}, on_the_way).conditions == ()


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "size=7", "size=x"])
def test_numbers_out_of_range_mean_the_usual_page(query: str) -> None:
    state = state_of("client", query)
    assert (state.page, state.size) == (1, 50)


@pytest.mark.parametrize("edge", ["after:7", "after:x:9f3a62c41b07", "beside:7:9f3a62c41b07", "after:7:9F", "after"])
def test_a_page_whose_beginning_is_misspelt_is_found_by_its_number(edge: str) -> None:
    state = state_of("client", f"page=3:{edge}")
    assert (state.page, state.edge) == (3, None)


def test_another_filter_or_the_first_page_has_no_edge() -> None:
    state = state_of("client", "page=3:after:120:9f3a62c41b07")
    assert state.edge == Edge(120, "9f3a62c41b07")
    assert state.filtered(Condition("city", "blank")).edge is None
    assert state.turned(1, state.edge).edge is None


def test_a_filter_takes_the_place_of_the_one_on_its_field_and_begins_at_the_first_page() -> None:
    state = state_of("client", "f=city:contains:a&f=vip:is:true&page=4")
    changed = state.filtered(Condition("city", "starts", ("B",)))
    assert changed.conditions == (Condition("vip", "is", (True,)), Condition("city", "starts", ("B",)))
    assert changed.page == 1


def test_typed_values_are_read_in_the_locale_and_written_neutrally() -> None:
    condition = condition_of(at("order", "total"), "between", ["1 234,5", "1,5"], Locale("fi"))
    assert condition == Condition("total", "between", (Decimal("1.50"), Decimal("1234.50")))
    assert written(condition, ORDER.fields["total"]) == "total:between:1.50,1234.50"


def test_an_empty_form_is_no_filter() -> None:
    assert condition_of(at("order", "total"), "ge", ["", " "], Locale("en")) is None
    assert condition_of(at("order", "total"), "blank", [], Locale("en")) == Condition("total", "blank")
    assert condition_of(at("order", "total"), "contains", ["1"], Locale("en")) is None


def test_a_day_stays_one_until_it_is_asked_for_on_the_clock_of_the_business() -> None:
    query = state_of("client", "f=seen:on:2026-06-01").query(("name",), View(columns=("name",)))
    assert query.conditions == (Condition("seen", "on", (dt.date(2026, 6, 1),)),)


def test_without_a_chosen_order_that_of_the_view_holds() -> None:
    view = View(columns=("date",), sort=("-date",))
    assert state_of("order", "").query((), view).sort == (Sort("date", True),)
    assert state_of("order", "sort=total").query((), view).sort == (Sort("total"),)


def test_an_error_is_asked_for_by_its_code_or_whatever_it_is() -> None:
    field = at("order", "total").field.model_copy(update={"formula": "1 / 0"})
    found = dataclasses.replace(at("order", "total"), field=field)
    for texts, values in (([], ()), (["", ""], ()), (["#DIV/0!", "x"], ("#DIV/0!",))):
        assert condition_of(found, "failed", texts, Locale("en")) == Condition("total", "failed", values)
    assert condition_of(found, "failed", ["x"], Locale("en")) is None
