"""Many records in one transaction, set by set: what imports and demo data use."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.fields.column import USERS
from engine.fields.sequence import SequenceField
from engine.model import Configuration
from engine.problems import Refused, problem
from engine.records.asking import Filling
from engine.records.entitled import Entitled
from engine.records.saving import sequence_days
from engine.storage import Connection
from engine.storage.fold import fold
from engine.storage.select import Reader
from engine.storage.tables import FOLD
from engine.storage.write import Writer

CHUNK = 5000
Chunk = dict[str, Sequence[Any]]
"""Rows column by column."""


@dataclass
class Batch:
    """Rows of accepted values, written with few statements. The caller has validated each value with its field.

    Everything happens in the transaction of `Records.batch()`: an exception anywhere leaves nothing behind.
    """

    configuration: Configuration
    reader: Reader
    writer: Writer
    connection: Connection
    today: dt.date
    filling: Filling
    entitled: Entitled
    _added: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _changed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def reserve(self, entity: str, number: int) -> range:
        """The ids that the next `number` records of an entity will have."""
        first = self.writer.next_ids(self.connection, entity, number)
        return range(first, first + number)

    def add(
        self, entity: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], ids: range | None = None
    ) -> range:
        """Insert records; the ids they got, in order.

        A child's columns include its parent's name and may include `_position`. Linked fields hold tuples of ids.
        A sequence that is among the columns keeps the numbers given, and gives the next ones to the blanks.

        Args:
            ids: what `reserve` gave for these rows, where they were wanted before.
        """
        given = self.reserve(entity, len(rows)) if ids is None else ids
        self._may(entity, "create", columns)
        if not self.entitled.rights.unlimited:
            self._added[entity].update(given)
        self._continue(entity, columns, rows)
        for start in range(0, len(rows), CHUNK):
            items = zip(*rows[start : start + CHUNK], strict=True)
            chunk: Chunk = dict(zip(columns, items, strict=True))
            self._insert(entity, given[start : start + CHUNK], chunk)
        return given

    def continue_after(self, entity: str, field: str, number: str) -> None:
        """Let a sequence count on from a number that came from elsewhere; one of another shape changes nothing."""
        self._count_from(entity, field, [number])

    def update(
        self, entity: str, record_id: int, values: Mapping[str, Any], before: Mapping[str, Any] | None = None
    ) -> None:
        """Change fields of one record; `before` has what they hold, where the caller knows it."""
        self._may(entity, "update", values)
        if not self.entitled.rights.unlimited and record_id not in self._added[entity]:
            self.entitled.need_each("update", entity, [record_id])
            closed = self.entitled.closed("update", entity, {record_id: values})
            if closed:
                raise Refused(closed)
            self._changed[entity].add(record_id)
        self._tell(entity, record_id, values, before)
        described = self.configuration.entities[entity]
        linked = [name for name in values if name in described.fields and described.fields[name].links()]
        stored = _without(values, linked)
        self._continue(entity, tuple(stored), [tuple(stored.values())])
        if stored:
            self.writer.update(self.connection, entity, record_id, stored)
        for name in linked:
            self.writer.link(self.connection, entity, name, record_id, values[name] or ())

    def stay_within(self) -> None:
        """What was added and changed is still what this principal may add and change.

        Raises:
            Refused: some record is not.
        """
        problems = [
            found
            for action, written in (("create", self._added), ("update", self._changed))
            for entity, ids in written.items()
            for found in self.entitled.outside(action, entity, ids)
        ]
        if problems:
            raise Refused(problems)

    def _may(self, entity: str, action: str, names: Iterable[str]) -> None:
        """
        Raises:
            Refused: this principal may not do that at all, or not with one of these fields.
        """
        rights = self.entitled.rights
        if rights.unlimited:
            return
        head = rights.of(entity).head
        self.entitled.need(action, head)
        if self.writer.recording.kind == "import":
            self.entitled.need("import", head)
        fields = rights.configuration.entities[entity].fields
        closed = [
            problem("field-closed", path=(name,), field=name)
            for name in names
            if name in fields and not rights.may_write(entity, name, action)
        ]
        unknown = [name for name in names if name not in fields and name not in (head, "_position")]
        if closed or unknown:
            raise Refused(closed + [problem("field-not-editable", path=(name,), field=name) for name in unknown])

    def _tell(self, entity: str, record_id: int, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        """Let history know of a change, but not in a record that has come in this very batch."""
        recording = self.writer.recording
        if recording.has_brought(entity, record_id):
            return
        held = self._held(entity, record_id, values) if before is None else before
        different = {name: (held.get(name), value) for name, value in values.items() if held.get(name) != value}
        recording.changed(entity, record_id, different, watch=False)

    def _held(self, entity: str, record_id: int, names: Iterable[str]) -> dict[str, Any]:
        held = self.current(entity, [record_id]).get(record_id, {})
        fields = self.configuration.entities[entity].fields
        linked = [name for name in names if name in fields and fields[name].links()]
        return held | {name: self.links(entity, name, [record_id]).get(record_id) for name in linked}

    def find(self, entity: str, field: str, values: Sequence[Any]) -> dict[Any, tuple[int, ...]]:
        """The ids of live records by the value of one field."""
        return self.reader.having(self.connection, entity, field, list(values)) if values else {}

    def find_titled(self, entity: str, titles: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """The ids of live records by what they are called, whatever the case and accents."""
        return titled(self.reader, self.connection, entity, titles)

    def current(self, entity: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The stored values of records, by id."""
        return self.reader.records(self.connection, entity, ids)

    def links(self, entity: str, field: str, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """What a linked field of records holds, by id; a record without any is absent."""
        return self.reader.links(self.connection, entity, field, ids)

    def titles(self, entity: str, ids: Sequence[int]) -> dict[int, str]:
        """What records are called, by id."""
        return self.reader.titles(self.connection, entity, ids)

    def _insert(self, name: str, ids: range, chunk: Chunk) -> None:
        entity = self.configuration.entities[name]
        for field_name, described in entity.fields.items():
            if isinstance(described, SequenceField):
                chunk[field_name] = self._numbered(name, field_name, chunk, len(ids))
        linked = [field_name for field_name, _ in entity.linked() if field_name in chunk]
        links = {field_name: chunk.pop(field_name) for field_name in linked}
        self.writer.insert_many(self.connection, name, ids, chunk)
        self.writer.recording.brought.append((name, ids))
        for field_name, values in links.items():
            filled = {record_id: targets for record_id, targets in zip(ids, values, strict=True) if targets}
            self.writer.link_new(self.connection, name, field_name, filled)

    def _continue(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Move the counters on beyond the numbers that rows bring, before a blank gets one of them."""
        fields = self.configuration.entities[name].fields
        for at, field_name in enumerate(columns):
            if isinstance(fields.get(field_name), SequenceField):
                self._count_from(name, field_name, [row[at] for row in rows if row[at] is not None])

    def _count_from(self, name: str, field_name: str, numbers: Iterable[str]) -> None:
        described = self.configuration.entities[name].fields[field_name]
        assert isinstance(described, SequenceField)
        reached: dict[str, int] = {}
        for number in numbers:
            counted = described.counted(number)
            if counted and counted[1] > reached.get(counted[0], -1):
                reached[counted[0]] = counted[1]
        for period, counter in reached.items():
            self.writer.count_from(self.connection, name, field_name, period, counter)

    def _numbered(self, name: str, field_name: str, chunk: Chunk, count: int) -> Sequence[Any]:
        """The numbers of a sequence: those given, and the next ones where none is."""
        numbers = list(chunk.get(field_name) or [None] * count)
        entity = self.configuration.entities[name]
        described = entity.fields[field_name]
        assert isinstance(described, SequenceField)
        days = sequence_days(entity, chunk, count, self.today)
        said = self._worded(name, field_name, chunk, count)
        kinds = list(zip(days, said, strict=True))
        period_of = {kind: described.period(*kind) for kind in set(kinds)}
        shown = {kind: described.template(*kind).format for kind in period_of}
        wanting: defaultdict[str, list[int]] = defaultdict(list)
        for at, number in enumerate(numbers):
            if number is None:
                wanting[period_of[kinds[at]]].append(at)
        for period, places in wanting.items():
            last = self.writer.count_on(
                self.connection, name, field_name, period, by=len(places), start=described.start
            )
            for counter, at in enumerate(places, last - len(places) + 1):
                numbers[at] = shown[kinds[at]](counter)
        return numbers

    def _worded(self, name: str, field_name: str, chunk: Chunk, count: int) -> list[tuple[str, ...]]:
        """What the expressions of a mask give for each row."""
        if field_name not in self.filling.tables.computation.masks.get(name, {}):
            return [()] * count
        rows = ({column: values[at] for column, values in chunk.items()} for at in range(count))
        return [self.filling.worded(name, field_name, row) for row in rows]


def titled(reader: Reader, connection: Connection, entity: str, titles: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The ids of live records by what they are called, whatever the case and accents."""
    if not titles:
        return {}
    if entity == USERS:
        return reader.having(connection, entity, "_title", list(titles))
    folded = {title: fold(title) for title in titles}
    found = reader.having(connection, entity, f"_title{FOLD}", sorted(set(folded.values())))
    return {title: found[known] for title, known in folded.items() if known in found}


def _without(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
