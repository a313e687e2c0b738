"""The history of a record as somebody reads it, and the record as it was at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.fields.choice import ChoiceField
from engine.records import Edit, LineEdit, Missing, Records
from engine.records.history import History
from engine.records.standing import loaded
from engine.records.told import Entry, Former
from formulas import FormulaError
from tests.bills import open_bills
from tests.computed import open_trade


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


def line(quantity: str, price: str, record_id: int | None = None) -> LineEdit:
    return LineEdit(record_id, {"quantity": Decimal(quantity), "price": Decimal(price)})


def told(entry: Entry) -> dict[str, tuple[Any, Any]]:
    return {change.name: (change.before, change.after) for change in entry.fields}


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_it_is_told_from_the_newest_on_with_values_and_titles(trade: Records) -> None:
    ann = trade.create("client", Edit({"name": "Ann"})).id
    bob = trade.create("client", Edit({"name": "Bob"})).id
    order = trade.create("order", Edit({"client": ann, "date": dt.date(2026, 3, 1)})).id
    trade.update("order", order, Edit({"client": bob}))
    found = History(trade).of("order", order)
    assert [entry.kind for entry in found.entries] == ["changed", "created"]
    assert told(found.entries[0]) == {"client": (ann, bob), "city": ("ANN", "BOB")}
    assert [change.computed for change in found.entries[0].fields] == [False, True]
    assert told(found.entries[1])["date"] == (None, dt.date(2026, 3, 1))
    assert found.titles["client", ann] == "Ann"
    assert isinstance(told(found.entries[1])["share"][1], FormulaError)


def test_lines_are_told_with_their_record(trade: Records) -> None:
    order = trade.create("order", Edit({}, lines={"lines": (line("3", "10"), line("1", "1"))})).id
    first, second = trade.get("order", order).lines["lines"]
    edits = (LineEdit(second.id, {"quantity": Decimal(2)}), LineEdit(first.id, {}, deleted=True))
    trade.update("order", order, Edit({}, lines={"lines": edits}))
    entry = History(trade).of("order", order).entries[0]
    assert {one.id: one.kind for one in entry.lines} == {first.id: "trashed", second.id: "changed"}
    (changed,) = [one for one in entry.lines if one.kind == "changed"]
    assert {one.name: (one.before, one.after) for one in changed.fields} == {
        "quantity": (Decimal("1.000"), Decimal("2.000")),
        "amount": (Decimal("1.00"), Decimal("2.00")),
    }


def test_lines_in_another_order_are_told_as_moved(trade: Records) -> None:
    order = trade.create("order", Edit({}, lines={"lines": (line("3", "10"), line("1", "1"))})).id
    first, second = trade.get("order", order).lines["lines"]
    trade.update("order", order, Edit({}, lines={"lines": (LineEdit(second.id, {}), LineEdit(first.id, {}))}))
    assert [one.kind for one in History(trade).of("order", order).entries[0].lines] == ["moved", "moved"]


def test_what_came_with_an_import_is_told_from_what_followed(trade: Records) -> None:
    with trade.batch(kind="import") as batch:
        ids = batch.add("client", ["name", "discount"], [[f"Client {n}", Decimal("0.1")] for n in range(3)])
    trade.update("client", ids[1], Edit({"name": "Bob"}))
    changed, created = History(trade).of("client", ids[1]).entries
    assert told(changed) == {"name": ("Client 1", "Bob")}
    assert (created.kind, told(created)) == (
        "created",
        {"name": (None, "Client 1"), "discount": (None, Decimal("0.1000"))},
    )
    assert created.action is not None


def test_the_history_of_a_deleted_record_stays(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    trade.delete("client", [client])
    found = History(trade).of("client", client)
    assert (found.trashed, [entry.kind for entry in found.entries]) == (True, ["trashed", "created"])
    with pytest.raises(Missing):
        History(trade).of("client", 77)
    with pytest.raises(KeyError):
        History(trade).of("nothing", 1)


def test_a_value_that_its_field_would_not_take_today_is_shown_as_it_was_written() -> None:

    described = ChoiceField.model_validate({"type": "choice", "options": ["new"]})
    assert loaded(described, "old") == Former("old")


class TestAsItWas:
    def test_a_record_with_its_lines_at_every_moment(self, trade: Records) -> None:
        ann = trade.create("client", Edit({"name": "Ann"})).id
        start = now()
        order = trade.create("order", Edit({"client": ann}, lines={"lines": (line("3", "10"), line("1", "1"))})).id
        whole, after_creation = trade.get("order", order), now()
        first, second = whole.lines["lines"]
        edits = (LineEdit(second.id, {"quantity": Decimal(2)}), LineEdit(first.id, {}, deleted=True), line("9", "9"))
        trade.update("order", order, Edit({"date": dt.date(2026, 5, 1), "client": None}, lines={"lines": edits}))
        changed, after_change = trade.get("order", order), now()
        trade.delete("order", [order])
        deleted = now()
        trade.restore("order", [order])

        history = History(trade)
        assert history.as_it_was("order", order, start) is None
        for moment, then in ((after_creation, whole), (after_change, changed), (now(), changed)):
            found = history.as_it_was("order", order, moment)
            assert found is not None
            assert not found.trashed
            record = found.record
            for name in ("number", "client", "date"):
                assert record.values[name] == then.values[name]
            got = [(one.id, one.values["quantity"], one.values["price"]) for one in record.lines["lines"]]
            assert got == [(one.id, one.values["quantity"], one.values["price"]) for one in then.lines["lines"]]
        gone = history.as_it_was("order", order, deleted)
        assert gone is not None
        assert gone.trashed
        assert len(gone.record.lines["lines"]) == 2

    def test_a_record_in_the_trash_has_the_lines_that_went_with_it(self, trade: Records) -> None:
        order = trade.create("order", Edit({}, lines={"lines": (line("3", "10"),)})).id
        before = now()
        trade.delete("order", [order])
        for moment in (before, now()):
            found = History(trade).as_it_was("order", order, moment)
            assert found is not None
            assert [one.values["quantity"] for one in found.record.lines["lines"]] == [3]

    def test_lines_that_were_imported_come_when_they_came(self, trade: Records) -> None:
        order = trade.create("order", Edit({})).id
        before = now()
        with trade.batch(kind="import") as batch:
            batch.add("order_line", ["order", "quantity", "price"], [[order, Decimal(1), Decimal(2)]])
        found, later = (History(trade).as_it_was("order", order, moment) for moment in (before, now()))
        assert found is not None
        assert later is not None
        assert (len(found.record.lines["lines"]), len(later.record.lines["lines"])) == (0, 1)


@pytest.fixture
def bills(database_url: str) -> Iterator[Records]:
    """Bills whose computed fields read nothing but the bill and its lines, but for one."""

    records = open_bills(database_url)
    yield records
    records.database.close()


def test_computed_fields_are_what_the_record_gave_then_and_others_are_left_out(bills: Records) -> None:
    client = bills.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
    edit = Edit({"client": client, "rate": Decimal("0.2")}, lines={"lines": (line("3", "10"), line("1", "5"))})
    bill = bills.create("bill", edit).id
    then, moment = bills.get("bill", bill), now()
    bills.update("bill", bill, Edit({"rate": Decimal("0.5")}, lines={"lines": (line("7", "7"),)}))
    bills.update("client", client, Edit({"discount": Decimal("0.9")}))
    found = History(bills).as_it_was("bill", bill, moment)
    assert found is not None
    for name in ("net", "vat", "total", "share"):
        assert found.record.values[name] == then.values[name]
    assert found.record.errors == then.errors
    assert [one.values["amount"] for one in found.record.lines["lines"]] == [Decimal("30.00"), Decimal("5.00")]
    assert "due" in then.values
    assert "due" not in found.record.values
