"""Into the trash and back: what else goes with a record, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.model import Configuration
from engine.problems import Problem, Refused, problem
from engine.records.entitled import Entitled
from engine.storage import Connection
from engine.storage.select import Reader
from engine.storage.write import Writer


@dataclass(frozen=True)
class Trash:
    """Trashing and restoring within one transaction. What goes together carries the same moment."""

    configuration: Configuration
    reader: Reader
    writer: Writer
    connection: Connection
    entitled: Entitled

    def put(self, entity: str, ids: Sequence[int]) -> int:
        """Trash records with their lines and whatever cascades; how many of `entity` were trashed.

        Raises:
            Refused: `record-in-use`, where a reference that restricts still points at one of them.
        """
        return self.put_all({entity: ids}).get(entity, 0)

    def put_all(self, going: Mapping[str, Sequence[int]]) -> Mapping[str, int]:
        """The same for records of several entities that go together and may refer to each other; how many of each."""
        doomed: dict[str, set[int]] = {}
        for entity, ids in going.items():
            self._collect(entity, list(ids), doomed)
        problems = [
            found for name, doomed_ids in doomed.items() for found in self._in_the_way(name, doomed_ids, doomed)
        ]
        if problems:
            raise Refused(problems)
        for name, doomed_ids in doomed.items():
            for pointing, field, _ in self._references_to(name, "clear"):
                pairs = self.writer.pointing(self.connection, pointing, field, sorted(doomed_ids))
                kept = [(record, target) for record, target in pairs if record not in doomed.get(pointing, ())]
                if kept:
                    self.writer.clear(self.connection, pointing, field, kept, name)
        carried = {name: self._carried(name, doomed) for name in doomed}
        gone = {name: self.writer.trash(self.connection, name, sorted(ids)) for name, ids in doomed.items()}
        for name, trashed in gone.items():
            self.writer.recording.trashed(name, sorted(trashed - carried[name]))
        return {name: len(trashed) for name, trashed in gone.items()}

    def restore(self, entity: str, ids: Sequence[int]) -> int:
        """Bring records back with what went with them; how many.

        Raises:
            Refused: `unique-taken`, where another record has taken a unique value meanwhile, or `parent-in-trash`.
        """
        gone = self.reader.records(self.connection, entity, ids, trashed=True)
        problems = [found for record in gone.values() for found in self._taken(entity, record)]
        if problems:
            raise Refused(problems)
        self.writer.recording.restored(entity, gone)
        for record_id, record in gone.items():
            self._bring(entity, record_id, record["_trashed_at"])
        return len(gone)

    def _bring(self, entity: str, record_id: int, moment: object) -> None:
        self.writer.untrash(self.connection, entity, [record_id])
        for pointing, column, _ in (*self._children_of(entity), *self._references_to(entity, "cascade")):
            for child in self.writer.trashed_with(self.connection, pointing, column, record_id, moment):  # type: ignore[arg-type]
                if column != self.configuration.parent_of(pointing):
                    self.writer.recording.restored(pointing, [child])
                self._bring(pointing, child, moment)
        self.writer.bring_back(self.connection, entity, record_id)

    def _collect(self, entity: str, ids: list[int], doomed: dict[str, set[int]]) -> None:
        fresh = set(ids) - doomed.setdefault(entity, set())
        if not fresh:
            return
        doomed[entity] |= fresh
        for pointing, column, _ in (*self._children_of(entity), *self._references_to(entity, "cascade")):
            self._collect(
                pointing,
                [record for record, _ in self.writer.pointing(self.connection, pointing, column, sorted(fresh))],
                doomed,
            )

    def _carried(self, entity: str, doomed: Mapping[str, set[int]]) -> set[int]:
        """The lines among them that go with their records; history tells of the records alone."""
        parent = self.configuration.parent_of(entity)
        if not parent or not doomed.get(parent):
            return set()
        return {line for line, _ in self.writer.pointing(self.connection, entity, parent, sorted(doomed[parent]))}

    def _in_the_way(self, entity: str, ids: set[int], doomed: dict[str, set[int]]) -> Iterator[Problem]:
        for pointing, field, _ in self._references_to(entity, "restrict"):
            pairs = self.writer.pointing(self.connection, pointing, field, sorted(ids))
            left = [record for record, _ in pairs if record not in doomed.get(pointing, ())]
            seen = self._seen(pointing, field, left)
            if seen:
                yield problem("record-in-use", entity=pointing, field=field, count=len(seen))
            elif left:
                yield problem("record-in-use-elsewhere")

    def _seen(self, pointing: str, field: str, ids: Sequence[int]) -> frozenset[int]:
        """Which of these records may be seen by whoever deletes, with what they refer to."""
        if not ids or not self.entitled.rights.may_read(pointing, field):
            return frozenset()
        return frozenset(self.entitled.reader.titles(self.connection, pointing, ids))

    def _taken(self, entity: str, record: dict[str, object]) -> Iterator[Problem]:
        for name, field in self.configuration.entities[entity].fields.items():
            value = record.get(name)
            if (
                field.unique
                and value is not None
                and value in self.reader.having(self.connection, entity, name, [value])
            ):
                if self.entitled.rights.shown(entity, name).always:
                    yield problem("unique-taken", path=(name,), value=str(value))
                else:
                    yield problem("unique-taken-elsewhere")
        parent = self.configuration.parent_of(entity)
        if parent and not self.reader.titles(self.connection, parent, [int(str(record[parent]))]):
            yield problem("parent-in-trash", entity=parent)

    def _children_of(self, entity: str) -> Iterator[tuple[str, str, str]]:
        for name in self.configuration.entities:
            if self.configuration.parent_of(name) == entity:
                yield name, entity, "cascade"

    def _references_to(self, entity: str, on_delete: str) -> Iterator[tuple[str, str, str]]:
        for name, described in self.configuration.entities.items():
            for field_name, field in described.stored():
                stored = field.column()
                if stored and stored.kind == "reference" and stored.target == entity and stored.on_delete == on_delete:
                    yield name, field_name, on_delete
