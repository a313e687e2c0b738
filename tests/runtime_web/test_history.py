"""The pages about history: what was done to a record, and the record as it was."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from engine.records import Edit, LineEdit, Records
from engine.rights import Principal
from tests.runtime_web.visitor import Site


def words(page: str) -> str:
    """The text of a page's main part, in one line."""
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def make_order(site: Site) -> tuple[int, int, int]:
    """An order of a client who was another one at first; the order, and the clients."""
    ben = Records(site.workspace.database, site.workspace.tables, Principal(2, "Ben"), origin="form")
    ann = ben.create("client", Edit({"name": "Ann <b>"})).id
    bob = ben.create("client", Edit({"name": "Bob"})).id
    saw = ben.create("product", Edit({"name": "Saw"})).id
    line = LineEdit(None, {"product": saw, "quantity": Decimal(3)})
    order = ben.create("order", Edit({"client": ann}, lines={"lines": (line,)})).id
    (kept,) = ben.get("order", order).lines["lines"]
    edit = Edit({"client": bob, "comment": None}, lines={"lines": (LineEdit(kept.id, {"quantity": Decimal(5)}),)})
    ben.update("order", order, edit)
    return order, ann, bob


def test_who_did_what_when_and_from_where(any_site: Site) -> None:
    order, _, _ = make_order(any_site)
    page = any_site.visitor("ana").get(f"/records/order/{order}/history")
    assert page.status_code == 200
    told = words(page.text)
    assert "Changed Ben Virtanen, " in told
    assert "in the form" in told
    assert "Client before: Ann &lt;b&gt; → after: Bob" in told
    assert "Order line Saw Quantity before: 3 → after: 5" in told
    assert "Created Ben Virtanen" in told


def test_the_card_leads_there_and_it_leads_back(site: Site) -> None:
    order, _, _ = make_order(site)
    ana = site.visitor("ana")
    assert f'href="/records/order/{order}/history"' in ana.get(f"/records/order/{order}").text
    assert f'href="/records/order/{order}"' in ana.get(f"/records/order/{order}/history").text


def test_a_record_as_it_was(any_site: Site) -> None:
    order, _, _ = make_order(any_site)
    ana = any_site.visitor("ana")
    history = ana.get(f"/records/order/{order}/history").text
    first = re.findall(rf'href="(/records/order/{order}/then\?at=[^"]+)"', history)[-1]
    told = words(ana.get(first).text)
    assert "This is the record as it was on" in told
    assert "Ann &lt;b&gt;" in told
    assert "Bob" not in told
    assert "Product Quantity Price Saw 3" in told
    long_ago = words(ana.get(f"/records/order/{order}/then?at=2001-01-01T10:00").text)
    assert "this record did not exist yet" in long_ago
    now = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    assert "Bob" in words(ana.get(f"/records/order/{order}/then?at={now:%Y-%m-%dT%H:%M}").text)
    assert "Bob" in words(ana.get(f"/records/order/{order}/then?at=soon").text)


def test_a_deleted_record_has_its_history_and_what_is_not_there_has_none(site: Site) -> None:
    order, _, _ = make_order(site)
    site.records.delete("order", [order])
    ana = site.visitor("ana")
    assert "This record is in the trash." in words(ana.get(f"/records/order/{order}/history").text)
    assert f'href="/records/order/{order}/history"' in ana.get("/records/order/trash").text
    for path in ("/records/order/77/history", "/records/nothing/1/history", "/records/order_line/1/history"):
        assert ana.get(path).status_code == 404
    assert ana.get("/records/order/77/then").status_code == 404


def test_in_another_language(site: Site) -> None:
    order, _, _ = make_order(site)
    ana = site.visitor("ana")
    ana.post("/preferences", {"language": "fi", "next": "/"})
    assert "Muutettu Ben Virtanen" in words(ana.get(f"/records/order/{order}/history").text)
