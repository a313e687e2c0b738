"""Taking back what was done: whatever it was, the records are what they were, and undoing the undo does it again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, text

from engine.problems import Refused
from engine.records import Edit, LineEdit, Missing, Records
from engine.records.undo_plan import UndoPlan
from engine.records.undoing import Undoing
from engine.rights import Principal
from engine.storage.recording import Undoes
from tests.computed import open_trade
from tests.engine.records.test_computed import ENTITIES, STEPS, Model, fresh

STAMPS = ("_version", "_created_at", "_created_by", "_updated_at", "_updated_by", "_position")


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


def line(quantity: str, price: str, record_id: int | None = None) -> LineEdit:
    return LineEdit(record_id, {"quantity": Decimal(quantity), "price": Decimal(price)})


def everything(records: Records) -> dict[str, list[Any]]:
    """All live records with what is computed, and their links; lines in their order."""
    found: dict[str, list[Any]] = {}
    with records.database.read() as connection:
        for entity in ENTITIES:
            table = records.tables.entities[entity]
            kept = [column for column in table.c if column.name not in STAMPS]
            order = [table.c.order, table.c._position, table.c.id] if entity == "order_line" else [table.c.id]
            rows = connection.execute(select(*kept).where(table.c._trashed_at.is_(None)).order_by(*order))
            found[entity] = [tuple(row) for row in rows]
        for (entity, field), table in records.tables.links.items():
            live = {row[0] for row in found[entity]}
            rows = connection.execute(select(table).order_by(table.c.record_id, table.c.position))
            found[f"{entity}.{field}"] = [tuple(row) for row in rows if row.record_id in live]
    return found


def newest(records: Records) -> Undoes | None:
    """What was done last."""
    with records.database.read() as connection:
        change = connection.execute(text("SELECT max(id) FROM _change")).scalar()
        action = connection.execute(text("SELECT max(id) FROM _action")).scalar()
        if change is None:
            return Undoes(action=action) if action else None
        of = connection.execute(text("SELECT action_id FROM _change WHERE id = :id"), {"id": change}).scalar()
    return Undoes(action=of) if of else Undoes(change=change)


def undo(records: Records, undoes: Undoes | None = None) -> UndoPlan:
    wanted = undoes or newest(records)
    assert wanted is not None
    return Undoing.through(records).undo(wanted)


class TestOneByOne:
    def test_fields_and_lines_are_set_back_with_what_is_computed(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        saw = trade.create("product", Edit({"name": "Saw", "price": Decimal(7)})).id
        edit = Edit({"client": client, "extra": (saw,)}, lines={"lines": (line("3", "10"), line("1", "1"))})
        order = trade.create("order", edit).id
        before = everything(trade)
        first, second = trade.get("order", order).lines["lines"]
        lines = (line("9", "9"), LineEdit(second.id, {"quantity": Decimal(2)}), LineEdit(first.id, {}, deleted=True))
        trade.update("order", order, Edit({"client": None, "extra": None}, lines={"lines": lines}))
        after = everything(trade)
        undo(trade)
        assert everything(trade) == before
        undo(trade)
        assert everything(trade) == after

    def test_what_was_created_goes_and_comes_again(self, trade: Records) -> None:
        before = everything(trade)
        order = trade.create("order", Edit({}, lines={"lines": (line("3", "10"),)})).id
        after = everything(trade)
        undo(trade)
        assert everything(trade) == before
        undo(trade)
        assert everything(trade) == after
        assert trade.get("order", order).values["net"] == 30

    def test_what_was_deleted_together_comes_back_together(self, trade: Records) -> None:
        clients = [trade.create("client", Edit({"name": f"Client {number}"})).id for number in range(3)]
        trade.create("order", Edit({"client": clients[0]}, lines={"lines": (line("3", "10"),)}))
        before = everything(trade)
        trade.delete("client", clients)
        after = everything(trade)
        assert undo(trade).counts == {"changed": 1, "trashed": 0, "restored": 3}
        assert everything(trade) == before
        undo(trade)
        assert everything(trade) == after

    def test_an_import_goes_again_but_for_what_somebody_has_changed_since(self, trade: Records) -> None:
        known = trade.create("client", Edit({"name": "Ann"})).id
        with trade.batch(kind="import") as batch:
            ids = batch.add("client", ["name", "boss"], [[f"Client {number}", None] for number in range(20)])
            batch.update("client", known, {"name": "Bob"})
        act = newest(trade)
        trade.update("client", ids[4], Edit({"name": "Changed", "boss": ids[5]}))
        trade.update("client", ids[7], Edit({"name": "Changed"}))
        trade.update("client", ids[7], Edit({"name": "Client 7"}))
        plan = Undoing.through(trade).plan(act or Undoes())
        assert plan.counts == {"changed": 1, "trashed": 18, "restored": 0}
        # The fifth is what a record refers to that stays.
        assert sorted(step.record_id for step in plan.hindered) == [ids[4], ids[5]]
        undo(trade, act)
        left = {row[0] for row in everything(trade)["client"]}
        assert left == {known, ids[4], ids[5]}
        assert trade.get("client", known).values["name"] == "Ann"


class TestChangedSince:
    def test_only_what_still_holds_is_set_back(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
        trade.update("client", client, Edit({"name": "Bob", "discount": Decimal("0.2")}))
        act = newest(trade)
        trade.update("client", client, Edit({"name": "Cid"}))
        (step,) = undo(trade, act).steps
        assert step.kept == ("Name",)
        found = trade.get("client", client).values
        assert (found["name"], found["discount"]) == ("Cid", Decimal("0.1"))

    def test_a_record_that_was_changed_since_it_came_stays(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        act = newest(trade)
        trade.update("client", client, Edit({"name": "Bob"}))
        plan = undo(trade, act)
        assert (plan.steps, [step.reason for step in plan.hindered]) == ((), ["changed-since"])
        assert trade.get("client", client).values["name"] == "Bob"

    def test_a_record_to_which_others_refer_stays(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        act = newest(trade)
        trade.create("order", Edit({"client": client}))
        assert [step.reason for step in undo(trade, act).hindered] == ["in-use"]
        trade.get("client", client)

    def test_a_reference_to_what_is_gone_is_not_set_back(self, trade: Records) -> None:
        ann, bob = (trade.create("client", Edit({"name": name})).id for name in ("Ann", "Bob"))
        order = trade.create("order", Edit({"client": ann})).id
        trade.update("order", order, Edit({"client": bob}))
        act = newest(trade)
        trade.delete("client", [ann])
        assert [step.kept for step in undo(trade, act).hindered] == [("Client",)]

    def test_in_the_trash_nothing_is_set_back(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        trade.update("client", client, Edit({"name": "Bob"}))
        act = newest(trade)
        trade.delete("client", [client])
        assert [step.reason for step in undo(trade, act).hindered] == ["in-trash"]

    def test_twice_does_nothing_the_second_time(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        trade.update("client", client, Edit({"name": "Bob"}))
        act = newest(trade)
        undo(trade, act)
        assert undo(trade, act).empty


class TestDoor:
    def test_a_plan_changes_nothing_and_knows_what_would_be_refused(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        trade.update("client", client, Edit({"name": "Bob"}))
        before, act = everything(trade), newest(trade)
        plan = Undoing.through(trade).plan(act or Undoes())
        assert [(one.name, one.before, one.after) for one in plan.steps[0].fields] == [("name", "Bob", "Ann")]
        assert everything(trade) == before
        assert newest(trade) == act

    def test_one_takes_back_what_one_has_done_and_an_administrator_everything(self, trade: Records) -> None:
        ann, bob = Principal(1, "Ann"), Principal(2, "Bob")
        Records(trade.database, trade.tables, ann).create("client", Edit({"name": "Ann"}))
        act = newest(trade)
        with pytest.raises(Missing):
            undo(Records(trade.database, trade.tables, bob), act)
        with pytest.raises(Missing):
            undo(trade, Undoes(change=77))
        with pytest.raises(Missing):
            undo(trade, Undoes(action=77))
        assert not undo(Records(trade.database, trade.tables, ann), act).empty

    def test_it_is_kept_as_an_act_of_its_own(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        trade.update("client", client, Edit({"name": "Bob"}))
        undo(trade)
        with trade.database.read() as connection:
            act = connection.execute(text("SELECT kind, origin, undoes_change FROM _action")).one()
        assert tuple(act) == ("undo", "undo", 2)

    def test_what_is_refused_leaves_everything_as_it_was(self, trade: Records) -> None:
        with trade.batch(kind="import") as batch:
            batch.add("client", ["name"], [[None]])
        (row,) = everything(trade)["client"]
        trade.update("client", row[0], Edit({"name": "Ann"}))
        before = everything(trade)
        with pytest.raises(Refused):
            undo(trade)
        assert everything(trade) == before
        plan = Undoing.through(trade).plan(newest(trade) or Undoes())
        assert [problem.code for problem in plan.problems] == ["required"]


def check_steps(records: Records, steps: list[tuple[Any, ...]]) -> None:
    """After each step: undone it is as before, and the undo undone it is as after it."""
    model = Model(records)
    for step in steps:
        before, last = everything(records), newest(records)
        model.run(step)
        act = newest(records)
        if act == last:
            continue
        after = everything(records)
        plan = undo(records, act)
        if plan.hindered or any(one.kept for one in plan.steps):
            # A link that led to a record in the trash cannot lead there again.
            assert any(row for row in after["order.extra"] + before["order.extra"])
            continue
        assert everything(records) == before
        undo(records)
        assert everything(records) == after


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_whatever_was_done_undone_is_as_if_it_had_not_been(tmp_path: Path, steps: list[tuple[Any, ...]]) -> None:
    with fresh(tmp_path) as records:
        check_steps(records, steps)


@pytest.mark.postgresql
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_on_postgresql_too(postgresql_url: str, steps: list[tuple[Any, ...]]) -> None:
    if postgresql_url not in _STARTED:
        _STARTED[postgresql_url] = open_trade(postgresql_url)
    check_steps(_STARTED[postgresql_url], steps)


_STARTED: dict[str, Records] = {}
