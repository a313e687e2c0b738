"""Changing several records at once, as a grid does that is pasted into, filled down or cleared: set by set, in one
transaction, as one act that can be undone. The same rules hold as for a save of each, and each is asked once for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.problems import Problem, Problems, Refused, problem
from engine.records import accepting
from engine.records.door import Records
from engine.records.merge import merge
from engine.records.ruling import Ruling
from engine.records.saving import Saving
from engine.records.seen import word_of
from engine.records.values import RowEdit
from engine.storage import Collided, Connection, chronicle
from engine.storage.reach import portions
from engine.storage.recording import Undoes
from engine.storage.write import Writer

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What came of it: the record of each row by its key, and the act by which it can be undone, if anything changed."""

    ids: Mapping[str, int]
    created: int
    changed: int
    undoes: Undoes | None


@dataclass
class _Row:
    """One row on its way: the record, what it holds, what is written, and what whoever saves has given."""

    key: str
    id: int
    before: Values
    changes: dict[str, Any]
    given: frozenset[str]


class Several(Records):
    """The door to records, for changing several of them."""

    @classmethod
    def through(cls, records: Records) -> Several:
        """The same door, for the same principal."""
        return cls(records.database, records.tables, records.principal, records.origin)

    def save(self, entity: str, edits: Sequence[RowEdit], kind: str | None = None, job: int | None = None) -> Rewritten:
        """Change records of an entity and make new ones, all or none.

        Args:
            kind: what history calls the act; without one a single change stands alone, as that of a form does.
            job: of which job it is a part.

        Raises:
            Refused: with every Problem; the path of each begins with the key of its row.
        """
        return self._retried(lambda connection: self._saved(connection, entity, edits, (kind, job)))

    def refusals(self, entity: str, edits: Sequence[RowEdit]) -> Problems:
        """Why a save of these would be refused; nothing stays of it."""
        try:
            with self.database.trial() as connection:
                self._saved(connection, entity, edits, (None, None))
        except Refused as refused:
            return refused.problems
        except Collided:
            return (problem("save-collided"),)
        return ()

    def _saved(
        self, connection: Connection, entity: str, edits: Sequence[RowEdit], act: tuple[str | None, int | None]
    ) -> Rewritten:
        writer = self._writer()
        ruling = self._ruling(connection, writer)
        writer.recording.kind, writer.recording.job = act
        known, fresh = [one for one in edits if one.id is not None], [one for one in edits if one.id is None]
        parts: list[_Part] = []
        if known:
            parts.append(Changing(**self._of(connection, entity, writer, "update"), ruling=ruling, edits=known))
        if fresh:
            parts.append(Making(**self._of(connection, entity, writer, "create"), ruling=ruling, edits=fresh))
        for part in parts:
            part.write()
        action = self._recompute(connection, writer)
        problems = [found for part in parts for found in part.judged()]
        if problems:
            raise Refused(problems)
        rows = [row for part in parts for row in part.rows]
        touched = [row for row in rows if (entity, row.id) in writer.recording.records]
        made = sum(len(part.rows) for part in parts if isinstance(part, Making))
        return Rewritten(
            {row.key: row.id for row in rows}, made, len(touched) - made, self._act(connection, entity, action, touched)
        )

    def _of(self, connection: Connection, entity: str, writer: Writer, action: Any) -> dict[str, Any]:
        """What the saving of one record of an entity would be made of."""
        saving = self._saving(connection, entity, writer, action)
        return {name: getattr(saving, name) for name in _OF_SAVING}

    def _act(self, connection: Connection, entity: str, action: int | None, touched: Sequence[_Row]) -> Undoes | None:
        if not touched:
            return None
        if action is not None:
            return Undoes(action=action)
        return Undoes(change=chronicle.latest(connection, self.tables, entity, touched[0].id))


_OF_SAVING = ("whole", "writer", "connection", "entity_name", "action", "today", "filling", "entitled")


