"""Records as they are today, in the trash or not, with nothing in them that their reader may not see in just these.

A field that may be read in some records only is blank where it may not; what tells of the past must leave it out whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from engine.records.door import Records
from engine.records.entitled import Entitled
from engine.records.fetching import Fetching
from engine.records.values import Missing, Record
from engine.storage import Connection
from engine.storage.select import Reader


@dataclass(frozen=True)
class Today:
    """Finds records as their reader may see them, within one transaction."""

    records: Records
    connection: Connection

    @property
    def reader(self) -> Reader:
        return Reader(self.records.database, self.records.tables, self.records.rights)

    def record(self, entity: str, record_id: int) -> tuple[Record, bool]:
        """A record with its live lines, and whether it is in the trash.

        Raises:
            KeyError: there is no such entity for this reader.
            Missing: there is no such record for them.
        """
        fetching = Fetching(self.reader)
        try:
            found, trashed = fetching.record(self.connection, entity, record_id), False
        except Missing:
            found, trashed = fetching.record(self.connection, entity, record_id, trashed=True), True
        lines = {name: self._lines(found, listed) for name, listed in found.lines.items()}
        hidden = self._hidden(entity, record_id)
        return replace(_without(found, hidden), lines=lines), trashed

    def trashed_lines(self, record: Record, child: str, ids: Iterable[int]) -> tuple[Record, ...]:
        """Those of the lines of a record that are in the trash and may be seen."""
        fetching, found = Fetching(self.reader), []
        for line_id in sorted(ids):
            with suppress(Missing):
                found.append(fetching.record(self.connection, child, line_id, trashed=True))
        return self._lines(record, found)

    def _lines(self, record: Record, lines: Iterable[Record]) -> tuple[Record, ...]:
        hidden: dict[str, frozenset[str]] = {}
        for line in lines:
            if line.entity not in hidden:
                hidden[line.entity] = self._hidden_of_lines(line.entity, record)
        return tuple(_without(line, hidden[line.entity]) for line in lines)

    def _hidden(self, entity: str, record_id: int) -> frozenset[str]:
        if self.records.rights.unlimited:
            return frozenset()
        return self._entitled.hidden(entity, [record_id]).get(record_id, frozenset())

    def _hidden_of_lines(self, child: str, record: Record) -> frozenset[str]:
        if self.records.rights.unlimited:
            return frozenset()
        return self._entitled.hidden_of_lines(child, record.entity, record.id or 0)

    @property
    def _entitled(self) -> Entitled:
        return Entitled(self.reader, self.connection)


def _without(record: Record, hidden: frozenset[str]) -> Record:
    """The record without fields."""

    def kept(values: Mapping[str, object]) -> dict[str, object]:
        return {name: value for name, value in values.items() if name not in hidden}

    return replace(record, values=kept(record.values), errors=kept(record.errors)) if hidden else record  # type: ignore[arg-type]
