"""The door to notes, for one principal.

Whoever may see a record reads what is written on it, and whoever may change the record may write there; what was
written is changed by its writer alone, and deleted by them or an administrator.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from engine.fields.text import one_line, plain_text
from engine.model import NoteKind
from engine.notes.mentions import named
from engine.problems import Problem, Refused, Unfit, problem
from engine.records import Missing, Records
from engine.storage import Connection, touched
from engine.storage import notes as storage
from engine.storage.notes import NoteRow

LONGEST = 10_000
"""So many characters a note has at most."""
LONGEST_STEP = 200
MOST = 100
"""So many mentions and next steps are told at once, of so many that are"""
LOOKED_AT = 2_000
"""looked at: some stand on records that one may not see any more."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody writes. `at` is when they spoke with somebody, None for now; a comment has no next step."""

    text: str
    kind: NoteKind = "comment"
    at: dt.datetime | None = None
    next_step: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What stands on a record, in its writer's words, and the users whom it names."""

    id: int
    kind: NoteKind
    at: dt.datetime
    text: str
    next_step: str
    next_on: dt.date | None
    done: bool
    """Whether the next step is done."""
    by: int
    written_at: dt.datetime
    changed_at: dt.datetime | None
    names: frozenset[int]
    mine: bool
    """Whether this principal may change its wording."""
    deletable: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that names this principal, and the record on which it stands."""

    id: int
    entity: str
    record_id: int
    title: str
    text: str
    by: int
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Step:
    """What this principal has to do next: the next step of a note of theirs, and the record on which that stands."""

    id: int
    entity: str
    record_id: int
    title: str
    said: str
    """Its words; the note's own, where a day alone was given."""
    on: dt.date | None