@dataclass
class _Part(Saving):
    """The rows of one kind. What is wrong with a row leaves it out, so that the others are looked at to the end."""

    ruling: Ruling = field(kw_only=True)
    edits: Sequence[RowEdit] = field(kw_only=True)
    rows: list[_Row] = field(default_factory=list)
    earlier: dict[int, Values] = field(default_factory=dict)
    """What conditions look back at."""

    def write(self) -> None:
        """Write every row that nothing stands in the way of."""
        raise NotImplementedError

    def judged(self) -> list[Problem]:
        """Every Problem, once all is written and computed."""
        keys = {row.id: row for row in self.rows}
        for portion in portions(keys):
            for record_id, found in self.ruling.broken(self.entity_name, portion, self.earlier):
                self.problems += [_at(keys[record_id].key, one) for one in self._told(self.entity_name, found)]
        allowed = self.reader.allowed(self.connection, self.entity_name, self.action, list(keys))
        for record_id in keys.keys() - allowed:
            told = problem("right-missing-after", action=self.action, entity=self.entity_name)
            self.problems.append(_at(keys[record_id].key, told))
        self._closed_in({row.id: row.given for row in self.rows if row.id in allowed})
        return self.problems

    def _closed_in(self, changed: Mapping[int, Iterable[str]]) -> None:
        """A Problem at each cell that may not be changed."""
        keys = {row.id: row.key for row in self.rows}
        found = self.entitled.closed_each(self.action, self.entity_name, changed)
        self.problems += [_at(keys[record_id], one) for record_id, one in found]

    def _sound(self) -> Iterator[_Row]:
        """The rows that nothing is wrong with so far."""
        wrong = {found.path[0] for found in self.problems}
        return (row for row in self.rows if row.key not in wrong)

    def _look(self, final: Mapping[str, Values]) -> None:
        """What fields and their records say: required, references, unique values.

        Args:
            final: what the records will hold, by the key of the row.
        """
        name, entity = self.entity_name, self.entity
        for row in self.rows:
            self.problems += self._required(name, entity, final[row.key], (row.key,))
        chosen = [((row.key,), {k: v for k, v in row.changes.items() if k in row.given}) for row in self.rows]
        filled = [((row.key,), {k: v for k, v in row.changes.items() if k not in row.given}) for row in self.rows]
        self.problems += accepting.references(self.reader, self.connection, entity, chosen)
        # What a default leads to need not be there for whoever saves.
        self.problems += accepting.references(self.whole, self.connection, entity, filled)
        listed = [((row.key,), row.id or None, row.changes) for row in self.rows]
        self.problems += accepting.attachments(self.reader, self.connection, name, listed, self.writer.by)
        self.problems += accepting.unique_each(self.whole, self.connection, name, entity, listed)


@dataclass
class Changing(_Part):
    """The rows that are records already."""

    def write(self) -> None:
        ids = [one.id for one in self.edits if one.id is not None]
        self.writer.lock_all(self.connection, self.entity_name, ids)
        held = self._held(ids)
        allowed = self.reader.allowed(self.connection, self.entity_name, "update", held)
        final = {row.key: {**row.before, **row.changes} for row in self._read(held, allowed)}
        self._closed_in({row.id: row.changes for row in self.rows})
        self._look(final)
        self.rows = list(self._sound())
        for portion in portions(row.id for row in self.rows):
            self.earlier.update(self.ruling.before(self.entity_name, portion))
        for row in self.rows:
            if row.changes:
                self._change(row)

    def _held(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """What the records hold, with the links of those fields that are to change."""
        held = self.reader.records(self.connection, self.entity_name, ids)
        named = {name for one in self.edits for name in one.values}
        for name, _ in self.entity.linked():
            links = self.reader.links(self.connection, self.entity_name, name, ids) if name in named else {}
            for record_id, values in held.items():
                values[name] = links.get(record_id)
        return held

    def _read(self, held: Mapping[int, dict[str, Any]], allowed: set[int]) -> list[_Row]:
        """The rows with what they change."""
        for edit in self.edits:
            before = held.get(edit.id or 0)
            if before is None:
                self.problems.append(problem("record-gone", path=(edit.key,)))
            elif edit.id not in allowed:
                told = problem("right-missing-here", action="update", entity=self.entity_name, count=1)
                self.problems.append(_at(edit.key, told))
            else:
                self._merge(edit, before)
        return self.rows

    def _merge(self, edit: RowEdit, before: Values) -> None:
        accepted, found = accepting.accept(self._seen(self.entity_name), edit.values, (edit.key,))
        merged = merge(accepted, edit.base, before, (edit.key,))
        self.problems += found
        self.problems += [problem("changed-since", path=one.path, now=word_of(one.theirs)) for one in merged.clashes]
        changes = dict(merged.changes)
        self.rows.append(_Row(edit.key, edit.id or 0, before, changes, frozenset(changes)))

    def _change(self, row: _Row) -> None:
        stored, linked = self._split(self.entity, row.changes)
        self._link(self.entity_name, row.id, linked)
        self.writer.update(self.connection, self.entity_name, row.id, stored)
        pairs = {name: (row.before.get(name), value) for name, value in row.changes.items()}
        self.writer.recording.changed(self.entity_name, row.id, pairs)


@dataclass
class Making(_Part):
    """The rows that become new records."""

    def write(self) -> None:
        final = {}
        for edit in self.edits:
            values = self._made(self.entity_name, edit.values, (edit.key,))
            given = frozenset(name for name in edit.values if name in values and self._may_give(self.entity_name, name))
            self.rows.append(_Row(edit.key, 0, {}, values, given))
            self.problems += [problem("lines-required", path=(edit.key, name)) for name in self._lines_needed()]
            final[edit.key] = values
        self._look(final)
        self.rows = list(self._sound())
        for row in self.rows:
            stored, linked = self._split(self.entity, row.changes)
            stored |= self.numbered(self.entity_name, self.entity, row.changes)
            row.id = self.writer.insert(self.connection, self.entity_name, stored)
            self._link(self.entity_name, row.id, {name: targets for name, targets in linked.items() if targets})
            self.writer.recording.created(self.entity_name, row.id, {**stored, **linked})

    def _lines_needed(self) -> list[str]:
        """The lines without which there is no such record, which no row of a grid has."""
        return [name for name, one in self.entity.fields.items() if one.kind == "lines" and one.required]


def _at(key: str, found: Problem) -> Problem:
    """The Problem as one of a row."""
    return replace(found, path=(key, *found.path))
