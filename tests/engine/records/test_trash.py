"""Deleting and bringing back."""

from __future__ import annotations

import pytest

from engine.problems import Refused
from engine.query import Query
from engine.records import Edit, LineEdit, Missing, Records


@pytest.fixture
def order(shop: Records) -> int:
    bolt = shop.create("product", Edit({"name": "Bolt"})).id
    client = shop.create("client", Edit({"name": "Ada"})).id
    lines = {"lines": (LineEdit(None, {"product": bolt}),)}
    order = shop.create("order", Edit({"client": client}, lines=lines)).id
    shop.create("payment", Edit({"order": order}))
    return order


def test_what_is_referred_to_stays(shop: Records, order: int) -> None:
    with pytest.raises(Refused) as error:
        shop.delete("client", [1])
    (found,) = error.value.problems
    assert (found.code, found.params["entity"], found.params["count"]) == ("record-in-use", "order", 1)


def test_lines_and_cascades_go_and_come_back_together(shop: Records, order: int) -> None:
    assert shop.delete("order", [order]) == 1
    assert [shop.count(Query(name)).number for name in ("order", "order_line", "payment", "product")] == [0, 0, 0, 1]
    with pytest.raises(Missing):
        shop.get("order", order)
    assert shop.get("order", order, trashed=True).title == "ORD-2026-0001"
    assert shop.restore("order", [order]) == 1
    assert [shop.count(Query(name)).number for name in ("order", "order_line", "payment")] == [1, 1, 1]
    assert len(shop.get("order", order).lines["lines"]) == 1


def test_a_line_deleted_before_stays_deleted(shop: Records, order: int) -> None:
    (line,) = shop.get("order", order).lines["lines"]
    shop.update("order", order, Edit({}, lines={"lines": (LineEdit(line.id, {}, deleted=True),)}))
    shop.delete("order", [order])
    shop.restore("order", [order])
    assert shop.get("order", order).lines["lines"] == ()


def test_cleared_references_come_back(shop: Records) -> None:
    agent = shop.create("client", Edit({"name": "Agent"})).id
    kept = shop.create("client", Edit({"name": "Kept", "agent": agent})).id
    changed = shop.create("client", Edit({"name": "Changed", "agent": agent})).id
    shop.delete("client", [agent])
    assert shop.get("client", kept).values["agent"] is None
    shop.update("client", changed, Edit({"agent": kept}))
    shop.restore("client", [agent])
    assert shop.get("client", kept).values["agent"] == agent
    assert shop.get("client", changed).values["agent"] == kept


def test_the_trash_is_a_list_of_its_own(shop: Records, order: int) -> None:
    shop.delete("order", [order])
    page = shop.page(Query("order", ("number",), trashed=True))
    assert [row[1] for row in page.rows] == ["ORD-2026-0001"]


def test_deleting_twice_deletes_once(shop: Records, order: int) -> None:
    assert (shop.delete("order", [order]), shop.delete("order", [order])) == (1, 0)
    assert (shop.restore("order", [order]), shop.restore("order", [order])) == (1, 0)
