"""References along which a view shows a tree: none leads back to its record, however it is written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Configuration
from engine.problems import Refused
from engine.query import Query
from engine.records import Edit, Records, RowEdit
from engine.records.circles import circles
from engine.records.handing_over import HandingOver
from engine.records.several import Several
from engine.records.trees import Trees
from engine.records.undoing import Undoing
from engine.rights import SYSTEM, Principal
from engine.storage.above import above
from engine.storage.tables import describe_tables
from tests.ready import ready_database

TEAM: dict[str, Any] = {
    "kartoteka": 1,
    "name": "team",
    "entities": {
        "person": {
            "fields": {
                "name": {"type": "text", "required": True},
                "boss": {"type": "reference", "to": "person", "on_delete": "clear"},
                "friend": {"type": "reference", "to": "person", "on_delete": "clear"},
                "note": {"type": "text"},
                "account": {"type": "user", "unique": True},
            },
            "views": {"team": {"kind": "tree", "by": "boss", "columns": ["name"]}},
        }
    },
    "roles": {"porter": {"grants": [{"entity": "person", "can": ["read", "delete"], "fields": {"boss": "hidden"}}]}},
}
ABOVE = [("above-itself", "boss")]


@pytest.fixture
def team(database_url: str) -> Iterator[Records]:
    """Ann above Ben above Cem above Dee; Eve by herself."""
    configuration = Configuration.model_validate(TEAM)
    database = ready_database(database_url, configuration)
    records = Records(database, describe_tables(configuration), SYSTEM)
    for name, boss in (("Ann", None), ("Ben", 1), ("Cem", 2), ("Dee", 3), ("Eve", None)):
        records.create("person", Edit({"name": name, "boss": boss, "friend": boss}))
    yield records
    database.close()


def refused(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as error:
        work()
    return [(one.code, str(one.path[-1])) for one in error.value.problems]


def boss(records: Records, record_id: int) -> Any:
    return records.get("person", record_id).values["boss"]


def in_a_batch(records: Records, **pairs: int) -> None:
    with records.batch(kind="import") as batch:
        for key, to in pairs.items():
            batch.update("person", int(key[1:]), {"boss": to})


def closed_by_hand(records: Records) -> None:
    """A circle from before the view: Ann below Dee."""
    with records.batch() as batch:
        batch.writer.update(batch.connection, "person", 1, {"note": "x"})
        batch.connection.execute(
            records.tables.entities["person"].update().where(records.tables.entities["person"].c.id == 1).values(boss=4)
        )


def test_no_save_puts_a_record_below_itself(team: Records) -> None:
    several = Several.through(team)
    assert refused(lambda: team.update("person", 1, Edit({"boss": 4}))) == ABOVE
    assert refused(lambda: team.update("person", 5, Edit({"boss": 5}))) == ABOVE
    assert refused(lambda: several.save("person", [RowEdit("a", 2, {"boss": 4})])) == ABOVE
    assert refused(lambda: in_a_batch(team, p1=4)) == ABOVE
    assert refused(lambda: HandingOver.through(team).give("person", "boss", [1], 4)) == ABOVE
    assert [boss(team, key) for key in range(1, 6)] == [None, 1, 2, 3, None]
    # What no view shows as a tree may lead anywhere.
    team.update("person", 1, Edit({"friend": 4}))
    team.update("person", 5, Edit({"boss": 4}))
    team.update("person", 4, Edit({"boss": 1}))


def test_each_row_that_closes_a_circle_says_so(team: Records) -> None:
    edits = [RowEdit("a", 1, {"boss": 5}), RowEdit("b", 5, {"boss": 4}), RowEdit("c", 3, {"note": "x"})]
    with pytest.raises(Refused) as error:
        Several.through(team).save("person", edits)
    assert [(one.code, one.path) for one in error.value.problems] == [
        ("above-itself", ("a", "boss")),
        ("above-itself", ("b", "boss")),
    ]
    # Turned round together, the records are no circle at the end.
    Several.through(team).save("person", [RowEdit("a", 1, {"boss": 2}), RowEdit("b", 2, {"boss": None})])
    assert (boss(team, 1), boss(team, 2)) == (2, None)


def test_what_is_put_back_closes_no_circle(team: Records) -> None:
    done = Several.through(team).save("person", [RowEdit("a", 2, {"boss": None})], "clear")
    assert done.undoes
    undoes = done.undoes
    team.update("person", 1, Edit({"boss": 4}))
    assert refused(lambda: Undoing.through(team).undo(undoes)) == ABOVE
    team.update("person", 1, Edit({"boss": 5}))
    team.update("person", 2, Edit({"boss": 1}))
    team.delete("person", [1])
    # Ben, who was below Ann, is above Eve now, who was above her.
    team.update("person", 5, Edit({"boss": 4}))
    assert refused(lambda: team.restore("person", [1])) == ABOVE
    team.update("person", 5, Edit({"boss": None}))
    team.restore("person", [1])
    assert (boss(team, 1), boss(team, 2)) == (5, 1)


def test_whoever_puts_back_is_told_of_no_field_that_they_may_not_see(team: Records) -> None:
    team.update("person", 1, Edit({"boss": 5}))
    team.delete("person", [1])
    team.update("person", 5, Edit({"boss": 4}))
    porter = Records(team.database, team.tables, Principal(7, "Pim", roles=frozenset({"porter"})))
    with pytest.raises(Refused) as error:
        porter.restore("person", [1])
    assert [(one.code, one.path) for one in error.value.problems] == [("above-itself", ())]


def waits_for_another(records: Records) -> bool:
    """Whether a connection waits for a lock; on SQLite a second writer always waits for the first."""
    if records.database.sqlite:
        return True
    with records.database.read() as connection:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(connection.exec_driver_sql(waiting).scalar())


def test_two_who_save_at_the_same_time_close_no_circle_together(team: Records) -> None:
    """Ann goes below Fay, and Eve, above whom nobody stands, below Ben: no record is written by both."""
    fay = team.create("person", Edit({"name": "Fay", "boss": 5})).id
    other = Records(team.database, team.tables, SYSTEM)
    found: list[object] = []

    def save() -> None:
        try:
            found.append(other.update("person", 5, Edit({"boss": 2})))
        except Refused as error:
            found.append([(one.code, one.path[-1]) for one in error.problems])

    rival = Thread(target=save)

    def work() -> None:
        team.update("person", 1, Edit({"boss": fay}))
        rival.start()
        while not found and not waits_for_another(other):
            rival.join(0.01)

    team.together(work)
    rival.join()
    assert found == [ABOVE]
    assert (boss(team, 1), boss(team, 5)) == (fay, None)


def test_a_circle_that_is_there_is_told_of_and_stays_open_to_other_changes(team: Records) -> None:
    closed_by_hand(team)
    assert Trees(team).circles(Query("person", ()), "boss", 100) == ((1, 4, 3, 2),)
    assert Trees(team).circles(Query("person", ()), "boss", 3) == ()
    team.update("person", 1, Edit({"note": "still"}))
    team.update("person", 5, Edit({"boss": 2}))
    team.update("person", 2, Edit({"boss": None}))
    assert Trees(team).circles(Query("person", ()), "boss", 100) == ()


def test_a_long_chain_is_looked_at_once(team: Records) -> None:
    """However many of its records are asked about, and in a circle too."""
    count = 3_000
    with team.batch() as batch:
        ids = batch.reserve("person", count)
        batch.add("person", ("name", "boss"), [(f"P{at}", None) for at in ids], ids)
        for at in ids[1:]:
            batch.writer.update(batch.connection, "person", at, {"boss": at - 1})
        found = above(team.database, batch.connection, team.tables, ("person", "boss"), ids)
        assert found == {at: at - 1 for at in ids[1:]}
    assert refused(lambda: team.update("person", ids[0], Edit({"boss": ids[-1]}))) == ABOVE


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9)))
def test_circles_are_the_records_that_one_comes_back_to(leads: dict[int, int]) -> None:
    def returns(start: int) -> bool:
        at: int | None = start
        for _ in leads:
            at = leads.get(at) if at is not None else None
            if at == start:
                return True
        return False

    found = circles(leads)
    assert sorted(one for circle in found for one in circle) == sorted(filter(returns, leads))
    assert all(circle[0] == min(circle) for circle in found)
    assert all(leads[one] == circle[(at + 1) % len(circle)] for circle in found for at, one in enumerate(circle))
    shuffled = list(leads.items())
    random.Random(1).shuffle(shuffled)
    assert sorted(circles(dict(shuffled))) == sorted(found)
