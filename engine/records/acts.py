"""What people have done, as the list from which it can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.fields.column import USERS
from engine.records.door import Records
from engine.records.values import Found
from engine.storage import Connection, chronicle
from engine.storage.chronicle import Act, Happened
from engine.storage.recording import Undoes
from engine.storage.select import Reader

PAGE_SIZE = 50
LOOKED_AT = 60
"""So many of the latest changes are looked through for records."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: `counts` are records by entity and by what became of them.

    `record` is the only one concerned, where there is only one that may be seen: its entity, id and title.
    """

    undoes: Undoes
    at: dt.datetime
    by: int | None
    by_name: str
    origin: str
    kind: str
    counts: Mapping[str, Mapping[str, int]]
    record: tuple[str, int, str] | None
    undone: bool


@dataclass(frozen=True)
class Acts:
    """The acts of a person; for those who administer, everybody's. What concerns nothing that may be seen is left out."""

    records: Records

    @property
    def _by(self) -> int | None:
        return None if self.records.rights.may_administer else self.records.principal.id

    def known(self, action: int) -> Act | None:
        """An act of several records by its number, None where there is none for this person."""
        with self.records.database.read() as connection:
            found = chronicle.act(connection, self.records.tables, action)
        return found if found is not None and self._by in (None, found.done_by) else None

    def newest(self, before: dt.datetime | None = None, limit: int = PAGE_SIZE) -> tuple[Done, ...]:
        """The newest acts, or those before a moment."""
        with self.records.database.read() as connection:
            found = chronicle.acts(connection, self.records.tables, self._by, limit, before)
            return tuple(self._told(connection, found))

    def touched(self, most: int) -> tuple[tuple[Found, dt.datetime], ...]:
        """The records that this person has changed one by one, each with the latest time, the latest first."""
        by = self.records.principal.id
        if by is None:
            return ()
        with self.records.database.read() as connection:
            changes = chronicle.changes_by(connection, self.records.tables, by, LOOKED_AT)
            reader = Reader(self.records.database, self.records.tables, self.records.rights)
            latest: dict[tuple[str, int], dt.datetime] = {}
            for entity, record_id, at in changes:
                if entity in self.records.rights.readable:
                    latest.setdefault((entity, record_id), at)
            titles = {
                entity: reader.titles(connection, entity, [key for other, key in latest if other == entity])
                for entity in {entity for entity, _key in latest}
            }
        there = ((entity, key, at) for (entity, key), at in latest.items() if key in titles[entity])
        return tuple((Found(entity, key, titles[entity][key]), at) for entity, key, at in there)[:most]

    def _told(self, connection: Connection, found: Sequence[Act | Happened]) -> list[Done]:
        tables, reader = self.records.tables, Reader(self.records.database, self.records.tables, self.records.rights)
        actions = [one.id for one in found if isinstance(one, Act)]
        changes = [one for one in found if isinstance(one, Happened) and one.entity in self.records.rights.readable]
        undone = chronicle.undone(connection, tables, actions, [one.id for one in changes])
        names = reader.titles(connection, USERS, {one.done_by for one in found if one.done_by is not None})
        titles = _titles(reader, connection, changes)
        told = []
        for one in found:
            name = names.get(one.done_by, "") if one.done_by is not None else ""
            if isinstance(one, Act):
                counts = _counts(connection, reader, one)
                undoes, record, taken = Undoes(action=one.id), None, one.id in undone[0]
            elif (one.entity, one.record_id) in titles:
                counts = {one.entity: {one.kind: 1}}
                title = titles[one.entity, one.record_id]
                undoes, record, taken = Undoes(change=one.id), (one.entity, one.record_id, title), one.id in undone[1]
            else:
                continue
            if counts:
                told.append(Done(undoes, one.at, one.done_by, name, one.origin, one.kind, counts, record, taken))
        return told


def _counts(connection: Connection, reader: Reader, act: Act) -> Mapping[str, Mapping[str, int]]:
    """How many records an act has concerned, of those only that may be seen."""
    if reader.rights.unlimited:
        return act.summary
    found: dict[str, dict[str, int]] = {}
    happened = [one for one in chronicle.of_action(connection, reader.tables, act.id) if one.parent_id is None]
    seen = _titles(reader, connection, [one for one in happened if one.entity in reader.rights.readable])
    counted = [(one.entity, one.kind, 1) for one in happened if (one.entity, one.record_id) in seen]
    for entity, span in chronicle.brought_by(connection, reader.tables, act.id):
        if entity in reader.rights.readable:
            counted.append((entity, "created", len(reader.titles(connection, entity, span))))
    for entity, kind, number in counted:
        kinds = found.setdefault(entity, {})
        kinds[kind] = kinds.get(kind, 0) + number
    return found


def _titles(reader: Reader, connection: Connection, changes: Sequence[Happened]) -> dict[tuple[str, int], str]:
    """What the records are called that may be seen, those in the trash included."""
    wanted: dict[str, set[int]] = {}
    for one in changes:
        wanted.setdefault(one.entity, set()).add(one.record_id)
    found: dict[tuple[str, int], str] = {}
    for entity, ids in wanted.items():
        titles = reader.titles(connection, entity, ids)
        missing = ids - titles.keys()
        gone = reader.records(connection, entity, missing, trashed=True) if missing else {}
        found.update(((entity, key), title) for key, title in titles.items())
        found.update(((entity, key), row["_title"] or f"#{key}") for key, row in gone.items())
    return found
