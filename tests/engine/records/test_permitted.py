"""Why people may do something or may not, and who may: what is said is what the door to the records does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from engine.model.role import ACTIONS
from engine.records import Edit, Missing, Records
from engine.records.permitted import Permitted, Reach
from engine.rights import Asked, Granted, Limit, Principal, Term
from engine.storage.tables import describe_tables
from tests.guarded import as_person, described, fill, open_guarded

ANN = Principal(1, "Ann", roles=frozenset({"manager"}))
CID = Principal(3, "Cid", roles=frozenset({"buyer"}))
DORA = Principal(4, "Dora", roles=frozenset({"auditor"}))
BOTH = Principal(4, "Dora", roles=frozenset({"auditor", "manager"}))
BEYOND = 999


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url)
    fill(records)
    yield records
    records.database.close()


@pytest.fixture
def permitted(trade: Records) -> Permitted:
    return Permitted(trade.database, trade.tables)


def test_a_grant_whose_condition_the_record_meets(permitted: Permitted) -> None:
    found = permitted.why(ANN, Asked("read", "order"), 1)
    assert (found.verdict, found.reason) == ("yes", "granted")
    assert found.grants == (Granted("manager", Term("manager = USER()", met=True)),)
    assert found.limits == (Limit("everyone", Term("NOT archived", met=True)),)


def test_no_condition_is_met(permitted: Permitted) -> None:
    found = permitted.why(ANN, Asked("read", "order"), 2)
    assert (found.verdict, found.reason) == ("no", "conditions")
    assert found.grants == (Granted("manager", Term("manager = USER()", met=False)),)
    assert found.others == ("chief", "auditor")


def test_a_restriction_stands_in_the_way(trade: Records, permitted: Permitted) -> None:
    trade.update("order", 1, Edit({"archived": True}))
    found = permitted.why(ANN, Asked("read", "order"), 1)
    assert (found.verdict, found.reason) == ("no", "restriction")
    assert found.limits == (Limit("everyone", Term("NOT archived", met=False)),)


def test_nothing_grants_it(permitted: Permitted) -> None:
    found = permitted.why(CID, Asked("read", "order"))
    assert (found.verdict, found.reason, found.grants) == ("no", "nothing", ())
    assert permitted.why(ANN, Asked("delete", "client"), 1).others == ("chief",)


def test_what_may_not_be_read_may_not_be_changed(permitted: Permitted) -> None:
    found = permitted.why(ANN, Asked("update", "order"), 2)
    assert (found.verdict, found.reason, found.asked.action) == ("no", "unreadable", "read")


def test_without_a_record_it_may_depend(permitted: Permitted) -> None:
    found = permitted.why(ANN, Asked("read", "order"))
    assert (found.verdict, found.reason) == ("depends", "depends")
    assert found.grants == (Granted("manager", Term("manager = USER()")),)


def test_fields(trade: Records, permitted: Permitted) -> None:
    hidden = permitted.why(ANN, Asked("read", "client", "secret"), 1)
    assert (hidden.verdict, hidden.reason) == ("no", "hidden")
    assert hidden.grants == (Granted("manager", closed="hidden"),)
    vanished = permitted.why(ANN, Asked("read", "order", "margin"), 1)
    assert (vanished.verdict, vanished.reason, vanished.lacking) == ("no", "vanished", ("order_line", "cost"))
    assert permitted.why(ANN, Asked("update", "order", "rebate"), 1).reason == "readonly"
    assert permitted.why(ANN, Asked("update", "order", "total"), 1).reason == "computed"
    assert permitted.why(ANN, Asked("read", "order", "lines.cost"), 1).reason == "hidden"
    assert permitted.why(ANN, Asked("read", "order", "lines.price"), 1).verdict == "yes"
    trade.update("order", 1, Edit({"status": "paid"}))
    note = permitted.why(ANN, Asked("read", "order", "note"), 1)
    assert (note.verdict, note.reason) == ("no", "hidden")
    assert note.needs == (((Term('NOT (status = "paid")', met=False),),),)
    assert note.grants == (Granted("manager", Term("manager = USER()", met=True), "hidden"),)


def test_administrators_and_configurations_without_roles(trade: Records, permitted: Permitted) -> None:
    boss = Principal(9, "Boss", administrator=True)
    assert permitted.why(boss, Asked("delete", "order"), 1).reason == "administrator"
    bare = Permitted(trade.database, describe_tables(described(roles={})))
    assert bare.why(CID, Asked("delete", "order"), 1).reason == "open"


def test_what_is_not_there(permitted: Permitted) -> None:
    with pytest.raises(Missing):
        permitted.why(ANN, Asked("read", "order"), BEYOND)
    with pytest.raises(KeyError):
        permitted.why(ANN, Asked("read", "order", "nonsense"), 1)
    with pytest.raises(KeyError):
        permitted.why(ANN, Asked("read", "nonsense"))


def test_who_may_what_by_which_role(permitted: Permitted) -> None:
    actions = ("read", "update")
    assert permitted.reach(ANN, "order", actions, 1) == {name: Reach("yes", ("manager",)) for name in actions}
    assert permitted.reach(ANN, "order", actions, 2) == {name: Reach("no") for name in actions}
    assert permitted.reach(BOTH, "client", actions) == {
        "read": Reach("yes", ("manager", "auditor")),
        "update": Reach("depends", ("manager",)),
    }


def test_the_verdict_is_what_the_door_does(trade: Records, permitted: Permitted) -> None:
    trade.update("order", 2, Edit({"status": "paid"}))
    for person, entity, record_id in itertools.product((ANN, CID, DORA, BOTH), ("order", "client", "product"), (1, 2)):
        door = as_person(trade, person.id or 0, *person.roles)
        try:
            allowed = door.allowed(entity, record_id)
            values = door.get(entity, record_id).values
        except (KeyError, Missing):
            allowed, values = frozenset(), {}
        said = {one for one in ACTIONS if permitted.why(person, Asked(one, entity), record_id).verdict == "yes"}
        assert said == allowed, (person, entity, record_id)
        for name in described().entities[entity].fields:
            explained = permitted.why(person, Asked("read", entity, name), record_id)
            if trade.configuration.entities[entity].fields[name].kind not in ("lines", "related"):
                shown = name in values and (values[name] is not None or explained.verdict == "yes")
                assert (explained.verdict == "yes") >= shown, (person, entity, record_id, name)
                assert explained.verdict == "no" or name in values, (person, entity, record_id, name)
