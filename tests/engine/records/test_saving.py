"""Saving one record with its lines: validation, numbers, merging, double submits."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from engine.problems import Refused
from engine.query import Query
from engine.records import Conflict, Edit, LineEdit, Missing, Records


def client(shop: Records, **values: Any) -> int:
    return shop.create("client", Edit({"name": "Ada", **values})).id


def order(shop: Records, *lines: LineEdit, **values: Any) -> int:
    return shop.create("order", Edit({"client": client(shop), **values}, lines={"lines": lines})).id


def problems(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, tuple[str, ...]]]:
    return [(found.code, found.path) for found in error.value.problems]


def test_what_was_saved_comes_back(shop: Records) -> None:
    first = client(shop)
    values = {
        "name": "Иванов Алёша",
        "city": "Chișinău",
        "vip": True,
        "since": dt.date(2020, 2, 29),
        "seen": dt.datetime(2026, 3, 29, 1, 30, 5, tzinfo=dt.UTC),
        "status": "gone",
        "tags": ("a", "c"),
        "partners": (first,),
        "phone": "+358401234567",
    }
    record = shop.get("client", shop.create("client", Edit(values)).id)
    assert {name: record.values[name] for name in values} == values
    assert record.title == "Иванов Алёша"
    assert record.titles["client", first] == "Ada"


def test_money_is_exact(shop: Records) -> None:
    product = shop.create(
        "product", Edit({"name": "Bolt", "price": Decimal("9999999999999.99"), "weight": Decimal("0.001")})
    ).id
    assert shop.get("product", product).values["price"] == Decimal("9999999999999.99")
    with pytest.raises(Refused) as error:
        shop.create("product", Edit({"price": Decimal("0.005")}))
    assert problems(error) == [("too-many-decimals", ("price",))]


def test_every_problem_is_reported_at_once(shop: Records) -> None:
    client(shop, code="A")
    lines = (
        LineEdit(None, {"quantity": Decimal("1.5")}, key="n1"),
        LineEdit(None, {"product": 77, "price": "much"}, key="n2"),
    )
    with pytest.raises(Refused) as error:
        shop.create(
            "order",
            Edit({"client": 4711, "total": "x", "date": None, "payments": 1, "_version": 9}, lines={"lines": lines}),
        )
    assert sorted(problems(error)) == sorted(
        [
            ("field-not-editable", ("payments",)),
            ("field-not-editable", ("_version",)),
            ("value-wrong-kind", ("total",)),
            ("required", ("date",)),
            ("reference-unknown", ("client",)),
            ("required", ("lines", "n1", "product")),
            ("value-wrong-kind", ("lines", "n2", "price")),
            ("reference-unknown", ("lines", "n2", "product")),
        ]
    )
    assert shop.count(Query("order")).number == 0


def test_unique_counts_live_records_only(shop: Records) -> None:
    first = client(shop, code="A")
    with pytest.raises(Refused) as error:
        client(shop, code="A")
    assert problems(error) == [("unique-taken", ("code",))]
    shop.delete("client", [first])
    second = client(shop, code="A")
    with pytest.raises(Refused) as error:
        shop.restore("client", [first])
    assert problems(error) == [("unique-taken", ("code",))]
    shop.update("client", second, Edit({"code": "A"}))


def test_numbers_follow_the_documents_year(shop: Records) -> None:
    numbers = [shop.get("order", order(shop, date=dt.date(year, 1, 1))).values["number"] for year in (2025, 2026, 2025)]
    assert numbers == ["ORD-2025-0001", "ORD-2026-0001", "ORD-2025-0002"]


def test_a_refused_save_takes_no_number(shop: Records) -> None:
    order(shop)
    for _ in range(3):
        with pytest.raises(Refused):
            order(shop, date=None)
    assert shop.get("order", order(shop)).values["number"] == "ORD-2026-0002"


def test_a_number_that_an_import_brought_is_passed_over(shop: Records) -> None:
    mine = client(shop)
    with shop.batch() as batch:
        batch.add("order", ("number", "date", "client"), [("ORD-2026-0001", dt.date(2026, 1, 1), mine)])
    assert shop.get("order", order(shop)).values["number"] == "ORD-2026-0002"


def test_sixteen_people_at_once_leave_no_gap(shop: Records) -> None:
    mine = client(shop)

    def save(_: int) -> int:
        return shop.create("order", Edit({"client": mine})).id

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(save, range(96)))
    numbers = sorted(shop.get("order", record).values["number"] for record in ids)
    assert numbers == [f"ORD-2026-{number:04d}" for number in range(1, 97)]


def test_one_form_makes_one_record(shop: Records) -> None:
    mine = client(shop)
    first = shop.create("order", Edit({"client": mine}), token="form-1")
    again = shop.create("order", Edit({"client": mine}), token="form-1")
    assert (first.created, again.created, again.id) == (True, False, first.id)
    assert again.title == first.title
    assert shop.count(Query("order")).number == 1


def test_a_save_says_what_has_become_of_the_record(shop: Records) -> None:
    made = shop.create("order", Edit({"client": client(shop)}))
    assert (made.version, made.title) == (1, "ORD-2026-0001")
    line = LineEdit(None, {"product": shop.create("product", Edit({"name": "Nail"})).id})
    edits = (Edit({"comment": "x"}), Edit({}), Edit({}, lines={"lines": (line,)}))
    for saved in (shop.update("order", made.id, edit) for edit in edits):
        now = shop.get("order", made.id)
        assert (saved.id, saved.version, saved.title) == (made.id, now.version, now.title)
    renamed = shop.update("client", 1, Edit({"name": "Bea"}))
    assert (renamed.title, shop.get("client", 1).title) == ("Bea", "Bea")


def test_two_people_change_different_fields(shop: Records) -> None:
    record = client(shop, city="Oslo")
    base = dict(shop.get("client", record).values)
    shop.update("client", record, Edit({"city": "Rome"}, base={"city": "Oslo"}))
    saved = shop.update("client", record, Edit({"name": "Bea", "city": "Oslo"}, base=base))
    assert saved.merged == ("city",)
    values = shop.get("client", record).values
    assert (values["name"], values["city"]) == ("Bea", "Rome")


def test_two_people_change_the_same_field(shop: Records) -> None:
    record = client(shop, city="Oslo")
    shop.update("client", record, Edit({"city": "Rome"}))
    with pytest.raises(Conflict) as error:
        shop.update("client", record, Edit({"city": "Bern", "name": "Bea"}, base={"city": "Oslo", "name": "Ada"}))
    (clash,) = error.value.clashes
    assert (clash.path, clash.base, clash.theirs, clash.mine) == (("city",), "Oslo", "Rome", "Bern")
    assert shop.get("client", record).values["name"] == "Ada"


def test_lines_are_added_changed_moved_and_removed(shop: Records) -> None:
    bolt = shop.create("product", Edit({"name": "Bolt"})).id
    record = order(shop, *(LineEdit(None, {"product": bolt, "quantity": Decimal(n)}) for n in (1, 2, 3)))
    one, two, three = (line.id for line in shop.get("order", record).lines["lines"])
    edits = (
        LineEdit(three, {"quantity": Decimal(30)}),
        LineEdit(None, {"product": bolt, "quantity": Decimal(4)}),
        LineEdit(one, {}),
        LineEdit(two, {}, deleted=True),
    )
    shop.update("order", record, Edit({}, lines={"lines": edits}))
    lines = shop.get("order", record).lines["lines"]
    assert [line.values["quantity"] for line in lines] == [30, 4, 1]
    assert lines[0].id == three


def test_lines_that_two_people_add_are_both_kept(shop: Records) -> None:
    bolt = shop.create("product", Edit({"name": "Bolt"})).id
    record = order(shop)
    for quantity in (1, 2):
        line = LineEdit(None, {"product": bolt, "quantity": Decimal(quantity)})
        shop.update("order", record, Edit({}, lines={"lines": (line,)}))
    assert sorted(line.values["quantity"] for line in shop.get("order", record).lines["lines"]) == [1, 2]


def test_a_save_that_changes_nothing_leaves_the_version(shop: Records) -> None:
    record = client(shop)
    before = shop.get("client", record)
    shop.update("client", record, Edit({"name": "Ada"}))
    assert shop.get("client", record).version == before.version


def test_a_record_that_is_not_there(shop: Records) -> None:
    with pytest.raises(Missing):
        shop.get("client", 99)
    with pytest.raises(Missing):
        shop.update("client", 99, Edit({"name": "Bea"}))
    with pytest.raises(KeyError):
        shop.create("nothing", Edit({}))


def test_defaults_fill_what_is_not_given(shop: Records) -> None:
    assert shop.get("client", client(shop)).values["status"] == "new"
    assert shop.blank("client").values["status"] == "new"
    assert shop.get("client", client(shop, status=None)).values["status"] is None
