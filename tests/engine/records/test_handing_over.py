"""Handing over what names somebody who leaves: what there is, what may be handed over, and that it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from engine.accounts import People
from engine.audit import Audit, Sought
from engine.problems import Refused
from engine.records import Edit, Missing, Records
from engine.records.acts import Acts
from engine.records.handing_over import HandedOver, HandingOver
from engine.records.undoing import Undoing
from engine.rights import SYSTEM, rights_of
from engine.storage.recording import Undoes
from tests.guarded import as_person
from tests.staffed import ANN, BOB, CID, ENTITIES, open_staffed, staffed

STAMPS = ("_version", "_updated_at", "_updated_by")
EVERYWHERE = {
    ("employee", "boss"),
    ("client", "manager"),
    ("client", "keeper"),
    ("client", "team"),
    ("order", "seller"),
    ("order_line", "packer"),
}
Counts = dict[tuple[str, str], tuple[int, int, int]]


@pytest.fixture
def staff(database_url: str) -> Iterator[Records]:
    records = open_staffed(database_url)
    yield records
    records.database.close()


def counts(records: Records, leaver: int = ANN, receiver: int = BOB) -> Counts:
    """How many may be handed over, are not this principal's to hand over, and are kept as they are."""
    found = HandingOver.through(records).holdings(leaver, receiver)
    return {one.place.key: (one.count, one.barred, one.fixed) for one in found}


def hand_over(records: Records, *keys: tuple[str, str]) -> HandedOver:
    return HandingOver.through(records).hand_over(ANN, BOB, keys or EVERYWHERE)


def everything(records: Records) -> dict[str, list[Any]]:
    """All records with what is computed, and their links."""
    found: dict[str, list[Any]] = {}
    with records.database.read() as connection:
        for entity, table in records.tables.entities.items():
            kept = [column for column in table.c if column.name not in STAMPS]
            found[entity] = [tuple(row) for row in connection.execute(select(*kept).order_by(table.c.id))]
        for (entity, name), table in records.tables.links.items():
            rows = connection.execute(select(table).order_by(table.c.record_id, table.c.position))
            found[f"{entity}.{name}"] = [tuple(row) for row in rows]
    return found


class TestCounts:
    def test_users_and_what_stands_for_them_are_found(self, staff: Records) -> None:
        assert counts(staff) == {
            ("employee", "boss"): (1, 0, 0),  # Bob, who reports to Ann too, does not become his own boss
            ("client", "manager"): (3, 0, 0),
            ("client", "keeper"): (3, 0, 0),
            ("client", "team"): (2, 0, 0),
            ("order", "seller"): (2, 0, 1),
            ("order_line", "packer"): (4, 0, 0),
        }

    def test_what_is_in_the_trash_stays_there(self, staff: Records) -> None:
        staff.delete("order", [1])
        found = counts(staff)
        assert found["order", "seller"] == (1, 0, 1)
        assert found["order_line", "packer"] == (3, 0, 0)

    def test_without_a_record_for_the_receiver_only_users_are_handed_over(self, staff: Records) -> None:
        found = {one.place.key: one for one in HandingOver.through(staff).holdings(ANN, CID)}
        assert found["client", "manager"].possible
        assert not found["client", "keeper"].possible
        assert found["client", "keeper"].count == 3
        done = HandingOver.through(staff).hand_over(ANN, CID, EVERYWHERE)
        assert done.count == 3 + 4
        assert staff.get("client", 1).values["keeper"] == ANN

    def test_a_linked_record_stands_for_a_user(self, database_url: str) -> None:
        entities = {**ENTITIES, "employee": {"fields": {**ENTITIES["employee"]["fields"], "account": {"type": "text"}}}}
        changed = {name: value for name, value in entities["employee"]["fields"].items() if name != "account"}
        entities["employee"] = {"fields": {**changed, "account": {"type": "user"}}}
        records = open_staffed(database_url, staffed(entities=entities, user_links=["employee"]))
        assert ("client", "keeper") not in counts(records)
        # A field that several records may share makes none of them stand for a user: it is handed over.
        assert counts(records)["employee", "account"] == (1, 0, 0)
        People(records.database).link(ANN, "employee", 3)
        records.update("client", 2, Edit({"keeper": 3}))
        assert counts(records)["client", "keeper"] == (1, 0, 0)
        records.database.close()

    @pytest.mark.parametrize(("leaver", "receiver"), [(77, BOB), (ANN, 77), (ANN, ANN)])
    def test_who_is_not_there_hands_over_nothing(self, staff: Records, leaver: int, receiver: int) -> None:
        with pytest.raises(Missing):
            counts(staff, leaver, receiver)

    def test_who_may_not_sign_in_receives_nothing(self, staff: Records) -> None:
        People(staff.database).set_active(BOB, active=False)
        with pytest.raises(Missing):
            hand_over(staff)
        assert counts(staff, BOB, ANN)["client", "manager"] == (1, 0, 0)


