"""What a reader may see of the records that something is made of: which there are for them, and what they are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from engine.fields.column import USERS
from engine.model import Configuration
from engine.records.explanation import Source
from engine.rights import Rights
from engine.storage import Connection
from engine.storage.select import Reader


@dataclass
class Sight:
    """What the reader may see of the records that a formula reads: their titles, and the cards that show them."""

    configuration: Configuration
    rights: Rights
    reader: Reader
    connection: Connection
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    cards: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def look(self, entity: str, ids: Collection[int], named: Collection[int]) -> None:
        """Look which records may be seen; those in `named` are also called by their names."""
        for key, title in self._titles(entity, {*ids, *named}).items():
            self.titles[entity, key] = title
            self.cards[entity, key] = (entity, key)
        parent = None if entity == USERS else self.configuration.parent_of(entity)
        if parent and named and entity in self.rights.readable:
            self._name_lines(entity, parent, sorted(named))

    def _name_lines(self, entity: str, parent: str, ids: Collection[int]) -> None:
        """Lines are shown by the records they belong to; one without a title is called by what it refers to first."""
        lines = self.reader.records(self.connection, entity, ids)
        described = self.configuration.entities[entity]
        pointer = next((one for one in described.pointers if not one.several), None)
        pointed = {line[pointer.field] for line in lines.values() if line.get(pointer.field)} if pointer else set()
        titles = self._titles(pointer.target, pointed) if pointer else {}
        parents = self._titles(parent, {line[parent] for line in lines.values()})
        self.titles.update(((parent, key), title) for key, title in parents.items())
        for key, line in lines.items():
            if (entity, key) not in self.titles:
                continue
            self.cards[entity, key] = (parent, line[parent])
            if pointer and not (described.title_field or described.title_formula) and line.get(pointer.field) in titles:
                self.titles[entity, key] = titles[line[pointer.field]]

    def _titles(self, entity: str, ids: Collection[int]) -> dict[int, str]:
        if entity != USERS and entity not in self.rights.readable:
            return {}
        return self.reader.titles(self.connection, entity, sorted(ids))

    def source(self, entity: str, record_id: int) -> Source | None:
        """A record as one refers to it, None where it may not be seen."""
        title = self.titles.get((entity, record_id))
        return None if title is None else Source(entity, record_id, title, self.cards[entity, record_id])

    def may_read(self, entity: str, name: str) -> bool:
        if entity == USERS:
            return True
        return self.rights.may_read(entity, name) or self.configuration.parent_of(entity) == name
