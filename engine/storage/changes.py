"""What a transaction has changed so far: what computed fields are brought up to date by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.routes import EXISTS, Key

Result = tuple[Any, int | None]
"""What is stored of a result: a value, and the number of an error."""


@dataclass
class Changes:
    """Ids of changed records by entity and field; `former` has those to which changed links led before."""

    fields: dict[Key, set[int]] = field(default_factory=dict)
    former: dict[Key, set[int]] = field(default_factory=dict)
    besides: dict[str, set[int]] = field(default_factory=dict)
    """Records, by entity, that were written where nothing depends on it."""
    whole: set[str] = field(default_factory=set)
    """Entities of which any record may have been written."""
    watched: dict[str, set[int]] = field(default_factory=dict)
    """Records, by entity, whose computed fields are told of."""
    computed: dict[tuple[str, int], dict[str, tuple[Result, Result]]] = field(default_factory=dict)
    """Of those, what was computed before and what is now."""

    def note(self, entity: str, names: Iterable[str], ids: Iterable[int]) -> None:
        """These fields of these records may have other values now."""
        listed = tuple(ids)
        for name in names:
            self.fields.setdefault((entity, name), set()).update(listed)

    def watch(self, entity: str, record_id: int) -> None:
        """Note from now on what becomes of the computed fields of this record."""
        self.watched.setdefault(entity, set()).add(record_id)

    def note_computed(self, entity: str, record_id: int, name: str, before: Result, after: Result) -> None:
        """A computed field of a watched record shows something else; of several times in one change, the first counts."""
        fields = self.computed.setdefault((entity, record_id), {})
        fields[name] = (fields.get(name, (before,))[0], after)

    def note_besides(self, entity: str, ids: Iterable[int]) -> None:
        """Something of these records may have been written on which nothing depends."""
        self.besides.setdefault(entity, set()).update(ids)

    def records(self) -> dict[str, set[int]]:
        """The records that have been written so far, by entity."""
        found: dict[str, set[int]] = {}
        for (entity, _), ids in self.fields.items():
            found.setdefault(entity, set()).update(ids)
        return found

    def touched(self) -> dict[str, set[int]]:
        """The same, and those of which nothing was written that others depend on."""
        found = self.records()
        for entity, ids in self.besides.items():
            found.setdefault(entity, set()).update(ids)
        return found

    def note_existence(self, entity: str, ids: Iterable[int]) -> None:
        """These records have come, gone or returned."""
        self.note(entity, (EXISTS,), ids)

    def note_former(self, entity: str, name: str, targets: Iterable[int | None]) -> None:
        """A link no longer leads to these records, or may not."""
        self.former.setdefault((entity, name), set()).update(target for target in targets if target is not None)
