"""Records and pages made of rows: with their links, lines, and the titles of what they refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from engine.expressions.results import error_code
from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.model.entity import Pointer
from engine.query import Query
from engine.records.values import NOTHING, Missing, Page, Record
from engine.storage import Connection
from engine.storage.select import Count, Reader, Rows
from engine.storage.tables import ERROR

MOST_TITLES = 100_000
KnownTitles = dict[str, dict[int, str]]
"""The titles of records by target entity, kept from one batch of a stream to the next."""


@dataclass(frozen=True)
class Fetching:
    """What a reader may see, as values."""

    reader: Reader

    @property
    def configuration(self) -> Configuration:
        """What there is for the reader."""
        return self.reader.rights.configuration

    def page(
        self, connection: Connection, query: Query, rows: Rows, count: Count, known: KnownTitles | None = None
    ) -> Page:
        """Rows of a list with the links and titles that they need."""
        entity = self.configuration.entities[query.entity]
        ids = [row[0] for row in rows.rows]
        links: dict[str, Mapping[int, tuple[int, ...]]] = {}
        wanted: dict[str, set[int]] = {}
        for name in query.columns:
            field = entity.fields.get(name)
            linked = field.links() if field else None
            if linked:
                links[name] = self.reader.links(connection, query.entity, name, ids)
                if linked.target != "_file":
                    wanted.setdefault(linked.target, set()).update(key for keys in links[name].values() for key in keys)
        for name, target, several in self._pointers(query.entity):
            if not several and name in rows.columns:
                at = rows.columns.index(name)
                wanted.setdefault(target, set()).update(row[at] for row in rows.rows if row[at] is not None)
        titles = {} if known is None else known
        for target, keys in wanted.items():
            self._name(connection, target, keys, titles.setdefault(target, {}))
        return Page(rows.columns, rows.rows, rows.loaders, titles, links, count, rows.previous, rows.next)

    def record(self, connection: Connection, entity: str, record_id: int, *, trashed: bool = False) -> Record:
        """One record with its lines.

        Raises:
            Missing: there is none, or not for this reader.
        """
        found = self.reader.records(connection, entity, [record_id], trashed=trashed).get(record_id)
        if found is None:
            raise Missing(entity, record_id)
        lines: dict[str, tuple[Record, ...]] = {}
        for name, field in self.configuration.entities[entity].fields.items():
            if isinstance(field, LinesField):
                children = self.reader.children(connection, field.of, entity, record_id)
                lines[name] = self._records(connection, field.of, children)
        (record,) = self._records(connection, entity, [found])
        return replace(record, lines=MappingProxyType(lines))

    def titled(self, connection: Connection, record: Record) -> Record:
        """A record with the titles of all that it and its lines refer to."""
        everything = [record, *(line for listed in record.lines.values() for line in listed)]
        return replace(record, titles=self._titles_of(connection, everything))

    def _name(self, connection: Connection, target: str, ids: set[int], titles: dict[int, str]) -> None:
        """Add the titles of these records to those that are known; not more of them than a page should hold."""
        if len(titles) > MOST_TITLES:
            titles.clear()
        titles.update(self.reader.titles(connection, target, ids - titles.keys()))

    def _pointers(self, entity: str) -> tuple[Pointer, ...]:
        """The fields of an entity that hold ids, with the reference of a line to its parent."""
        pointers = self.configuration.entities[entity].pointers
        parent = self.configuration.parent_of(entity)
        return (*pointers, Pointer(parent, parent, False)) if parent else pointers

    def _records(self, connection: Connection, entity: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Record, ...]:
        """Rows of one entity as records, their links read together."""
        described = self.configuration.entities[entity]
        ids = [row["id"] for row in rows]
        links = (
            {name: self.reader.links(connection, entity, name, ids) for name, _ in described.linked()} if ids else {}
        )
        stored = [name for name, _ in described.stored()]
        parent = self.configuration.parent_of(entity)
        stored += ["_position", parent] if parent else []
        # Whoever may not know the formula of a field sees its errors all the same.
        computed = self.reader.tables.configuration.entities[entity].computed

        def record(row: Mapping[str, Any]) -> Record:
            values = {name: row[name] for name in stored}
            values.update((name, held.get(row["id"])) for name, held in links.items())
            wrong = {
                name: error_code(row[name + ERROR]) for name in computed if name in values and row.get(name + ERROR)
            }
            return _record(entity, row, values, wrong)

        return tuple(map(record, rows))

    def _titles_of(self, connection: Connection, records: Sequence[Record]) -> Mapping[tuple[str, int], str]:
        wanted: dict[str, set[int]] = {}
        for record in records:
            for name, target, several in self._pointers(record.entity):
                value = record.values.get(name)
                if value:
                    wanted.setdefault(target, set()).update(value if several else (value,))
            for key in (record.created_by, record.updated_by):
                if key is not None:
                    wanted.setdefault("_user", set()).add(key)
        found: dict[tuple[str, int], str] = {}
        for target, ids in wanted.items():
            found.update(((target, key), title) for key, title in self.reader.titles(connection, target, ids).items())
        return MappingProxyType(found)


def _record(entity: str, row: Mapping[str, Any], values: Mapping[str, Any], wrong: Mapping[str, str]) -> Record:
    return Record(
        entity,
        row["id"],
        row["_version"],
        row["_title"] or f"#{row['id']}",
        values,
        errors=wrong or NOTHING,
        created_at=row["_created_at"],
        created_by=row["_created_by"],
        updated_at=row["_updated_at"],
        updated_by=row["_updated_by"],
    )