@dataclass(frozen=True)
class Notes:
    """The notes on the records of one database, as the principal of `records` sees them."""

    records: Records

    def kinds(self, entity: str) -> tuple[NoteKind, ...]:
        """What may be noted on the records of an entity.

        Raises:
            KeyError: there is no such entity.
        """
        return self.records.configuration.entities[entity].noted

    def of(self, entity: str, record_id: int) -> tuple[Note, ...]:
        """What stands on a record, the latest first.

        Raises:
            Missing: there is no such record.
        """
        self._need(entity, record_id)
        with self.records.database.read() as connection:
            rows = storage.of_record(connection, entity, record_id)
            names = storage.named_in(connection, [row.id for row in rows])
        return tuple(self._note(row, frozenset(names.get(row.id, ()))) for row in rows)

    def has(self, entity: str, record_id: int) -> bool:
        """Whether there is such a record for this principal, on which notes are written."""
        described = self.records.configuration.entities.get(entity)
        return bool(described and described.noted) and record_id in self.records.titles(entity, [record_id])

    def place(self, number: int) -> tuple[str, int]:
        """The entity and the id of the record on which a note stands.

        Raises:
            Missing: there is no such note.
        """
        row = self._row(number)
        return row.entity, row.record_id

    def may_write(self, entity: str, record_id: int) -> bool:
        """Whether this principal may write on a record."""
        principal = self.records.principal
        if principal.id is None or principal.looking or not self.kinds(entity):
            return False
        return "update" in self.records.allowed(entity, record_id)

    # Writing

    def add(self, entity: str, record_id: int, wording: Wording) -> int:
        """Write on a record; the number of the note. Whoever answers has seen what stood there.

        Raises:
            Missing: there is no such record.
            Refused: the wording does not fit, or one may not write there.
        """
        self._need(entity, record_id)
        if not self.may_write(entity, record_id) or wording.kind not in self.kinds(entity):
            raise _not_allowed(entity)
        values, writer, now = _values(wording), self.records.principal.id, _now()
        assert writer is not None
        values |= {"at": _moment(wording, now), "written_by": writer, "written_at": now}
        with self.records.database.write() as connection:
            number = storage.add_note(connection, {"entity": entity, "record_id": record_id, **values})
            storage.add_mentions(connection, number, _names(connection, values["text"], writer))
            storage.read_all(connection, writer, entity, record_id, now)
            touched.tell_of(self.records.database, connection, entity, record_id)
        return number

    def change(self, number: int, wording: Wording) -> tuple[str, int]:
        """Put one's own note in other words; the entity and the id of the record on which it stands.

        Raises:
            Missing: there is no such note.
            Refused: the wording does not fit, or it is somebody else's.
        """
        row = self._row(number)
        if not self._mine(row) or wording.kind not in self.kinds(row.entity):
            raise _not_allowed(row.entity)
        values = _values(wording)
        same = (values["next_step"], values["next_on"]) == (row.next_step, row.next_on)
        values |= {
            "changed_at": _now(),
            "done_at": row.done_at if same else None,
            "at": _moment(wording, row.written_at if wording.kind == "comment" else row.at),
        }
        with self.records.database.write() as connection:
            storage.change_note(connection, number, values)
            before = storage.named_in(connection, [number]).get(number, set())
            added = set(_names(connection, values["text"], row.written_by)) - before
            storage.add_mentions(connection, number, sorted(added))
            touched.tell_of(self.records.database, connection, row.entity, row.record_id)
        return row.entity, row.record_id

    def delete(self, number: int) -> tuple[str, int]:
        """Delete a note; the entity and the id of the record on which it stood.

        Raises:
            Missing: there is no such note.
            Refused: it is somebody else's.
        """
        return self._trashed(number, _now())

    def restore(self, number: int) -> tuple[str, int]:
        """Bring a deleted note back; the entity and the id of the record on which it stands.

        Raises:
            Missing: there is no such note.
            Refused: it is somebody else's.
        """
        return self._trashed(number, None)

    def _trashed(self, number: int, at: dt.datetime | None) -> tuple[str, int]:
        row = self._row(number, trashed=at is None)
        if not self._deletable(row):
            raise _not_allowed(row.entity)
        with self.records.database.write() as connection:
            storage.change_note(connection, number, {"trashed_at": at})
            touched.tell_of(self.records.database, connection, row.entity, row.record_id)
        return row.entity, row.record_id

    # What is to be done

    def steps(self) -> tuple[Step, ...]:
        """What this principal has planned on records that they may see and has not done, the most urgent first."""
        writer = self.records.principal.id
        if writer is None:
            return ()
        with self.records.database.read() as connection:
            rows = storage.ahead(connection, writer, LOOKED_AT)
        titles = self._all_titles(rows)
        return tuple(
            Step(row.id, row.entity, row.record_id, title, row.next_step or row.text, row.next_on)
            for row in rows
            if (title := titles.get((row.entity, row.record_id))) is not None
        )[:MOST]

    def finish(self, number: int, *, done: bool = True) -> tuple[str, int]:
        """Say that the next step of one's own note is done, or is not; the entity and the id of its record.

        Raises:
            Missing: there is no such note.
            Refused: it is somebody else's.
        """
        row = self._row(number)
        if not self._mine(row):
            raise _not_allowed(row.entity)
        with self.records.database.write() as connection:
            storage.change_note(connection, number, {"done_at": _now() if done else None})
            touched.tell_of(self.records.database, connection, row.entity, row.record_id)
        return row.entity, row.record_id

    # Being named

    def mentions(self) -> tuple[Mention, ...]:
        """The notes that name this principal and that they have not put aside, the latest first.

        On records that they may see only: being named gives no right.
        """
        reader = self.records.principal.id
        if reader is None:
            return ()
        with self.records.database.read() as connection:
            rows = storage.unread(connection, reader, LOOKED_AT)
        titles = self._all_titles(rows)
        return tuple(
            Mention(row.id, row.entity, row.record_id, title, row.text, row.written_by, row.written_at)
            for row in rows
            if (title := titles.get((row.entity, row.record_id))) is not None
        )[:MOST]

    def read(self, number: int) -> None:
        """Put a note aside that names this principal."""
        reader = self.records.principal.id
        if reader is not None and not self.records.principal.looking:
            with self.records.database.write() as connection:
                storage.read(connection, reader, number, _now())

    # Within

    def _need(self, entity: str, record_id: int) -> None:
        """A record that this principal sees, of an entity on whose records notes are written."""
        if not self.has(entity, record_id):
            raise Missing(entity, record_id)

    def _row(self, number: int, *, trashed: bool = False) -> NoteRow:
        """A note on a record that this principal sees."""
        with self.records.database.read() as connection:
            row = storage.note(connection, number)
        if row is None or (row.trashed_at is not None) != trashed or not self.has(row.entity, row.record_id):
            raise Missing("_note", number)
        return row

    def _all_titles(self, rows: list[NoteRow]) -> dict[tuple[str, int], str]:
        """The titles of those records, by their entity and id, that this principal sees and notes are written on."""
        entities = self.records.configuration.entities
        return {
            (entity, record_id): title
            for entity in {row.entity for row in rows}
            if entity in entities and entities[entity].noted
            for record_id, title in self.records.titles(
                entity, {row.record_id for row in rows if row.entity == entity}
            ).items()
        }

    def _mine(self, row: NoteRow) -> bool:
        principal = self.records.principal
        return principal.id == row.written_by and not principal.looking

    def _deletable(self, row: NoteRow) -> bool:
        principal = self.records.principal
        return self._mine(row) or (principal.administrator and not principal.looking)

    def _note(self, row: NoteRow, names: frozenset[int]) -> Note:
        kind: Any = row.kind
        return Note(
            row.id,
            kind,
            row.at,
            row.text,
            row.next_step,
            row.next_on,
            row.done_at is not None,
            row.written_by,
            row.written_at,
            row.changed_at,
            names,
            self._mine(row),
            self._deletable(row),
        )


def _values(wording: Wording) -> dict[str, Any]:
    """What is kept of a wording.

    Raises:
        Refused: with every Problem found.
    """
    found: list[Problem] = []
    text = step = None
    try:
        text = plain_text(wording.text, LONGEST)
        if text is None:
            found.append(problem("required", path=("text",)))
    except Unfit as unfit:
        found.append(unfit.at("text"))
    try:
        step = one_line(wording.next_step, LONGEST_STEP)
    except Unfit as unfit:
        found.append(unfit.at("next_step"))
    if found:
        raise Refused(found)
    ahead = wording.kind != "comment"
    return {
        "kind": wording.kind,
        "text": text,
        "next_step": (step or "") if ahead else "",
        "next_on": wording.next_on if ahead else None,
    }


def _moment(wording: Wording, usual: dt.datetime) -> dt.datetime:
    """Where a note stands on the time line: a contact where it was, a comment where it was written."""
    return (wording.at if wording.kind != "comment" else None) or usual


def _names(connection: Connection, text: str, writer: int) -> list[int]:
    """The users whom a text names, its writer apart."""
    return sorted(named(text, dict(storage.people(connection))) - {writer})


def _not_allowed(entity: str) -> Refused:
    return Refused([problem("right-missing", action="update", entity=entity)])


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
