"""Many records at once: the same as one by one, only faster."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from engine.query import Query
from engine.records import Edit, Records
from engine.storage import Collided

DAY = dt.date(2026, 1, 1)


def numbers(shop: Records) -> list[Any]:
    return [row[1] for row in shop.page(Query("order", ("number",), limit=1000)).rows]


def test_values_come_back_as_they_went_in(shop: Records) -> None:
    values = {
        "name": "Șef Ёлкин",
        "code": None,
        "vip": True,
        "since": dt.date(2020, 2, 29),
        "seen": dt.datetime(2026, 3, 29, 1, 30, 5, tzinfo=dt.UTC),
        "status": "gone",
        "tags": ("a", "c"),
        "partners": (2, 1),
        "phone": "+358401234567",
    }
    with shop.batch() as batch:
        assert batch.add("client", ("name",), [("A",), ("B",)]) == range(1, 3)
        assert batch.add("client", tuple(values), [tuple(values.values())]) == range(3, 4)
        batch.add("product", ("name", "price", "weight"), [("Bolt", Decimal("9999999999999.99"), Decimal("0.001"))])
    record = shop.get("client", 3)
    assert {name: record.values[name] for name in values} == values
    assert (record.title, record.version) == ("Șef Ёлкин", 1)
    assert shop.get("product", 1).values["price"] == Decimal("9999999999999.99")
    assert [found.id for found in shop.search("сеф елк")] == []
    assert [found.id for found in shop.search("sef елк")] == [3]


def test_ids_can_be_known_before(shop: Records) -> None:
    with shop.batch() as batch:
        ids = batch.reserve("client", 2)
        batch.add("client", ("name", "agent"), [("A", ids[0]), ("B", ids[0])], ids)
    assert shop.get("client", ids[1]).values["agent"] == ids[0]
    assert shop.create("client", Edit({"name": "C"})).id == ids[1] + 1


def test_no_rows_are_no_change(shop: Records) -> None:
    with shop.batch() as batch:
        assert len(batch.add("client", ("name",), [])) == 0
    assert shop.count(Query("client")).number == 0


def test_what_many_bring_is_searched_like_what_one_brings(shop: Records) -> None:
    with shop.batch() as batch:
        batch.add("client", ("name", "city"), [(f"Client {number:04}", "Hämeenlinna") for number in range(1200)])
    shop.create("client", Edit({"name": "Client alone", "city": "Hämeenlinna"}))
    shop.update("client", 7, Edit({"city": "Turku"}))

    def found(text: str) -> int:
        return shop.count(Query("client", search=text)).number

    assert [found(text) for text in ("meenlin", "turku", "0599", "alone", "t 11")] == [1200, 1, 1, 1, 120]


def test_numbers_that_came_along_are_passed_over(shop: Records) -> None:
    with shop.batch() as batch:
        (client,) = batch.add("client", ("name",), [("A",)])
        rows = [(None, DAY), ("ORD-2026-0007", DAY), (None, DAY), ("ORD-2025-0100", DAY), ("old 5", DAY)]
        batch.add("order", ("number", "date", "client"), [(*row, client) for row in rows])
    assert sorted(numbers(shop)) == ["ORD-2025-0100", "ORD-2026-0007", "ORD-2026-0008", "ORD-2026-0009", "old 5"]
    shop.create("order", Edit({"client": client, "date": DAY}))
    shop.create("order", Edit({"client": client, "date": dt.date(2025, 5, 5)}))
    assert {"ORD-2026-0010", "ORD-2025-0101"} <= set(numbers(shop))


def test_a_counter_goes_on_from_a_number_and_never_back(shop: Records) -> None:
    with shop.batch() as batch:
        for number in ("ORD-2026-0041", "ORD-2026-0012", "another"):
            batch.continue_after("order", "number", number)
        (client,) = batch.add("client", ("name",), [("A",)])
        batch.add("order", ("date", "client"), [(DAY, client)])
    assert numbers(shop) == ["ORD-2026-0042"]


def test_a_number_given_by_an_update_counts_too(shop: Records) -> None:
    client = shop.create("client", Edit({"name": "A"})).id
    order = shop.create("order", Edit({"client": client, "date": DAY})).id
    with shop.batch() as batch:
        batch.update("order", order, {"number": "ORD-2026-0500"})
    shop.create("order", Edit({"client": client, "date": DAY}))
    assert set(numbers(shop)) == {"ORD-2026-0500", "ORD-2026-0501"}


def test_one_wrong_row_leaves_nothing(shop: Records) -> None:
    rows = [(f"n{number}", f"c{number % 5999}") for number in range(6000)]
    with pytest.raises(Collided), shop.batch() as batch:
        batch.add("client", ("name", "code"), rows)
    assert shop.count(Query("client")).number == 0
    shop.create("client", Edit({"name": "still searched"}))
    assert shop.count(Query("client", search="still")).number == 1


def test_rows_of_different_lengths_are_a_mistake(shop: Records) -> None:
    for rows in ([("a", "b"), ("c",)], [("a",)]):
        with pytest.raises(ValueError, match="zip"), shop.batch() as batch:
            batch.add("client", ("name", "code"), rows)
