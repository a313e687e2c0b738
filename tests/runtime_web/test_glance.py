"""The panel beside a list: what a record holds, as its card says it."""

from __future__ import annotations

from tests.runtime_web.seen import seen
from tests.runtime_web.test_card import add, an_order
from tests.runtime_web.visitor import Site

PART = {"HX-Request": "true"}


def test_the_panel_says_what_the_card_says(any_site: Site) -> None:
    order = an_order(any_site)
    found = seen(any_site.visitor("ben").get(f"/records/order/{order}/glance?sort=-date", headers=PART).text)
    assert ["Nail", "1.5", "2.00"] in found.rows
    assert found.links["ORD-2026-0001"] == f"/records/order/{order}?sort=-date"
    assert found.links["Anna"] == "/records/client/1"


def test_without_a_script_its_address_is_the_card(site: Site) -> None:
    add(site, "client", name="Anna")
    answer = site.visitor("ben").get("/records/client/1/glance?q=an")
    assert (answer.status_code, answer.location) == (302, "/records/client/1?q=an")


def test_what_is_not_there_has_no_details(site: Site) -> None:
    assert site.visitor("ben").get("/records/client/7/glance", headers=PART).status_code == 404


def test_whether_the_panel_stands_open_is_remembered_with_the_person(site: Site) -> None:
    visitor = site.visitor("ben")
    assert 'data-details="closed"' in visitor.get("/records/client").text
    assert visitor.post("/preferences", {"details": "open"}).status_code in {204, 302}
    assert 'data-details="open"' in site.visitor("ben").get("/records/client").text
