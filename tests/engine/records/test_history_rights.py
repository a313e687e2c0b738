"""History tells nobody what they may not see today: no field, no line, no record, and no count of what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.problems import Refused
from engine.records import Edit, LineEdit, Missing, Records
from engine.records.acts import Acts
from engine.records.history import History
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from tests.guarded import as_person, fill, open_guarded, order


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url)
    fill(records)
    yield records
    records.database.close()


@pytest.fixture
def ann(trade: Records) -> Records:
    return as_person(trade, 1, "manager")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def names(records: Records, entity: str, record_id: int) -> list[set[str]]:
    return [{change.name for change in entry.fields} for entry in History(records).of(entity, record_id).entries]


def test_a_hidden_field_is_not_told_and_its_changes_leave_no_trace(trade: Records, ann: Records) -> None:
    before = History(ann).of("client", 1)
    trade.update("client", 1, Edit({"secret": "silver", "discount": Decimal("0.2")}))
    assert History(ann).of("client", 1) == before
    assert names(ann, "client", 1) == [{"name", "city", "manager"}]
    then = History(ann).as_it_was("client", 1, now())
    assert then is not None
    assert "secret" not in then.record.values
    assert "turnover" not in then.record.values


def test_a_field_that_is_hidden_in_some_records_is_told_by_todays_record(trade: Records, ann: Records) -> None:
    trade.update("order", 1, Edit({"note": "hush"}))
    assert {"note"} in names(ann, "order", 1)
    open_then = now()
    trade.update("order", 1, Edit({"status": "paid"}))
    assert names(ann, "order", 1)[0] == {"status"}
    assert not any("note" in found for found in names(ann, "order", 1))
    then = History(ann).as_it_was("order", 1, open_then)
    assert then is not None
    assert "note" not in then.record.values
    trade.update("order", 1, Edit({"status": "new"}))
    assert any("note" in found for found in names(ann, "order", 1))


def test_a_hidden_field_of_a_line_is_not_told(trade: Records, ann: Records) -> None:
    (line,) = trade.get("order", 1).lines["lines"]
    before = History(ann).of("order", 1)
    trade.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"cost": Decimal(1)}),)}))
    found = History(ann).of("order", 1)
    assert len(found.entries) == len(before.entries)
    assert all(change.name != "cost" for entry in found.entries for one in entry.lines for change in one.fields)
    then = History(ann).as_it_was("order", 1, now())
    assert then is not None
    assert "cost" not in then.record.lines["lines"][0].values


def test_a_record_out_of_sight_has_no_history_like_one_that_never_was(trade: Records, ann: Records) -> None:
    for record_id in (2, 999):
        with pytest.raises(Missing):
            History(ann).of("order", record_id)
        with pytest.raises(Missing):
            History(ann).as_it_was("order", record_id, now())
    eve = as_person(trade, 5)
    with pytest.raises(KeyError):
        History(eve).of("order", 1)


def test_what_a_reference_led_to_is_named_only_where_it_may_be_seen(trade: Records) -> None:
    hidden = trade.create("product", Edit({"name": "Secret thing"})).id
    trade.update("order", 1, Edit({"tags": (hidden,), "status": "paid"}))
    dora = as_person(trade, 4, "auditor")
    found = History(dora).of("order", 1)
    assert not any(target == "product" for target, _ in found.titles)


def test_one_undoes_ones_own_and_only_what_one_may_still_do(trade: Records, ann: Records) -> None:
    ann.update("client", 1, Edit({"city": "Bergen"}))
    (done, *_) = Acts(ann).newest()
    assert Undoing.through(ann).plan(done.undoes).counts["changed"] == 1
    trade.update("client", 1, Edit({"manager": 2}))
    with pytest.raises(Refused) as refused:
        Undoing.through(ann).undo(done.undoes)
    assert [found.code for found in refused.value.problems] == ["right-missing-here"]
    assert [found.code for found in Undoing.through(ann).plan(done.undoes).problems] == ["right-missing-here"]
    with pytest.raises(Missing):
        Undoing.through(ann).undo(Undoes(change=1))
    looking = as_person(trade, 1, "manager", looking=True)
    with pytest.raises(Refused):
        Undoing.through(looking).undo(done.undoes)


def test_the_list_counts_only_what_may_be_seen(trade: Records) -> None:
    chief = as_person(trade, 3, "chief")
    mine, theirs = order(trade, 1, 1), order(trade, 2, 2)
    doer = as_person(trade, 1, "manager", "chief")
    doer.delete("order", [mine, theirs])
    assert Acts(chief).newest(limit=1)[0].counts == {"order": {"trashed": 2}}
    (seen, *_) = Acts(as_person(trade, 1, "manager")).newest()
    assert seen.counts == {"order": {"trashed": 1}}