class TestDoing:
    def test_it_is_one_act_that_computes_anew(self, staff: Records) -> None:
        versions = [staff.get("client", number).version for number in (1, 4)]
        done = hand_over(staff)
        assert (done.count, done.stayed) == (15, 1)
        client = staff.get("client", 1)
        assert (client.values["manager"], client.values["keeper"], client.values["team"]) == (BOB, BOB, (3, BOB))
        assert (client.title, client.values["called"]) == ("Alfa (Bob)", "Bob")
        assert client.version > versions[0]
        assert staff.get("client", 4).version == versions[1]
        assert staff.get("order", 1).lines["lines"][0].values["packer"] == BOB
        sold = {number: staff.get("employee", number).values["sold"] for number in (1, 2)}
        assert sold == {1: 20, 2: 80}
        (act, *_) = Acts(staff).newest()
        assert (act.kind, act.undoes) == ("hand-over", Undoes(action=done.action))
        assert act.counts["client"] == {"changed": 3}

    def test_undoing_it_leaves_what_was(self, staff: Records) -> None:
        before = everything(staff)
        done = hand_over(staff)
        assert everything(staff) != before
        plan = Undoing.through(staff).undo(Undoes(action=done.action))
        assert not plan.hindered
        assert everything(staff) == before

    def test_only_what_is_chosen_is_handed_over(self, staff: Records) -> None:
        assert hand_over(staff, ("client", "manager"), ("client", "nonsense"), ("employee", "account")).count == 3
        assert staff.get("client", 1).values["keeper"] == ANN
        assert staff.get("employee", 1).values["account"] == ANN

    def test_where_there_is_nothing_nothing_is_written_down(self, staff: Records) -> None:
        hand_over(staff)
        done = hand_over(staff)
        assert (done.count, done.action) == (0, None)
        assert len(events(staff)) == 1

    def test_an_edit_under_way_is_merged(self, staff: Records) -> None:
        seen = staff.get("client", 1)
        hand_over(staff)
        saved = staff.update("client", 1, Edit({"city": "Bergen"}, base=dict(seen.values)))
        left = staff.get("client", saved.id).values
        assert (left["city"], left["manager"]) == ("Bergen", BOB)

    def test_a_condition_that_does_not_hold_stops_everything(self, database_url: str) -> None:
        checked = {**ENTITIES["client"], "checks": [{"that": 'manager.name <> "Bob" or city = "Oslo"', "else": "No."}]}
        records = open_staffed(database_url, staffed(entities={**ENTITIES, "client": checked}))
        before = everything(records)
        with pytest.raises(Refused) as refused:
            hand_over(records)
        assert [(one.code, one.path) for one in refused.value.problems] == [("check-failed", ("2",))]
        assert everything(records) == before
        assert events(records) == []
        records.database.close()

    def test_the_audit_log_says_who_and_to_whom(self, staff: Records) -> None:
        done = hand_over(as_person(staff, CID, "head"), ("client", "manager"))
        ((event, by, subject, details),) = events(staff)
        assert (event, by, subject) == ("hand-over", CID, ANN)
        assert details == {"to": "Bob", "count": "2", "undo": f"action:{done.action}"}


