"""What history keeps of a change: one row a save, with the lines, before and after, in the transaction of the save."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from engine.problems import Refused
from engine.query import CONCERNED, Condition, Query
from engine.records import Edit, LineEdit, Records
from engine.rights import Principal
from tests.computed import open_trade


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


def rows(records: Records, table: str = "_change") -> list[dict[str, Any]]:
    with records.database.read() as connection:
        found = [dict(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()]
    for row in found:
        for name in ("changes", "summary"):
            if name in row:
                row[name] = json.loads(row[name])
    return found


def line(quantity: str, price: str, record_id: int | None = None) -> LineEdit:
    return LineEdit(record_id, {"quantity": Decimal(quantity), "price": Decimal(price)})


def test_a_new_record_with_lines_is_one_row(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    order = trade.create("order", Edit({"client": client}, lines={"lines": (line("3", "10"),)})).id
    kept = rows(trade)[-1]
    assert (kept["entity"], kept["record_id"], kept["kind"], kept["action_id"]) == ("order", order, "created", None)
    changes = kept["changes"]
    assert changes["fields"]["client"] == [None, client]
    assert changes["computed"]["total"] == [None, "36.30"]
    assert changes["computed"]["share"] == [None, "1.000000"]
    (made,) = changes["lines"]["lines"]
    assert (made["kind"], made["fields"]["quantity"]) == ("created", [None, "3.000"])
    assert made["computed"] == {"amount": [None, "30.00"]}
    assert rows(trade, "_action") == []


def test_a_change_keeps_what_differs_and_what_was_computed_from_it(trade: Records) -> None:
    order = trade.create("order", Edit({}, lines={"lines": (line("3", "10"), line("1", "1"))})).id
    first, second = trade.get("order", order).lines["lines"]
    edits = (LineEdit(second.id, {"quantity": Decimal(2)}), LineEdit(first.id, {}, deleted=True))
    trade.update("order", order, Edit({}, lines={"lines": edits}))
    changes = rows(trade)[-1]["changes"]
    assert "fields" not in changes
    assert changes["computed"]["net"] == ["31.00", "2.00"]
    found = {one["id"]: one for one in changes["lines"]["lines"]}
    assert found[first.id] == {"id": first.id, "kind": "trashed"}
    assert found[second.id]["fields"] == {"quantity": ["1.000", "2.000"], "_position": [1, 0]}
    assert found[second.id]["computed"] == {"amount": ["1.00", "2.00"]}


def test_an_error_of_a_formula_is_kept_as_one(trade: Records) -> None:
    trade.create("order", Edit({}))
    assert rows(trade)[-1]["changes"]["computed"]["share"] == [None, {"error": "#DIV/0!"}]


def test_a_save_that_changes_nothing_or_is_refused_leaves_no_trace(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    trade.update("client", client, Edit({"name": "Ann"}))
    with pytest.raises(Refused):
        trade.update("client", client, Edit({"name": None}))
    trade.preview("client", client, Edit({"name": "Bob"}))
    trade.preview("client", None, Edit({"name": "Bob"}))
    assert len(rows(trade)) == 1


def test_who_and_from_where(trade: Records) -> None:
    mine = Records(trade.database, trade.tables, Principal(7, "Ann", True), origin="form")
    mine.create("client", Edit({"name": "Bob"}))
    (kept,) = rows(trade)
    assert (kept["done_by"], kept["origin"]) == (7, "form")


def test_what_goes_together_is_one_action(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    order = trade.create("order", Edit({"client": client}, lines={"lines": (line("3", "10"),)})).id
    payment = trade.create("payment", Edit({"order": order, "amount": Decimal(1)})).id
    trade.delete("order", [order])
    (action,) = rows(trade, "_action")
    assert (action["kind"], action["summary"]) == ("trashed", {"order": {"trashed": 1}, "payment": {"trashed": 1}})
    mine = [(row["entity"], row["record_id"], row["kind"]) for row in rows(trade) if row["action_id"] == action["id"]]
    assert sorted(mine) == [("order", order, "trashed"), ("payment", payment, "trashed")]
    trade.restore("order", [order])
    assert rows(trade, "_action")[-1]["summary"] == {"order": {"restored": 1}, "payment": {"restored": 1}}


def test_references_that_go_and_return_with_a_record_are_told(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    order = trade.create("order", Edit({"client": client})).id
    trade.delete("client", [client])
    gone = [row for row in rows(trade) if row["entity"] == "order"][-1]
    assert (gone["record_id"], gone["kind"], gone["changes"]["fields"]) == (
        order,
        "changed",
        {"client": [client, None]},
    )
    trade.restore("client", [client])
    assert [row for row in rows(trade) if row["entity"] == "order"][-1]["changes"]["fields"] == {
        "client": [None, client]
    }


def test_a_batch_is_one_action_that_keeps_where_records_came_and_how_others_changed(trade: Records) -> None:
    known = trade.create("client", Edit({"name": "Ann"})).id
    with trade.batch(kind="import") as batch:
        ids = batch.add("client", ["name"], [[f"Client {number}"] for number in range(30)])
        batch.update("client", known, {"name": "Bob"})
        batch.update("client", ids[3], {"boss": known})
    (action,) = rows(trade, "_action")
    assert action["kind"] == "import"
    assert action["summary"] == {"client": {"changed": 1, "created": 30}}
    (brought,) = rows(trade, "_brought")
    assert (brought["first_id"], brought["last_id"]) == (ids[0], ids[-1])
    (changed,) = rows(trade)[1:]
    assert (changed["changes"], changed["origin"]) == ({"fields": {"name": ["Ann", "Bob"]}}, "import")


def test_a_trial_leaves_no_trace(trade: Records) -> None:
    with trade.batch(trial=True) as batch:
        batch.add("client", ["name"], [["Ann"]])
    assert rows(trade, "_action") == []


def test_what_many_rows_compute_is_told_of_the_record_that_was_saved(trade: Records) -> None:
    order = trade.create("order", Edit({}, lines={"lines": tuple(line("1", "1") for _ in range(600))})).id
    changes = rows(trade)[-1]["changes"]
    assert changes["computed"]["net"] == [None, "600.00"]
    assert all(one["computed"] == {"amount": [None, "1.00"]} for one in changes["lines"]["lines"])
    assert trade.get("order", order).values["net"] == 600


def test_the_records_of_an_act_are_asked_for_by_its_number(trade: Records) -> None:
    known, other = (trade.create("client", Edit({"name": name})).id for name in ("Ann", "Ben"))
    with trade.batch(kind="import") as batch:
        ids = batch.add("client", ["name"], [[f"Client {number}"] for number in range(3)])
        batch.update("client", known, {"name": "Bob"})
    (action,) = rows(trade, "_action")
    query = Query("client", (), (Condition("id", CONCERNED, (action["id"],)),))
    assert {row[0] for row in trade.page(query).rows} == {known, *ids}
    assert trade.count(query).number == 4
    assert trade.count(replace(query, entity="order")).number == 0
    assert other not in ids
