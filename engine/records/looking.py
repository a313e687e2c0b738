"""How cards look to a principal: what conditions and rights hide, lock and demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from engine.records.entitled import Entitled
from engine.records.ruling import Ruling
from engine.records.values import Looks, Record
from engine.rights import Rights
from engine.storage import Connection
from engine.storage.select import Reader


def looks_new(rights: Rights, entity: str, action: Literal["create", "update"] = "create") -> Looks:
    """How the card of a new record looks, or a new line of one that is changed, whatever is entered in it."""
    if rights.unhindered:
        return Looks()
    fields = rights.configuration.entities[entity].fields
    writable = (name for name, field in fields.items() if field.editable or field.kind == "lines")
    return Looks(frozenset(name for name in writable if not rights.may_write(entity, name, action)))


class Looking:
    """How cards look in one transaction."""

    def __init__(self, rights: Rights, reader: Reader, ruling: Ruling, connection: Connection) -> None:
        self.rights = rights
        self.reader = reader
        self.ruling = ruling
        self.connection = connection

    def whole(self, record: Record, *, new: bool) -> Mapping[str, Mapping[int, Looks]]:
        """The looks of a record, under "", and of its lines by the names of their fields."""
        lines = {name: (rows[0].entity, [row.id or 0 for row in rows]) for name, rows in record.lines.items() if rows}
        wanted = {"": (record.entity, [record.id or 0]), **lines}
        return {name: self.of(entity, ids, new=new) for name, (entity, ids) in wanted.items()}

    def of(self, entity: str, ids: Sequence[int], *, new: bool = False) -> Mapping[int, Looks]:
        """The looks of records by id; those absent of which everything is shown and open."""
        ruled = self.ruling.looks(entity, ids)
        if self.rights.unhindered:
            return ruled
        entitled = Entitled(self.reader, self.connection)
        hidden = entitled.hidden(entity, ids)
        blank = looks_new(self.rights, entity).locked
        locked = dict.fromkeys(ids, blank) if new else entitled.locked("update", entity, ids)
        found = {
            key: looks | Looks(locked.get(key, frozenset()), hidden.get(key, frozenset()))
            for key, looks in {**dict.fromkeys(ids, Looks()), **ruled}.items()
        }
        return {key: looks for key, looks in found.items() if key in ruled or looks != Looks()}
