"""Views that people save of lists: what they keep, who sees them, and what an address that names one means."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from engine.saved import Content
from engine.storage.views import change_view
from tests.runtime_web.seen import data_rows, seen
from tests.runtime_web.test_columns import heads, lay_out
from tests.runtime_web.test_list import numbers, some_orders
from tests.runtime_web.trade import open_trade
from tests.runtime_web.visitor import Site, Visitor

ORDERS = "/records/order"


def save(visitor: Visitor, query: str, name: str, path: str = ORDERS, **form: object) -> str:
    """Save a list as a view; its address."""
    answer = visitor.post(f"{path}/views/new?{query}", {"name": name, **form})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def number_of(address: str) -> int:
    return int(dict(parse_qsl(urlsplit(address).query))["view"].removeprefix("~"))


def tabs(page: str) -> list[str]:
    found = re.search(r'<nav class="list-tabs".*?</nav>', page, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]*)", unescape(found[0])) if found else []


def test_a_view_keeps_filters_search_order_and_columns_and_a_link_opens_the_same(any_site: Site) -> None:
    some_orders(any_site)
    ben, ana = any_site.visitor("ben"), any_site.visitor("ana")
    lay_out(ben, "total:170", "number", frozen="0")
    view = save(ben, "q=елк&f=total:filled&sort=number&page=3&size=25", "Анна's", who="everyone")
    assert re.fullmatch(r"/records/order\?view=~[1-9][0-9]{8}", view)
    for visitor in (ben, ana):
        page = visitor.get(view).text
        found = seen(page)
        assert found.heads[1:] == ["Total, €", "Number"]
        assert data_rows(page) == [["", "1,234.50", "ORD-2026-0001"]]
        assert "Total: filled in" in found.text
        assert 'width="170"' in page
        assert "frozen-1" not in page
        assert 'aria-sort="ascending"' in page
        assert tabs(page) == ["All", "Анна's"]
        assert 'aria-current="page">Анна' in page
        assert "Changed since" not in page
    assert heads(ana) == ["Number", "Date", "Client", "Total, €"]
    csv = ana.get(view.replace("order?", "order/export?format=csv&")).text
    assert csv.lstrip("\ufeff").splitlines() == ["Total,Number", "1234.50,ORD-2026-0001"]


def test_an_address_says_in_what_a_list_differs_from_its_view(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    view = save(ben, "f=total:filled&sort=number", "Paid")
    assert [row[1][-4:] for row in data_rows(ben.get(view).text)] == ["0001", "0002"]
    assert numbers(ben.get(f"{view}&sort=-number").text) == ["ORD-2026-0002", "ORD-2026-0001"]
    # A blank part is not the same as one that is not there.
    page = ben.get(f"{view}&f=").text
    assert numbers(page) == ["ORD-2026-0001", "ORD-2026-0002", "ORD-2026-0003"]
    assert "Changed since it was saved" in page
    assert "not known here" not in page
    page = ben.get(view).text
    assert re.findall(r'class="th-sort" href="([^"]+)"', unescape(page))[0] == f"{view}&sort=-number"
    assert re.findall(r'class="chip-off" href="([^"]+)"', unescape(page)) == [f"{view}&f="]
    page = ben.get(f"{view}&f=total:ge:5&f=date:filled").text
    assert seen(page).links["Clear all"] == f"{view}&f="
    card = ben.get(f"{ORDERS}/1{view.removeprefix(ORDERS)}").text
    assert f'href="{ORDERS}/2{view.removeprefix(ORDERS)}"' in card
    assert f'href="{view}"' in card


def test_a_view_is_saved_over_given_back_renamed_deleted_and_brought_back(any_site: Site) -> None:
    some_orders(any_site)
    ben = any_site.visitor("ben")
    view = save(ben, "f=total:filled&sort=number", "  Paid   ones ")
    own = f"{ORDERS}/views/{number_of(view)}"
    lay_out(ben, "number", path=ORDERS + "?" + urlsplit(view).query)
    assert "Changed since" in ben.get(view).text
    assert ben.post(f"{own}/back").location == view
    assert len(heads(ben, view)) == 4
    lay_out(ben, "number", "total", path=ORDERS + "?" + urlsplit(view).query)
    assert ben.post(f"{own}/save?{urlsplit(view).query}&sort=-number").location == view
    page = ben.get(view).text
    assert "Changed since" not in page
    assert data_rows(page) == [["", "ORD-2026-0002", "7.00"], ["", "ORD-2026-0001", "1,234.50"]]

    assert 'value="Paid ones"' in ben.get(own).text
    assert ben.post(own, {"name": "Settled", "who": "everyone", "first": "1"}).location == view
    assert tabs(any_site.visitor("ana").get(ORDERS).text) == ["All", "Settled"]
    deleted = ben.post(f"{own}/delete")
    assert deleted.location == ORDERS
    assert tabs(ben.get(ORDERS).text) == []
    gone = ben.get(view).text
    assert "not known here" in gone
    assert ben.post(f"{own}/restore").location == view
    assert tabs(ben.get(view).text) == ["All", "Settled"]


def test_only_its_owner_changes_a_view_and_only_whom_it_is_shared_with_sees_it(site: Site) -> None:
    some_orders(site)
    ben, ana = site.visitor("ben"), site.visitor("ana")
    mine = number_of(save(ben, "q=anna", "Mine"))
    shared = number_of(save(ben, "q=bob", "Shared", who="everyone"))
    assert tabs(ana.get(ORDERS).text) == ["All", "Shared"]
    assert "By Ben Virtanen" in ana.get(f"{ORDERS}?view=~{shared}").text
    assert "not known here" in ana.get(f"{ORDERS}?view=~{mine}").text
    for number in (mine, shared, 123456789):
        own = f"{ORDERS}/views/{number}"
        assert ana.get(own).status_code == 404
        for what in ("", "/save", "/delete", "/restore"):
            assert ana.post(own + what, {"name": "Ana's"}).status_code == 404
        assert ben.get(f"/records/client/views/{number}").status_code == 404
    assert ana.post(f"{ORDERS}/views/{mine}/back").status_code == 404
    assert ana.post(f"{ORDERS}/views/{shared}/back").status_code == 303
    copied = ana.get(f"{ORDERS}/views/new?view=~{shared}").text
    assert 'value="Shared (copy)"' in copied
    assert tabs(ben.get(ORDERS).text) == ["All", "Mine", "Shared"]


def test_a_name_or_a_role_that_cannot_be_is_told_and_nothing_is_lost(site: Site) -> None:
    ben = site.visitor("ben")
    answer = ben.post(f"{ORDERS}/views/new?q=anna", {"name": " ", "who": "everyone", "first": "1"})
    assert answer.status_code == 422
    assert "view-name-error" in answer.text
    assert f'action="{ORDERS}/views/new?q=anna"' in answer.text
    assert 'value="everyone" checked' in answer.text
    assert 'name="first" value="1" checked' in answer.text
    unknown = ben.post(f"{ORDERS}/views/new", {"name": "Theirs", "who": "roles", "role": "clerk"})
    assert unknown.status_code == 422
    assert "There is no role" in unknown.text
    number = number_of(save(ben, "", "Plain"))
    assert ben.post(f"{ORDERS}/views/{number}", {"name": "x" * 101}).status_code == 422


def test_a_list_opens_with_the_view_that_one_begins_with(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    view = save(ben, "f=total:filled", "Paid", first="1")
    assert ben.get(ORDERS).location == view
    page = ben.get(view).text
    # The first view has to be named now, and stays named.
    assert f'href="{ORDERS}?view=all"' in page
    assert len(numbers(ben.get(f"{ORDERS}?view=all").text)) == 3
    assert f'href="{ORDERS}?view=all&amp;sort=number"' in ben.get(f"{ORDERS}?view=all").text
    assert f'href="{ORDERS}?view=all&amp;q=ord&amp;sort=number"' in ben.get(f"{ORDERS}?q=ord").text
    assert site.visitor("ana").get(ORDERS).status_code == 200
    ben.post(f"{ORDERS}/views/{number_of(view)}/delete")
    assert ben.get(ORDERS).status_code == 200
    ben.post(f"{ORDERS}/views/{number_of(view)}/restore")
    assert ben.get(ORDERS).location == view
    assert ben.post(f"{ORDERS}/views/first", {"key": "all"}).location == ORDERS
    assert ben.get(ORDERS).status_code == 200
    for wrong in ("", "ghost", "~123456789"):
        assert ben.post(f"{ORDERS}/views/first", {"key": wrong}).status_code == 404
    assert ben.post("/records/product/views/first", {"key": "all"}).status_code == 303


def test_a_view_that_names_what_one_may_not_see_is_not_there(sqlite_url: str, tmp_path: Path) -> None:
    site = open_trade(sqlite_url, tmp_path)
    flo, ann, cid = site.visitor("flo"), site.visitor("ann"), site.visitor("cid")
    clients = "/records/client"
    hidden = save(flo, "f=secret:filled", "Secretive", clients, who="everyone")
    plain = save(flo, "f=city:filled", "In towns", clients, who="everyone")
    lay_out_all = {"column": ["secret", "name"]}
    flo.post(f"{clients}/columns?{urlsplit(plain).query}", lay_out_all)
    flo.post(f"{clients}/views/{number_of(plain)}/save?{urlsplit(plain).query}")
    assert tabs(ann.get(clients).text)[-1:] == ["In towns"]
    assert "Secretive" not in ann.get(hidden).text
    assert "not known here" in ann.get(hidden).text
    assert "ecret" not in ann.get(plain).text
    assert seen(flo.get(plain).text).heads[1:3] == ["Secret", "Name"]
    assert cid.get(plain).status_code == 404
    # With roles that one has, and nobody else.
    ann.post(f"{clients}/views/new?q=o", {"name": "Managers", "who": "roles", "role": "manager"})
    assert "Managers" in tabs(site.visitor("bob").get(clients).text)
    assert "Managers" not in tabs(site.visitor("dora").get(clients).text)
    site.workspace.database.close()


def test_views_and_their_numbers_are_pinned_to_the_home_page(any_site: Site) -> None:
    some_orders(any_site)
    ben = any_site.visitor("ben")
    view = save(ben, "f=total:filled", "Paid", who="everyone")
    key = f"~{number_of(view)}"
    page = ben.get(view).text
    assert f'action="/pins/view/order.{key}"' in page
    for query in ("&f=", "&sort=number"):
        assert "/pins/view" not in ben.get(view + query).text
    assert "/pins/view/order.all" in ben.get(f"{ORDERS}?sort=total&page=2").text
    assert "Save the list as a view to pin it" in ben.get(f"{ORDERS}?q=anna").text

    form = ben.get(f"{ORDERS}/views/numbers?view={key}").text
    assert re.findall(r'<option value="([\w.]+)">([^<]+)', unescape(form)) == [
        ("count", "Number of records"),
        ("sum.total", "Sum of “Total”"),
    ]
    for kind, name, what in (
        ("view", f"order.{key}", {}),
        ("view", "client.all", {}),
        ("number", f"order.{key}", {"what": "sum.total"}),
        ("number", "order.all", {"what": "count"}),
    ):
        assert ben.post(f"/pins/{kind}/{name}", {**what, "back": ORDERS}).location == ORDERS
    home = ben.get("/").text
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)', home) == [
        (view, "Paid"),
        (f"{ORDERS}?view=all", "All"),
        (view, "Paid"),
        ("/records/client?view=all", "All"),
    ]
    assert [text.strip() for text in re.findall(r'number-figure">([^<]+)', home)] == ["1,241.50", "3"]
    assert f'value="number/order.{key}.sum.total"' in home
    ben.post("/pins/number/order.all.count/swap", {"with": f"number/order.{key}.sum.total"})
    assert [text.strip() for text in re.findall(r'number-figure">([^<]+)', ben.get("/").text)] == ["3", "1,241.50"]
    assert "Unpin from the home page" in ben.get(view).text
    # What is gone is not shown, and comes back with it.
    ben.post(f"{ORDERS}/views/{number_of(view)}/delete")
    assert "Paid</a>" not in ben.get("/").text
    ben.post(f"/pins/number/order.{key}.sum.total/unpin")
    ben.post(f"{ORDERS}/views/{number_of(view)}/restore")
    assert ben.get("/").text.count("Paid</a>") == 1
    for kind, name in (
        ("view", "order.ghost"),
        ("view", "order.all.count"),
        ("view", "ghost.all"),
        ("number", "order.all"),
        ("number", "order.all.sum.number"),
        ("number", "order.all.average.total"),
        ("nothing", "order.all"),
    ):
        assert ben.post(f"/pins/{kind}/{name}").status_code == 404, name
    assert ben.post("/pins/number/order.all.count/swap", {"with": "view/\x00"}).status_code == 404


def test_of_an_address_that_is_too_long_no_part_is_kept(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    filters = "&".join(f"f=comment:contains:{number}{'ж' * 150}" for number in range(20))
    assert ben.post(f"{ORDERS}/views/new?{filters}", {"name": "Long"}).status_code == 414
    assert tabs(ben.get(ORDERS).text) == []


def test_a_number_is_of_what_its_reader_may_see(sqlite_url: str, tmp_path: Path) -> None:
    site = open_trade(sqlite_url, tmp_path)
    flo, ann, cid = site.visitor("flo"), site.visitor("ann"), site.visitor("cid")
    for visitor in (flo, ann):
        assert visitor.post("/pins/number/order.all", {"what": "count"}).status_code == 303
        assert visitor.post("/pins/number/order.all", {"what": "sum.margin"}).status_code == (
            303 if visitor is flo else 404
        )
    figures = [re.findall(r'number-figure">([^<]+)', visitor.get("/").text) for visitor in (flo, ann)]
    assert [len(one) for one in figures] == [2, 1]
    assert [one[0].strip() for one in figures] == ["2", "1"]
    assert cid.post("/pins/number/order.all", {"what": "count"}).status_code == 404
    assert cid.get("/records/order/views/numbers").status_code == 404
    site.workspace.database.close()


def test_a_view_of_which_a_part_is_gone_has_no_number(site: Site) -> None:
    some_orders(site)
    ben = site.visitor("ben")
    number = number_of(save(ben, "f=total:filled", "Paid"))
    ben.post(f"/pins/number/order.~{number}", {"what": "count"})
    assert figures(ben) == ["2"]
    # As after a change of the configuration, or of what ben may see.
    gone = Content(arguments="f=total:filled&f=margin:filled").model_dump_json()
    with site.workspace.database.write() as connection:
        change_view(connection, number, {"content": gone})
    assert figures(ben) == ["–"]


def figures(visitor: Visitor) -> list[str]:
    return [text.strip() for text in re.findall(r'number-figure">([^<]+)', visitor.get("/").text)]
