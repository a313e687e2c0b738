"""Telling the history of a record to somebody: what changed, by today's rights, and how it was at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from engine.fields import Field
from engine.fields.column import FILES, USERS
from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.records.door import Records
from engine.records.former import computed_then
from engine.records.standing import POSITION, Standing, loaded
from engine.records.today import Today
from engine.records.told import Entry, FieldChange, FormerRecord, LineChange, RecordHistory
from engine.records.values import Record
from engine.storage import Connection, chronicle
from engine.storage.chronicle import Happened
from engine.storage.select import Reader

Titles = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class History:
    """The door to the history of records, as whoever asks may see it today.

    A record that may not be seen has none; a field, a line or a reference that may not be seen is left out, and an
    entry of which nothing remains vanishes.
    """

    records: Records

    def of(self, entity: str, record_id: int) -> RecordHistory:
        """The history of a record, which may be in the trash.

        Raises:
            KeyError: there is no such entity.
            Missing: there is no such record.
        """
        with self.records.database.read() as connection:
            return _Reading.of(self.records, connection, entity, record_id).history()

    def today(self, entity: str, record_id: int) -> Record:
        """A record as it is today, with those of its fields only that may be seen in it.

        Raises:
            KeyError: there is no such entity.
            Missing: there is no such record.
        """
        with self.records.database.read() as connection:
            return Today(self.records, connection).record(entity, record_id)[0]

    def as_it_was(self, entity: str, record_id: int, moment: dt.datetime) -> FormerRecord | None:
        """A record at a moment, None where it did not exist yet.

        Raises:
            KeyError: there is no such entity.
            Missing: there is no such record.
        """
        with self.records.database.read() as connection:
            return _Reading.of(self.records, connection, entity, record_id).as_it_was(moment)


@dataclass(frozen=True)
class _Reading:
    """Reads the history of one record within one transaction."""

    records: Records
    reader: Reader
    connection: Connection
    record: Record
    trashed: bool
    happened: Sequence[Happened]
    gone: Mapping[str, Sequence[Record]]
    """The lines of the record that are in the trash, by lines field."""
    mentioned: dict[str, set[int]] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Records, connection: Connection, entity: str, record_id: int) -> _Reading:
        reader = Reader(records.database, records.tables, records.rights)
        today = Today(records, connection)
        record, trashed = today.record(entity, record_id)
        fields = records.configuration.entities[entity].fields
        children = {name: one.of for name, one in fields.items() if isinstance(one, LinesField)}
        readable = {
            name: child
            for name, child in children.items()
            if records.rights.may_read(entity, name) and child in records.rights.readable
        }
        if trashed:
            record = _with_lines(today, record, readable)
        happened = chronicle.of_record(connection, records.tables, entity, record_id, tuple(readable.values()))
        gone = {name: gone_lines(today, record, name, child, happened) for name, child in readable.items()}
        return cls(records, reader, connection, record, trashed, happened, gone)

    @property
    def configuration(self) -> Configuration:
        return self.records.configuration

    def history(self) -> RecordHistory:
        entries = [entry for one in self.happened if (entry := self._entry(one))]
        if not any(entry.kind == "created" for entry in entries):
            entries.append(self._coming())
        self.mentioned.setdefault(USERS, set()).update(entry.by for entry in entries if entry.by is not None)
        titles = titles_of(self.records, self.reader, self.connection, self.mentioned)
        return RecordHistory(
            self.record.entity,
            self.record.id or 0,
            self.record.title,
            self.trashed,
            tuple(entries),
            titles,
            MappingProxyType(self.files),
        )

    def as_it_was(self, moment: dt.datetime) -> FormerRecord | None:
        if self.record.created_at is None or self.record.created_at > moment:
            return None
        standing = self._standing()
        for one in self.happened:
            if one.at > moment:
                standing.before(one)
        record = self._former(standing, moment)
        everything = [record, *(line for lines in record.lines.values() for line in lines)]
        for shown in everything:
            self._mention_all(shown)
        titles = titles_of(self.records, self.reader, self.connection, self.mentioned)
        return FormerRecord(replace(record, titles=titles), moment, standing.trashed)

    def _former(self, standing: Standing, moment: dt.datetime) -> Record:
        """The record that stood so, with its lines in their order."""
        lines = {
            name: [
                replace(line.record, values=line.values, errors={})
                for line in known.values()
                if line.present and line.record.created_at and line.record.created_at <= moment
            ]
            for name, known in standing.lines.items()
        }
        for listed in lines.values():
            listed.sort(key=lambda line: (line.values.get(POSITION) or 0, line.id))
        entity = self.configuration.entities[self.record.entity]
        title = entity.title_of(standing.values) if entity.title_field else None
        then = replace(self.record, values=standing.values, title=title or self.record.title)
        return computed_then(self.records.tables, then, {name: tuple(listed) for name, listed in lines.items()})

    def _standing(self) -> Standing:
        return Standing.today(self.configuration, self.record, self.gone, trashed=self.trashed)

    def _coming(self) -> Entry:
        """How the record came where no entry says it: with many others, or before history was kept."""
        standing = self._standing()
        for one in self.happened:
            standing.before(one)
        act = chronicle.bringing(self.connection, self.records.tables, self.record.entity, self.record.id or 0)
        entity = self.configuration.entities[self.record.entity]
        fields = tuple(
            self._mentioning(entity.fields[name], FieldChange(name, None, value))
            for name, value in standing.values.items()
            if name in entity.fields and entity.fields[name].formula is None and value not in (None, ())
        )
        at = self.record.created_at or dt.datetime.min.replace(tzinfo=dt.UTC)
        origin = act.origin if act else ""
        kind = act.kind if act and act.kind == "import" else origin
        return Entry(None, act.id if act else None, at, self.record.created_by, kind, "created", fields)

    def _entry(self, one: Happened) -> Entry | None:
        """A change as it may be told, None where nothing of it may."""
        self.files.update((int(key), name) for key, name in one.changes.get("files", {}).items())
        if one.parent_id is not None:
            fields = self.configuration.entities[self.record.entity].fields
            names = [name for name in self.gone if getattr(fields[name], "of", "") == one.entity]
            told = {"id": one.record_id, "kind": one.kind, **one.changes}
            lines = tuple(line for name in names for line in self._lines(name, [told]))
            return self._made(one, "changed", (), lines) if lines else None
        fields_told = tuple(self._fields(self.record.entity, frozenset(self.record.values), one.changes))
        lines = tuple(
            line
            for name, told_lines in one.changes.get("lines", {}).items()
            if name in self.gone
            for line in self._lines(name, told_lines)
        )
        if one.kind == "changed" and not fields_told and not lines:
            return None
        return self._made(one, one.kind, fields_told, lines)

    def _made(self, one: Happened, kind: str, fields: tuple[FieldChange, ...], lines: tuple[LineChange, ...]) -> Entry:
        return Entry(one.id, one.action_id, one.at, one.done_by, one.origin, kind, fields, lines)

    def _lines(self, name: str, told: Iterable[Mapping[str, Any]]) -> Iterator[LineChange]:
        known = {line.id: line for line in (*self.record.lines.get(name, ()), *self.gone.get(name, ()))}
        for one in told:
            line = known.get(one["id"])
            if line is None:
                continue
            self.files.update((int(key), said) for key, said in one.get("files", {}).items())
            fields = tuple(self._fields(line.entity, frozenset(line.values), one))
            kind = one["kind"]
            if kind == "changed" and not fields:
                if POSITION not in one.get("fields", {}):
                    continue
                kind = "moved"
            yield LineChange(name, one["id"], kind, line.title, fields, self._called(line))

    def _called(self, line: Record) -> tuple[str, int] | None:
        """What a line without a title refers to first."""
        described = self.configuration.entities[line.entity]
        if described.title_field or described.title_formula:
            return None
        pointer = next((one for one in described.pointers if not one.several), None)
        value = line.values.get(pointer.field) if pointer else None
        if pointer is None or value is None:
            return None
        self.mentioned.setdefault(pointer.target, set()).add(value)
        return pointer.target, value

    def _fields(self, entity: str, shown: frozenset[str], told: Mapping[str, Any]) -> Iterator[FieldChange]:
        """The fields of a change that there still are, and that the reader may see in this record today."""
        fields = self.configuration.entities[entity].fields
        for group in ("fields", "computed"):
            for name, (before, after) in told.get(group, {}).items():
                described = fields.get(name)
                if described is None or name not in shown or not self.records.rights.may_read(entity, name):
                    continue
                change = FieldChange(name, loaded(described, before), loaded(described, after), group == "computed")
                yield self._mentioning(described, change)

    def _mentioning(self, described: Field, change: FieldChange) -> FieldChange:
        """The change; what it refers to is looked up together at the end."""
        for value in (change.before, change.after):
            self._mention(described, value)
        return change

    def _mention(self, described: Field, value: Any) -> None:
        column, links = described.column(), described.links()
        if links and links.target != FILES and isinstance(value, tuple):
            self.mentioned.setdefault(links.target, set()).update(value)
        elif column and column.kind == "reference" and isinstance(value, int):
            self.mentioned.setdefault(str(column.target), set()).add(value)

    def _mention_all(self, record: Record) -> None:
        fields = self.configuration.entities[record.entity].fields
        for name, value in record.values.items():
            if name in fields:
                self._mention(fields[name], value)


def titles_of(
    records: Records, reader: Reader, connection: Connection, mentioned: Mapping[str, set[int]]
) -> Mapping[tuple[str, int], str]:
    """What records are called that the reader may see, those in the trash included."""
    found: dict[tuple[str, int], str] = {}
    for target, ids in mentioned.items():
        if target != USERS and target not in records.rights.readable:
            continue
        titles = reader.titles(connection, target, ids)
        missing = ids - titles.keys() if target != USERS else set()
        gone = reader.records(connection, target, missing, trashed=True) if missing else {}
        titles.update((key, row["_title"] or f"#{key}") for key, row in gone.items())
        found.update(((target, key), title) for key, title in titles.items())
    return MappingProxyType(found)


def gone_lines(today: Today, record: Record, name: str, child: str, happened: Sequence[Happened]) -> tuple[Record, ...]:
    """The lines of a record in the trash of which history tells."""
    here = {line.id for line in record.lines.get(name, ())}
    told = {line["id"] for one in happened for line in one.changes.get("lines", {}).get(name, ())}
    told |= {one.record_id for one in happened if one.entity == child and one.parent_id is not None}
    return today.trashed_lines(record, child, told - here)


def _with_lines(today: Today, record: Record, children: Mapping[str, str]) -> Record:
    """A record in the trash with the lines that went there with it."""
    lines: dict[str, tuple[Record, ...]] = {}
    for name, child in children.items():
        ids = chronicle.lines_gone_with(today.connection, today.records.tables, child, record.entity, record.id or 0)
        found = today.trashed_lines(record, child, ids)
        lines[name] = tuple(sorted(found, key=lambda line: line.values[POSITION]))
    return replace(record, lines=lines)
