"""What people write on records: who reads it, who writes it, and whom it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from engine.notes import LONGEST, Notes, Wording
from engine.problems import Refused
from engine.records import Missing, Records
from engine.storage import touched
from tests.guarded import as_person, described, fill, open_guarded

ANN, BOB, DORA = 1, 2, 4
CALLED = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    configuration = described()
    client = configuration.entities["client"].model_copy(update={"notes": ("comment", "call")})
    entities = {**configuration.entities, "client": client}
    found = open_guarded(database_url, configuration.model_copy(update={"entities": entities}))
    fill(found)
    yield found
    found.database.close()


def of(records: Records, number: int, role: str = "manager", *, looking: bool = False) -> Notes:
    return Notes(as_person(records, number, role, looking=looking))


def texts(notes: Notes, entity: str = "client", record_id: int = 1) -> list[str]:
    return [note.text for note in notes.of(entity, record_id)]


def test_what_is_written_stands_there_for_whoever_sees_the_record(records: Records) -> None:
    ann = of(records, ANN)
    ann.add("client", 1, Wording("  Wants a new saw.\r\nSoon. "))
    ann.add("client", 1, Wording("Asked for prices", "call", CALLED, "Send them", dt.date(2026, 3, 5)))
    call, comment = sorted(of(records, BOB).of("client", 1), key=lambda note: note.kind == "comment")
    assert (comment.kind, comment.text, comment.by, comment.mine) == ("comment", "Wants a new saw.\nSoon.", ANN, False)
    assert (call.kind, call.at, call.next_step, call.next_on) == ("call", CALLED, "Send them", dt.date(2026, 3, 5))
    # The moment of a contact says where it stands, not when it was written down.
    assert texts(ann) == ["Wants a new saw.\nSoon.", "Asked for prices"]
    assert texts(ann, "client", 2) == []


def test_a_record_that_one_does_not_see_holds_nothing(records: Records) -> None:
    ann, bob = of(records, ANN), of(records, BOB)
    number = ann.add("order", 1, Wording("Only for Ann"))
    for attempt in (
        lambda: bob.of("order", 1),
        lambda: bob.add("order", 1, Wording("x")),
        lambda: bob.change(number, Wording("x")),
        lambda: bob.delete(number),
        lambda: bob.of("order", 99),
    ):
        with pytest.raises(Missing):
            attempt()
    with pytest.raises(Missing):
        of(records, DORA, "buyer").of("client", 1)
    assert texts(ann, "order", 1) == ["Only for Ann"]


def test_whoever_may_change_the_record_may_write_on_it(records: Records) -> None:
    """Bob reads Ann's client and may not change it; who looks with Ann's eyes changes nothing at all."""
    for notes, wording in (
        (of(records, BOB), Wording("x")),
        (of(records, ANN, looking=True), Wording("x")),
        (of(records, ANN), Wording("x", "meeting")),
        (Notes(records), Wording("x")),
    ):
        with pytest.raises(Refused) as refused:
            notes.add("client", 1, wording)
        assert [found.code for found in refused.value.problems] == ["right-missing"]
    assert of(records, ANN).may_write("client", 1)
    assert not of(records, BOB).may_write("client", 1)
    assert texts(of(records, ANN)) == []
    with pytest.raises(Missing):
        Notes(records).of("order_line", 1)


def test_its_writer_changes_it_and_an_administrator_deletes_it(records: Records) -> None:
    ann, bob = of(records, ANN), of(records, BOB)
    number = ann.add("client", 1, Wording("Frist"))
    with pytest.raises(Refused):
        bob.change(number, Wording("x"))
    with pytest.raises(Refused):
        bob.delete(number)
    assert ann.change(number, Wording("First")) == ("client", 1)
    (note,) = ann.of("client", 1)
    assert (note.text, note.changed_at is not None, note.mine, note.deletable) == ("First", True, True, True)
    assert Notes(records).delete(number) == ("client", 1)
    assert texts(ann) == []
    with pytest.raises(Missing):
        ann.delete(number)
    with pytest.raises(Missing):
        ann.change(number, Wording("x"))
    ann.restore(number)
    assert texts(ann) == ["First"]


def test_what_does_not_fit_says_where(records: Records) -> None:
    ann = of(records, ANN)
    for wording, found in (
        (Wording(" \n "), [("required", "text")]),
        (Wording("x" * (LONGEST + 1)), [("too-long", "text")]),
        (Wording("a\x00b", "call", next_step="y" * 201), [("text-invalid", "text"), ("too-long", "next_step")]),
    ):
        with pytest.raises(Refused) as refused:
            ann.add("client", 1, wording)
        assert [(one.code, *one.path) for one in refused.value.problems] == found
    number = ann.add("client", 1, Wording("x", "comment", next_step="Call", next_on=dt.date(2026, 1, 1)))
    (note,) = ann.of("client", 1)
    assert (note.id, note.next_step, note.next_on) == (number, "", None)


def test_who_is_named_is_told_as_long_as_they_see_the_record(records: Records) -> None:
    ann, bob, dora = of(records, ANN), of(records, BOB), of(records, DORA, "auditor")
    number = ann.add("client", 1, Wording("@bob, please call; @Ann knows why. @dora @bobby bob@dora"))
    ann.add("order", 1, Wording("@Bob cannot see this order"))
    (mention,) = bob.mentions()
    assert (mention.id, mention.entity, mention.record_id, mention.title, mention.by) == (
        number,
        "client",
        1,
        "Alfa",
        1,
    )
    assert [one.id for one in dora.mentions()] == [number]
    assert ann.mentions() == ()
    assert ann.of("client", 1)[0].names == {BOB, DORA}
    ann.change(number, Wording("@Bob again"))
    bob.read(number)
    assert bob.mentions() == ()
    assert [one.id for one in dora.mentions()] == [number]
    ann.delete(number)
    assert dora.mentions() == ()


def test_an_answer_puts_aside_what_was_asked(records: Records) -> None:
    ann, bob = of(records, ANN), of(records, BOB)
    Notes(as_person(records, BOB, "manager")).add("client", 2, Wording("@Ann?"))
    assert len(ann.mentions()) == 1
    chief = of(records, ANN, "chief")
    chief.add("client", 2, Wording("Yes, @Bob"))
    assert ann.mentions() == ()
    assert [one.text for one in bob.mentions()] == ["Yes, @Bob"]


def test_whoever_follows_the_record_is_told(records: Records) -> None:
    with records.database.read() as connection:
        before = touched.mark(records.database, connection)
    of(records, ANN).add("client", 1, Wording("x"))
    with records.database.read() as connection:
        now = touched.mark(records.database, connection)
        found = touched.touched_since(records.database, connection, before, now)
    assert found == {"client": frozenset({1})}


def test_a_comment_stands_where_it_was_written_whatever_is_said_of_it(records: Records) -> None:
    ann = of(records, ANN)
    number = ann.add("client", 1, Wording("Always so", at=CALLED))
    assert [note.at == note.written_at for note in ann.of("client", 1)] == [True]
    ann.change(number, Wording("Always so", "call", CALLED))
    assert [note.at for note in ann.of("client", 1)] == [CALLED]
    ann.change(number, Wording("Asked again", "call"))
    assert [note.at for note in ann.of("client", 1)] == [CALLED]
    ann.change(number, Wording("Always so", at=CALLED))
    assert [note.at == note.written_at for note in ann.of("client", 1)] == [True]


def test_what_is_planned_is_told_until_it_is_done(records: Records) -> None:
    ann, bob = of(records, ANN), of(records, BOB)
    chief = Notes(as_person(records, BOB, "chief"))
    later = ann.add("client", 1, Wording("Asked", "call", CALLED, "Send prices", dt.date(2026, 3, 9)))
    some_day = ann.add("client", 1, Wording("Met", "call", CALLED, "Think of it"))
    first = ann.add("client", 1, Wording("Call again", "call", CALLED, next_on=dt.date(2026, 3, 5)))
    ann.add("client", 1, Wording("Nothing to do", "call", CALLED))
    chief.add("client", 2, Wording("Theirs", "call", CALLED, "Wait"))
    assert [(one.id, one.said, one.title) for one in ann.steps()] == [
        (first, "Call again", "Alfa"),
        (later, "Send prices", "Alfa"),
        (some_day, "Think of it", "Alfa"),
    ]
    assert of(records, ANN, "buyer").steps() == ()
    assert Notes(records).steps() == ()
    with pytest.raises(Refused):
        bob.finish(first)
    with pytest.raises(Refused):
        of(records, ANN, looking=True).finish(first)
    with pytest.raises(Missing):
        of(records, ANN, "buyer").finish(first)
    assert ann.finish(first) == ("client", 1)
    assert [one.id for one in ann.steps()] == [later, some_day]
    assert {note.id for note in ann.of("client", 1) if note.done} == {first}
    # Other words for the same step leave it done; another step is to be done.
    ann.change(first, Wording("Call again!", "call", CALLED, next_on=dt.date(2026, 3, 5)))
    assert [one.id for one in ann.steps()] == [later, some_day]
    ann.change(first, Wording("Call again!", "call", CALLED, next_on=dt.date(2026, 3, 12)))
    assert [one.id for one in ann.steps()] == [later, first, some_day]
    ann.finish(later)
    ann.finish(later, done=False)
    ann.delete(first)
    assert [one.id for one in ann.steps()] == [later, some_day]
