"""Undoing: what was done to records is taken back through the same door, by whoever may change them."""

from __future__ import annotations

from dataclasses import replace

from engine.problems import Refused
from engine.records.door import Records
from engine.records.entitled import Entitled
from engine.records.ruling import Ruling, Seen
from engine.records.saving import Saving
from engine.records.standing import POSITION
from engine.records.trash import Trash
from engine.records.undo_plan import LinesBack, UndoPlan, UndoStep
from engine.records.undo_planning import Planning
from engine.records.values import Edit, LineEdit, Record
from engine.storage import Collided, Connection
from engine.storage.recording import Undoes
from engine.storage.write import Writer

TRIED = 2000
"""Up to so many records a preview tries the undo itself, so that it knows what would be refused."""


class Undoing(Records):
    """The door to records, for taking back what was done to them."""

    @classmethod
    def through(cls, records: Records) -> Undoing:
        """The same door, for the same principal."""
        return cls(records.database, records.tables, records.principal, origin="undo")

    def plan(self, undoes: Undoes) -> UndoPlan:
        """What an undo would do; nothing is changed.

        Raises:
            Missing: there is no such act for this principal.
        """
        with self.database.read() as connection:
            plan = self._planned(connection, self._writer(), undoes)
        if plan.empty or sum(plan.counts.values()) > TRIED:
            return plan
        try:
            with self.database.trial() as connection:
                self._done(connection, undoes)
        except Refused as refused:
            return replace(plan, problems=refused.problems)
        except Collided:
            return plan
        return plan

    def undo(self, undoes: Undoes) -> UndoPlan:
        """Take an act back; what was done.

        Raises:
            Missing: there is no such act for this principal.
            Refused: what would come of it is not allowed; nothing was changed.
        """
        return self._retried(lambda connection: self._done(connection, undoes))

    def _done(self, connection: Connection, undoes: Undoes) -> UndoPlan:
        writer = self._writer()
        writer.recording.kind, writer.recording.undoes = "undo", undoes
        plan = self._planned(connection, writer, undoes)
        self._bring_back(connection, writer, plan)
        changed = [self._set_back(connection, writer, step) for step in plan.steps if step.does == "changed"]
        self._put_away(connection, writer, plan)
        action = self._recompute(connection, writer)
        for saving, ruling, record_id, before in changed:
            saving.rule(ruling, record_id, before)
        self._ruling(connection, writer).upright()
        return replace(plan, action=action)

    def _planned(self, connection: Connection, writer: Writer, undoes: Undoes) -> UndoPlan:
        return Planning(self, self._reader, writer, connection).plan(undoes)

    def _bring_back(self, connection: Connection, writer: Writer, plan: UndoPlan) -> None:
        trash = self._bin(connection, writer)
        returning: dict[str, list[int]] = {}
        for step in plan.steps:
            if step.does == "restored":
                returning.setdefault(step.entity, []).append(step.record_id)
        # All are asked for first: some come back with others.
        for entity, ids in returning.items():
            trash.entitled.need_each("delete", entity, ids, trashed=True)
        for entity, ids in returning.items():
            trash.restore(entity, ids)

    def _put_away(self, connection: Connection, writer: Writer, plan: UndoPlan) -> None:
        trash = self._bin(connection, writer)
        going: dict[str, list[int]] = {entity: list(ids) for entity, ids in plan.brought.items()}
        for step in plan.steps:
            if step.does == "trashed":
                going.setdefault(step.entity, []).append(step.record_id)
        for entity, ids in going.items():
            trash.entitled.need_each("delete", entity, ids)
        trash.put_all(going)

    def _bin(self, connection: Connection, writer: Writer) -> Trash:
        entitled = Entitled(self._reader, connection)
        return Trash(self.tables.configuration, self._whole, writer, connection, entitled)

    def _set_back(
        self, connection: Connection, writer: Writer, step: UndoStep
    ) -> tuple[Saving, Ruling, int, dict[str, Seen]]:
        """Give the fields and lines of one record what they held."""
        writer.lock(connection, step.entity, step.record_id)
        ruling = self._ruling(connection, writer)
        saving = self._saving(connection, step.entity, writer, "update")
        saving.entitled.need_each("update", step.entity, [step.record_id])
        before = dict(saving.seen(ruling, self._fetching.record(connection, step.entity, step.record_id)))
        for name, lines in step.lines.items():
            self._lines_back(connection, writer, step, name, lines)
        current = self._fetching.record(connection, step.entity, step.record_id)
        values = {change.name: change.after for change in step.fields}
        edits = {name: _edits(current, name, lines) for name, lines in step.lines.items()}
        saved = saving.update(Edit(values, lines=edits), current)
        if saved is not None and saved.version == current.version and any(one.back for one in step.lines.values()):
            writer.update(connection, step.entity, step.record_id, {})
        return saving, ruling, step.record_id, before

    def _lines_back(self, connection: Connection, writer: Writer, step: UndoStep, name: str, lines: LinesBack) -> None:
        if lines.back:
            child = self.configuration.entities[step.entity].fields[name]
            writer.untrash(connection, getattr(child, "of", ""), lines.back)
            told = writer.recording.changed(step.entity, step.record_id, {})
            writer.recording.lines_back(told, name, lines.back)


def _edits(current: Record, name: str, lines: LinesBack) -> tuple[LineEdit, ...]:
    """The lines as they are to be, in the order in which they stood."""

    def place(line: Record) -> tuple[int, int]:
        line_id = line.id or 0
        return lines.positions.get(line_id, line.values.get(POSITION) or 0), line_id

    return tuple(
        LineEdit(line.id, lines.values.get(line.id or 0, {}), deleted=(line.id or 0) in lines.gone, key=str(line.id))
        for line in sorted(current.lines.get(name, ()), key=place)
    )
