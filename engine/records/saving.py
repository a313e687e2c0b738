"""One save: a record, its lines and its links, validated and written in one transaction.

What there is not for whoever saves cannot be entered; what a record is made of in all is not limited by that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.fields import Field
from engine.fields.lines import LinesField
from engine.fields.sequence import SequenceField
from engine.model import Configuration, Entity
from engine.problems import Problem, Refused, problem
from engine.records import accepting
from engine.records.asking import Filling
from engine.records.entitled import Entitled
from engine.records.merge import merge
from engine.records.ruling import NOTHING, Ruling, Seen
from engine.records.values import Clash, Edit, LineEdit, Record, Saved
from engine.storage import Connection
from engine.storage.recording import Pair, Told
from engine.storage.select import Reader
from engine.storage.write import Writer

Action = Literal["create", "update"]


@dataclass
class LineChange:
    """What becomes of one line: inserted (no id), changed, or left where it is."""

    key: str
    id: int | None
    changes: dict[str, Any]
    final: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Saving:
    """The work of one save. Collects Problems and clashes first; nothing is written while there are any."""

    whole: Reader
    writer: Writer
    connection: Connection
    entity_name: str
    action: Action
    today: dt.date
    filling: Filling
    entitled: Entitled
    problems: list[Problem] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    written: dict[str, dict[int, str]] = field(default_factory=dict)
    """The keys of the lines that were written, by lines field and id."""
    given: set[str] = field(default_factory=set)
    """The fields of the record that whoever saves has given a value."""

    @property
    def reader(self) -> Reader:
        """What whoever saves may see."""
        return self.entitled.reader

    @property
    def configuration(self) -> Configuration:
        return self.whole.tables.configuration

    @property
    def entity(self) -> Entity:
        return self.configuration.entities[self.entity_name]

    def _seen(self, name: str) -> Entity:
        """An entity as there is one for whoever saves."""
        return self.entitled.rights.configuration.entities[name]

    def create(self, edit: Edit) -> Saved:
        """Insert the record and its lines.

        Raises:
            Refused: with every Problem of the record and its lines.
        """
        values = self._made(self.entity_name, edit.values)
        self._check(self.entity, self.entity_name, values, None)
        lines = {name: self._lines(name, edits, ()) for name, edits in edit.lines.items()}
        self.given.update(name for name, changes in lines.items() if changes)
        self._stop()
        stored, linked = self._split(self.entity, values)
        stored |= self.numbered(self.entity_name, self.entity, values)
        record_id = self.writer.insert(self.connection, self.entity_name, stored)
        self._link(self.entity_name, record_id, _present(linked))
        self.writer.recording.created(self.entity_name, record_id, {**stored, **linked})
        for name, changes in lines.items():
            self._write_lines(name, record_id, changes, frozenset())
        return Saved(record_id, 1, self.entity.title_of(stored) or f"#{record_id}", created=True)

    def update(self, edit: Edit, current: Record) -> Saved | None:
        """Write what differs; None where `clashes` are left for the caller to raise.

        Raises:
            Refused: with every Problem of the record and its lines.
        """
        accepted, found = accepting.accept(self._seen(self.entity_name), edit.values)
        self.problems += found
        merged = merge(accepted, edit.base, current.values)
        self.clashes += merged.clashes
        self.merged += merged.kept
        changes = dict(merged.changes)
        assert current.id is not None
        self._closed(self.entity_name, {current.id: changes})
        self.given.update(changes)
        self._check(self.entity, self.entity_name, {**current.values, **accepted}, current.id, changes)
        lines = {name: self._lines(name, edits, current.lines.get(name, ())) for name, edits in edit.lines.items()}
        record_id = current.id
        touched = {name for name, found in lines.items() if self._touches(found, current.lines.get(name, ()))}
        self._closed(self.entity_name, {record_id: touched})
        self.given.update(touched)
        self._stop()
        if self.clashes:
            return None
        written = False
        for name, line_changes in lines.items():
            kept = frozenset(change.id for change in line_changes if change.id)
            written |= self._write_lines(
                name, record_id, line_changes, frozenset(line.id for line in current.lines[name] if line.id) - kept
            )
        stored, linked = self._split(self.entity, changes)
        self._link(self.entity_name, record_id, linked)
        written |= bool(stored or linked)
        if written:
            self.writer.update(self.connection, self.entity_name, record_id, stored)
            self.writer.recording.changed(self.entity_name, record_id, _pairs(current.values, changes))
        title = self.entity.title_of({**current.values, **stored}) or f"#{record_id}"
        return Saved(record_id, current.version + written, title, created=False, merged=tuple(self.merged))

    @staticmethod
    def _touches(changes: Sequence[LineChange], current: Sequence[Record]) -> bool:
        """Whether lines come, go, move or change."""
        return [change.id for change in changes] != [line.id for line in current] or any(
            change.changes for change in changes
        )

    def _made(self, name: str, given: Mapping[str, Any], at: tuple[str, ...] = ()) -> dict[str, Any]:
        """The values of a new record: what is given, where it may be, and the defaults of everything else.

        A form says even what cannot be entered in it; that must be what would be there anyway.
        """
        seen, entity, rights = self._seen(name), self.configuration.entities[name], self.entitled.rights
        if rights.unlimited:
            values, found = accepting.accept(entity, with_defaults(entity, given), at)
            self.problems += found
            return self.filling.filled(name, values)
        open_ones = {key: value for key, value in given.items() if key not in seen.fields or self._may_give(name, key)}
        accepted, found = accepting.accept(seen, open_ones, at)
        self.problems += found
        values, _ = accepting.accept(entity, with_defaults(entity, accepted))
        values = self.filling.filled(name, values)
        if not at:
            self.given.update(accepted)
        for key in given.keys() - open_ones.keys():
            if given[key] not in (None, (), values.get(key)) and rights.may_read(name, key):
                self.problems.append(problem("field-closed", path=(*at, key), field=key))
        return values

    def _may_give(self, name: str, key: str) -> bool:
        """Whether a new record may say what a field holds; what nobody enters is for the field to refuse."""
        editable = self.configuration.entities[name].fields[key].editable
        return not editable or self.entitled.rights.may_write(name, key, self.action)

    def _closed(self, name: str, changed: Mapping[int, Iterable[str]], at: tuple[str, ...] = ()) -> None:
        """Problems with fields that may not be changed in these records, as they are before the change."""
        self.problems += self.entitled.closed("update", name, changed, at)

    def draft(self, edit: Edit, current: Record | None) -> int:
        """Write what fits, without a check and without a number: for a look at what would be computed."""
        stored, linked = self._fitting(self.entity_name, edit.values, new=current is None)
        if current is None:
            record_id = self.writer.insert(self.connection, self.entity_name, stored)
        else:
            record_id = current.id or 0
            self.writer.update(self.connection, self.entity_name, record_id, stored)
        self._link(self.entity_name, record_id, linked)
        for name, edits in edit.lines.items():
            known = {line.id for line in current.lines.get(name, ())} if current else set()
            if self.entitled.rights.may_write(self.entity_name, name, self.action):
                self._draft_lines(name, [one for one in edits if one.id is None or one.id in known], record_id)
        return record_id

    def _draft_lines(self, name: str, edits: Sequence[LineEdit], record_id: int) -> None:
        child_name = self._child(name)
        gone = [edit.id for edit in edits if edit.deleted and edit.id is not None]
        if gone:
            self.writer.trash(self.connection, child_name, gone)
        for position, edit in enumerate(edits):
            if edit.deleted:
                continue
            stored, linked = self._fitting(child_name, edit.values, new=edit.id is None)
            line_id = edit.id
            if line_id is None:
                place = {self.entity_name: record_id, "_position": position}
                line_id = self.writer.insert(self.connection, child_name, {**place, **stored})
            else:
                self.writer.update(self.connection, child_name, line_id, {"_position": position, **stored})
            self._link(child_name, line_id, linked)
            self.written.setdefault(name, {})[line_id] = edit.key

    def _fitting(self, name: str, values: Mapping[str, Any], *, new: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values that fit, but for files, which stay where they are, and unique ones, which may be taken."""
        entity = self.configuration.entities[name]
        given = {key: value for key, value in values.items() if self.entitled.rights.may_write(name, key, self.action)}
        accepted, _ = accepting.accept(entity, given)
        strange = accepting.references(self.reader, self.connection, entity, [((), accepted)])
        accepted = {key: value for key, value in accepted.items() if all(one.path != (key,) for one in strange)}
        if new:
            accepted = self.filling.filled(name, with_defaults(entity, accepted))
        fields = entity.fields
        kept = {
            name: value
            for name, value in accepted.items()
            if not fields[name].unique and fields[name].kind not in ("file", "image")
        }
        return self._split(entity, kept)

    def seen(self, ruling: Ruling, current: Record) -> Mapping[str, Seen]:
        """What conditions look back at: the record and its lines as they are now, by lines field ("" for itself)."""
        found = {"": ruling.before(self.entity_name, [current.id or 0])}
        for name, lines in current.lines.items():
            found[name] = ruling.before(self._child(name), [line.id or 0 for line in lines])
        return found

    def rule(self, ruling: Ruling, record_id: int, before: Mapping[str, Seen] = NOTHING) -> None:
        """Refuse the save where the record or a line that was written does not meet a condition.

        Raises:
            Refused: with each condition that is not met.
        """
        for _, found in ruling.broken(self.entity_name, [record_id], before.get("", NOTHING)):
            self.problems += self._told(self.entity_name, found)
        for name, keys in self.written.items():
            for line_id, found in ruling.broken(self._child(name), keys, before.get(name, NOTHING)):
                told = self._told(self._child(name), found)
                self.problems += [replace(one, path=(name, keys[line_id], *one.path)) for one in told]
        self.problems += self.entitled.outside(self.action, self.entity_name, [record_id])
        self.problems += self.entitled.closed(self.action, self.entity_name, {record_id: self.given})
        self._stop()

    def _told(self, name: str, found: Problem) -> list[Problem]:
        """A Problem as whoever saves may hear of it: of a field that is not there for them only what a check says."""
        if not found.path or self.entitled.rights.may_read(name, found.path[0]):
            return [found]
        return [replace(found, path=())] if found.code == "check-failed" else []

    def _child(self, name: str) -> str:
        described = self.entity.fields[name]
        assert isinstance(described, LinesField)
        return described.of

    def numbered(self, name: str, entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
        """The next number of each sequence of a new record; taken last, so that a refused save takes none."""
        given: dict[str, Any] = {}
        for field_name, described in entity.fields.items():
            if isinstance(described, SequenceField):
                day = sequence_day(entity, values, self.today)
                texts = self.filling.worded(name, field_name, values)
                given[field_name] = self._number(name, field_name, described, (day, texts))
        return given

    def _number(self, name: str, field_name: str, described: SequenceField, of: tuple[dt.date, tuple[str, ...]]) -> str:
        day, texts = of
        period = described.period(day, texts)
        while True:
            counter = self.writer.count_on(self.connection, name, field_name, period, start=described.start)
            number = described.text(day, counter, texts)
            # An imported record may carry a number that the counter has yet to reach.
            if not self.whole.having(self.connection, name, field_name, [number]):
                return number

    def _check(
        self,
        entity: Entity,
        name: str,
        values: Mapping[str, Any],
        own: int | None,
        changed: Mapping[str, Any] | None = None,
    ) -> None:
        typed = {key: value for key, value in values.items() if key in entity.typed}
        self.problems += self._required(name, entity, typed)
        looked = typed if changed is None else {key: changed[key] for key in changed}
        chosen = {key: value for key, value in looked.items() if key in self.given}
        self.problems += accepting.references(self.reader, self.connection, entity, [((), chosen)])
        # What a default leads to need not be there for whoever saves.
        filled = {key: value for key, value in looked.items() if key not in self.given}
        self.problems += accepting.references(self.whole, self.connection, entity, [((), filled)])
        self.problems += accepting.attachments(self.reader, self.connection, name, [((), own, looked)], self.writer.by)
        self.problems += accepting.unique(self.whole, self.connection, (name, own), entity, looked)

    def _required(
        self, name: str, entity: Entity, values: Mapping[str, Any], at: tuple[str, ...] = ()
    ) -> Iterator[Problem]:
        """A Problem for each required field that is left blank, of those that whoever saves could fill in."""
        for found in accepting.required(entity, values, at):
            if self.entitled.rights.may_write(name, found.path[-1], self.action):
                yield found

    def _lines(self, name: str, edits: tuple[LineEdit, ...], current: tuple[Record, ...]) -> list[LineChange]:
        """The lines as they will be, in order; Problems and clashes collected."""
        described = self._seen(self.entity_name).fields.get(name)
        if not isinstance(described, LinesField):
            self.problems.append(problem("field-not-editable", path=(name,), field=name))
            return []
        child = self.configuration.entities[described.of]
        before = {line.id: line for line in current}
        changes = [
            self._line(child, (name, edit.key or str(number)), edit, before) for number, edit in enumerate(edits)
        ]
        found = [change for change in changes if change]
        rows = [((name, change.key), change.changes) for change in found]
        self.problems += accepting.references(self.reader, self.connection, child, rows)
        mine = [((name, change.key), change.id, change.changes) for change in found]
        self.problems += accepting.attachments(self.reader, self.connection, described.of, mine, self.writer.by)
        named = {edit.id for edit in edits}
        # Lines that somebody else added meanwhile stay, after those that the form knew.
        found += [LineChange("", line.id, {}, line.values, line.values) for line in current if line.id not in named]
        if described.required and not found:
            self.problems.append(problem("lines-required", path=(name,)))
        return found

    def _line(
        self, child: Entity, at: tuple[str, ...], edit: LineEdit, before: Mapping[int | None, Record]
    ) -> LineChange | None:
        known = before.get(edit.id) if edit.id is not None else None
        if edit.id is not None and known is None:
            if (
                not edit.deleted
                and edit.base is not None
                and dict(edit.values) != {k: edit.base.get(k) for k in edit.values}
            ):
                self.problems.append(problem("line-gone", path=at))
            return None
        if edit.deleted:
            return None
        child_name = self._child(at[0])
        if known:
            accepted, found = accepting.accept(self._seen(child_name), edit.values, at)
            self.problems += found
        else:
            accepted = self._made(child_name, edit.values, at)
        current = known.values if known else {}
        self.problems += self._required(self._child(at[0]), child, {**current, **accepted}, at)
        if known is None:
            return LineChange(at[-1], None, accepted, accepted)
        merged = merge(accepted, edit.base, current, at)
        self.clashes += merged.clashes
        self._closed(child_name, {int(str(edit.id)): merged.changes}, at)
        return LineChange(at[-1], edit.id, dict(merged.changes), {**current, **merged.changes}, current)

    def _write_lines(self, name: str, record_id: int, changes: list[LineChange], gone: frozenset[int]) -> bool:
        described = self.entity.fields[name]
        assert isinstance(described, LinesField)
        child_name = described.of
        child = self.configuration.entities[child_name]
        written = bool(gone)
        recording, of = self.writer.recording, (name, child_name)
        if gone:
            self.writer.trash(self.connection, child_name, sorted(gone))
            recording.lines_gone(self._history(record_id), name, sorted(gone))
        fresh: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        for position, change in enumerate(changes):
            stored, linked = self._split(child, change.changes)
            if change.id is None:
                stored |= self.numbered(child_name, child, change.final) | {"_position": position}
                fresh.append((change.key, stored, linked))
                continue
            if change.final.get("_position") != position:
                stored["_position"] = position
            if stored or linked:
                self.written.setdefault(name, {})[change.id] = change.key
                self.writer.update(self.connection, child_name, change.id, stored)
                self._link(child_name, change.id, linked)
                recording.line_changed(
                    self._history(record_id), of, change.id, _pairs(change.before, {**stored, **linked})
                )
                written = True
        if fresh:
            self._insert_lines(of, record_id, fresh)
        return written or bool(fresh)

    def _insert_lines(
        self, of: tuple[str, str], record_id: int, fresh: Sequence[tuple[str, dict[str, Any], dict[str, Any]]]
    ) -> None:
        """Write new lines of a lines field and its entity, each with its key, its values and its links."""
        name, child_name = of
        rows = [{self.entity_name: record_id, **stored} for _, stored, _ in fresh]
        told, written = self._history(record_id), self.written.setdefault(name, {})
        ids = self.writer.insert_each(self.connection, child_name, rows)
        for line_id, (key, stored, linked) in zip(ids, fresh, strict=True):
            written[line_id] = key
            self._link(child_name, line_id, _present(linked))
            self.writer.recording.line_created(told, of, line_id, {**stored, **linked})

    def _history(self, record_id: int) -> Told:
        """What history tells of this record so far."""
        return self.writer.recording.changed(self.entity_name, record_id, {})

    def _split(self, entity: Entity, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        stored: dict[str, Any] = {}
        linked: dict[str, Any] = {}
        for name, value in values.items():
            described: Field = entity.fields[name]
            (linked if described.links() else stored)[name] = value
        return stored, linked

    def _link(self, entity: str, record_id: int, linked: Mapping[str, Any]) -> None:
        for name, targets in linked.items():
            self.writer.link(self.connection, entity, name, record_id, targets or ())

    def _stop(self) -> None:
        if self.problems:
            raise Refused(self.problems)


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Pair]:
    """Values as history tells them: before and after."""
    return {name: (before.get(name), value) for name, value in after.items()}


def _present(linked: Mapping[str, Any]) -> dict[str, Any]:
    """The links of a new record that there are: it has none to take away."""
    return {name: targets for name, targets in linked.items() if targets}


def with_defaults(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new record: what is given, and the default of every other editable field."""
    return {**{name: described.initial() for name, described in entity.typed.items()}, **values}


def sequence_day(entity: Entity, values: Mapping[str, Any], today: dt.date) -> dt.date:
    """The day whose year and month number a record: of a document its first date, else today."""
    if entity.kind == "document":
        for name, described in entity.fields.items():
            day = values.get(name)
            if described.kind == "date" and day:
                return day if isinstance(day, dt.date) else today
    return today


def sequence_days(entity: Entity, columns: Mapping[str, Sequence[Any]], count: int, today: dt.date) -> list[dt.date]:
    """`sequence_day` of many records, whose values stand in columns."""
    days: list[dt.date | None] = [None] * count
    if entity.kind == "document":
        for name, described in entity.fields.items():
            if described.kind == "date" and name in columns:
                days = [first or day for first, day in zip(days, columns[name], strict=True)]
    return [day or today for day in days]