class TestRights:
    def test_what_is_not_to_be_handed_over_is_counted_apart_and_stays(self, staff: Records) -> None:
        head = as_person(staff, CID, "head")
        found = counts(head)
        assert found["client", "manager"] == (2, 1, 0)
        assert found["order_line", "packer"] == (0, 4, 0)
        done = hand_over(head)
        assert (done.count, staff.get("client", 2).values["manager"]) == (2 + 2 + 1, ANN)

    def test_one_gives_away_ones_own_records_and_their_fields_need_not_be_open(self, staff: Records) -> None:
        ann = as_person(staff, ANN, "seller")
        # Neither employees nor orders are there for Ann.
        assert counts(ann) == {("client", "manager"): (3, 0, 0)}
        assert hand_over(ann).count == 3
        assert staff.get("client", 1).values["manager"] == BOB
        assert counts(ann) == {}

    def test_who_may_hand_over_nothing_does_not(self, staff: Records) -> None:
        reader = as_person(staff, CID, "reader")
        assert not HandingOver.through(reader).is_open
        assert counts(reader)["client", "manager"] == (0, 3, 0)
        assert hand_over(reader).count == 0
        assert staff.get("client", 1).values["manager"] == ANN

    def test_who_looks_with_anothers_eyes_does_not_either(self, staff: Records) -> None:
        looking = as_person(staff, CID, "head", looking=True)
        assert not HandingOver.through(looking).is_open
        assert hand_over(looking).count == 0


class TestChosenRecords:
    """Records of a list that name somebody from now on, whomever they have named."""

    def test_they_name_somebody_else_as_one_act(self, staff: Records) -> None:
        door = HandingOver.through(staff)
        assert (door.fields("client"), door.fields("order")) == (("manager", "keeper"), ("seller",))
        staff.update("client", 3, Edit({"keeper": None}))
        before = everything(staff)
        count, stayed, act = door.give("client", "keeper", [1, 3, 4, 99], BOB)
        # Delta is Bob's already.
        assert (count, stayed) == (2, 0)
        assert [staff.get("client", key).values["keeper"] for key in (1, 2, 3, 4)] == [BOB, ANN, BOB, BOB]
        assert staff.get("client", 3).title == "Gamma (Bob)"
        assert act is not None
        Undoing.through(staff).undo(act)
        assert everything(staff) == before

    def test_what_a_condition_keeps_and_oneself_stay(self, staff: Records) -> None:
        door = HandingOver.through(staff)
        assert door.give("order", "seller", [1, 2, 3], BOB)[:2] == (2, 1)
        assert door.give("employee", "boss", [1, 2, 3], BOB)[:2] == (2, 1)
        assert staff.get("employee", BOB).values["boss"] == ANN

    def test_only_with_those_for_which_one_has_the_right(self, staff: Records) -> None:
        head = HandingOver.through(as_person(staff, CID, "head"))
        assert head.give("client", "manager", [1, 2, 3, 4], CID)[:2] == (3, 1)
        for name in ("city", "called", "team", "nothing"):
            with pytest.raises(KeyError):
                head.give("client", name, [1], CID)
        with pytest.raises(KeyError):
            HandingOver.through(as_person(staff, CID, "reader")).give("client", "manager", [1], CID)
        with pytest.raises(Refused):
            head.give("client", "manager", [1], 99)


def events(records: Records) -> list[tuple[str, int | None, int | None, dict[str, str]]]:
    lines = Audit(records.database).lines(rights_of(records.tables.configuration, SYSTEM), Sought(event="hand-over"))
    return [(one.event, one.by, one.subject, dict(one.details)) for one in lines]
