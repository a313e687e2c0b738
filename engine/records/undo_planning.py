"""Making the plan of an undo, within one transaction: from what history tells, and from how records stand today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from engine.fields import Field
from engine.fields.column import FILES, USERS
from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.records.door import Records
from engine.records.history import gone_lines
from engine.records.standing import POSITION, Standing, loaded
from engine.records.today import Today
from engine.records.told import FieldChange, Former
from engine.records.undo_plan import LinesBack, Reason, UndoPlan, UndoStep
from engine.records.values import Missing, Record
from engine.storage import Connection, chronicle, files
from engine.storage.chronicle import Happened
from engine.storage.recording import Undoes
from engine.storage.select import Reader
from engine.storage.write import Writer

LOOKED_AT = 1000
"""So many records that have changed since are looked at one by one: they may be again what they were."""
Ids = dict[str, set[int]]


@dataclass
class Planning:
    """Plans one undo. Reads through the door, so that what somebody may not see is not undone by them either."""

    records: Records
    reader: Reader
    writer: Writer
    connection: Connection
    restored: set[tuple[str, int]] = field(default_factory=set)
    """Records that come back in this undo; others may refer to them again."""
    mentioned: Ids = field(default_factory=dict)

    @property
    def today(self) -> Today:
        return Today(self.records, self.connection)

    @property
    def configuration(self) -> Configuration:
        return self.records.configuration

    def plan(self, undoes: Undoes) -> UndoPlan:
        """The plan for an act.

        Raises:
            Missing: there is none, or it is somebody else's and this principal administers nothing.
        """
        told, happened, brought = self._told(undoes)
        if told.done_by != self.records.principal.id and not self.records.rights.may_administer:
            raise Missing("_action", undoes.action)
        self.restored = {(one.entity, one.record_id) for one in happened if one.kind == "trashed"}
        going = self._going(happened, brought)
        steps = [step for one in happened if (step := self._step(one, going))]
        free = {entity: ids & going.get(entity, set()) for entity, ids in _spans(brought).items()}
        hindered = tuple(self._staying(_spans(brought), free))
        return UndoPlan(
            undoes,
            told.at,
            told.done_by,
            told.kind,
            tuple(step for step in steps if not step.reason),
            (*(step for step in steps if step.reason), *hindered),
            {entity: tuple(sorted(ids)) for entity, ids in free.items() if ids},
            self._titles(),
        )

    def _told(self, undoes: Undoes) -> tuple[chronicle.Act | Happened, list[Happened], list[tuple[str, range]]]:
        tables = self.records.tables
        if undoes.action is not None:
            act = chronicle.act(self.connection, tables, undoes.action)
            if act is None:
                raise Missing("_action", undoes.action)
            happened = chronicle.of_action(self.connection, tables, act.id)
            brought = chronicle.brought_by(self.connection, tables, act.id)
            known = [(entity, span) for entity, span in brought if entity in self.records.rights.readable]
            return act, [one for one in happened if self._is_known(one)], known
        alone = chronicle.alone(self.connection, tables, undoes.change or 0)
        if alone is None or not self._is_known(alone):
            raise Missing("_change", undoes.change)
        return alone, [alone], []

    def _is_known(self, one: Happened) -> bool:
        return one.entity in self.records.rights.readable

    # Records that came, and go again

    def _going(self, happened: Sequence[Happened], brought: Sequence[tuple[str, range]]) -> Ids:
        """The records that came with the act and may go: as they came, and with nothing that refers to them."""
        going: Ids = {entity: self._live(entity, ids) for entity, ids in _spans(brought).items()}
        for entity, span in brought:
            touched = chronicle.touched(self.connection, self.records.tables, entity, span) & going[entity]
            looked = set(sorted(touched)[:LOOKED_AT])
            going[entity] -= (touched - looked) | {one for one in looked if not self._is_as_it_came(entity, one)}
        for one in happened:
            if one.kind == "created" and one.parent_id is None and self._is_as_it_came(one.entity, one.record_id):
                going.setdefault(one.entity, set()).add(one.record_id)
        while needed := {entity: used for entity, ids in going.items() if (used := self._used(entity, ids, going))}:
            for entity, used in needed.items():
                going[entity] -= used
        return going

    def _live(self, entity: str, ids: set[int]) -> set[int]:
        return set(self.reader.titles(self.connection, entity, ids))

    def _is_as_it_came(self, entity: str, record_id: int) -> bool:
        """Whether a record is there and holds what it held when it came, with its lines."""
        try:
            record, trashed = self.today.record(entity, record_id)
        except Missing:
            return False
        if trashed:
            return False
        lines = self._lines_of(entity)
        happened = chronicle.of_record(self.connection, self.records.tables, entity, record_id, tuple(lines.values()))
        gone = {name: gone_lines(self.today, record, name, child, happened) for name, child in lines.items()}
        then = Standing.today(self.configuration, record, gone, trashed=False)
        for one in happened:
            if one.kind != "created" or one.parent_id is not None:
                then.before(one)
        today = Standing.today(self.configuration, record, gone, trashed=False)
        return _typed(then, self.configuration) == _typed(today, self.configuration)

    def _used(self, entity: str, ids: set[int], going: Ids) -> set[int]:
        """Those of the records to which others refer that stay."""
        found: set[int] = set()
        if not ids:
            return found
        for name, described in self.configuration.entities.items():
            for field_name, one in described.stored():
                column = one.column()
                if column and column.kind == "reference" and column.target == entity and one.formula is None:
                    pairs = self.writer.pointing(self.connection, name, field_name, sorted(ids))
                    staying = self._staying_among(name, {record for record, _ in pairs}, going)
                    found |= {target for record, target in pairs if record in staying}
        return found

    def _staying_among(self, entity: str, ids: set[int], going: Ids) -> set[int]:
        staying = ids - going.get(entity, set())
        parent = self.configuration.parent_of(entity)
        if not parent or not going.get(parent) or not staying:
            return staying
        pairs = self.writer.pointing(self.connection, entity, parent, sorted(going[parent]))
        return staying - {line for line, _ in pairs}

    def _staying(self, spans: Ids, free: Ids) -> Iterator[UndoStep]:
        """The records that came many at a time and stay, as far as they are there."""
        for entity, ids in spans.items():
            for record_id, title in sorted(self.reader.titles(self.connection, entity, ids - free[entity]).items()):
                yield UndoStep(entity, record_id, title, "trashed", reason="changed-since")

    # One record

    def _step(self, one: Happened, going: Ids) -> UndoStep | None:
        """What becomes of a record; None where nothing is left to undo, or nothing may be seen."""
        if one.parent_id is not None:
            return self._line_step(one)
        try:
            record, trashed = self.today.record(one.entity, one.record_id)
        except Missing:
            return None
        if one.kind == "changed":
            return self._set_back(record, one.changes, trashed=trashed)
        if one.kind == "trashed":
            return UndoStep(one.entity, one.record_id, record.title, "restored") if trashed else None
        if trashed:
            return None
        reason: Reason = ""
        if one.kind == "created" and one.record_id not in going.get(one.entity, ()):
            reason = "in-use" if self._is_as_it_came(one.entity, one.record_id) else "changed-since"
        return UndoStep(one.entity, one.record_id, record.title, "trashed", reason=reason)

    def _line_step(self, one: Happened) -> UndoStep | None:
        """The same for a line that changed without its record: it is set back as a part of it."""
        parent = str(self.configuration.parent_of(one.entity))
        name = next((name for owner, name in self.configuration.lines_of(one.entity) if owner == parent), None)
        with suppress(Missing):
            record, trashed = self.today.record(parent, one.parent_id or 0)
            told = {"id": one.record_id, "kind": one.kind, **one.changes}
            return self._set_back(record, {"lines": {name: [told]}}, trashed=trashed) if name else None
        return None

    def _set_back(self, record: Record, changes: Mapping[str, Any], *, trashed: bool) -> UndoStep | None:
        kept: list[str] = []
        fields = tuple(self._fields(record, changes.get("fields", {}), kept))
        lines = {
            name: back
            for name, told in changes.get("lines", {}).items()
            if name in self._lines_of(record.entity)
            for back in [self._lines(record, name, told, kept)]
            if not back.empty
        }
        if not (fields or lines or kept):
            return None
        if trashed and (record.entity, record.id) not in self.restored:
            return UndoStep(record.entity, record.id or 0, record.title, "changed", reason="in-trash")
        reason: Reason = "" if fields or lines else "changed-since"
        return UndoStep(record.entity, record.id or 0, record.title, "changed", fields, lines, tuple(kept), reason)

    def _fields(self, record: Record, told: Mapping[str, Any], kept: list[str]) -> Iterator[FieldChange]:
        """The fields that still hold what they were given, and can hold again what they held."""
        described = self.configuration.entities[record.entity].fields
        for name, (before, after) in told.items():
            if name not in described or name not in record.values or not described[name].editable:
                continue
            now, then = record.values[name], _value(described[name], before)
            if now == then:
                continue
            if now != _value(described[name], after) or not self._fits(record, name, described[name], then):
                kept.append(described[name].label_in(self.configuration.language, name))
                continue
            self._mention(described[name], now)
            self._mention(described[name], then)
            yield FieldChange(name, now, then)

    def _fits(self, record: Record, name: str, described: Field, value: Any) -> bool:
        """Whether a field may hold a value again: the records and files that it leads to are still to be had."""
        if isinstance(value, Former):
            return False
        links, column = described.links(), described.column()
        if links and links.target == FILES:
            return self._has_files(record, name, value or ())
        target = links.target if links else column.target if column and column.kind == "reference" else None
        wanted = set(value or ()) if links else {value} - {None}
        if not target or target == USERS:
            return True
        missing = wanted - self.reader.titles(self.connection, target, wanted).keys()
        return all((target, one) in self.restored for one in missing)

    def _has_files(self, record: Record, name: str, wanted: Sequence[int]) -> bool:
        known = files.files(self.connection, self.records.tables, set(wanted))
        mine = self.records.principal.id
        return all(
            one in known
            and (known[one].record_id == record.id or (not known[one].record_id and known[one].created_by == mine))
            for one in wanted
        )

    # Lines

    def _lines_of(self, entity: str) -> dict[str, str]:
        """The lines fields of an entity that may be seen, and the entities of their lines."""
        fields, rights = self.configuration.entities[entity].fields, self.records.rights
        return {
            name: one.of
            for name, one in fields.items()
            if isinstance(one, LinesField) and rights.may_read(entity, name) and one.of in rights.readable
        }

    def _lines(self, record: Record, name: str, told: Iterable[Mapping[str, Any]], kept: list[str]) -> LinesBack:
        here = {line.id or 0: line for line in record.lines.get(name, ())}
        gone: list[int] = []
        back: list[int] = []
        values: dict[int, Mapping[str, Any]] = {}
        positions: dict[int, int] = {}
        for one in told:
            line = here.get(one["id"])
            if one["kind"] == "trashed":
                back += [one["id"]] if line is None else []
            elif line is not None and one["kind"] in ("created", "restored"):
                untouched = self._is_untouched(line, one)
                gone += [one["id"]] if untouched else []
                kept += [] if untouched else [line.title]
            elif line is not None:
                changed = {change.name: change.after for change in self._fields(line, one.get("fields", {}), kept)}
                values |= {one["id"]: changed} if changed else {}
                positions |= _position_before(line, one)
            else:
                kept.append(f"#{one['id']}")
        return LinesBack(tuple(gone), tuple(back), values, positions)

    def _is_untouched(self, line: Record, told: Mapping[str, Any]) -> bool:
        """Whether a line still holds what it was given when it came."""
        if told["kind"] == "restored":
            return True
        described = self.configuration.entities[line.entity].fields
        given = told.get("fields", {})
        for name, value in line.values.items():
            one = described.get(name)
            if one is None or one.formula is not None or not one.editable:
                continue
            if value != _value(one, given.get(name, (None, None))[1]):
                return False
        return True

    # Names

    def _mention(self, described: Field, value: Any) -> None:
        links, column = described.links(), described.column()
        if links and links.target != FILES:
            self.mentioned.setdefault(links.target, set()).update(value or ())
        elif column and column.kind == "reference" and isinstance(value, int):
            self.mentioned.setdefault(str(column.target), set()).add(value)

    def _titles(self) -> Mapping[tuple[str, int], str]:
        readable = self.records.rights.readable
        return {
            (target, key): title
            for target, ids in self.mentioned.items()
            if target == USERS or target in readable
            for key, title in self.reader.titles(self.connection, target, ids).items()
        }


def _value(described: Field, raw: Any) -> Any:
    """What a record holds where history says this."""
    value = loaded(described, raw)
    return False if value is None and described.kind == "boolean" else value


def _spans(brought: Iterable[tuple[str, range]]) -> Ids:
    found: Ids = {}
    for entity, span in brought:
        found.setdefault(entity, set()).update(span)
    return found


def _position_before(line: Record, told: Mapping[str, Any]) -> dict[int, int]:
    moved = told.get("fields", {}).get(POSITION)
    return {told["id"]: moved[0]} if moved and line.values.get(POSITION) == moved[1] else {}


def _typed(standing: Standing, configuration: Configuration) -> tuple[Any, ...]:
    """What people have entered into a record and its lines, to be compared."""

    def entered(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        fields = configuration.entities[entity].fields
        return {name: value for name, value in values.items() if name in fields and fields[name].formula is None}

    lines = {
        (name, line_id): entered(line.record.entity, line.values)
        for name, known in standing.lines.items()
        for line_id, line in known.items()
        if line.present
    }
    return standing.trashed, entered(standing.record.entity, standing.values), lines
