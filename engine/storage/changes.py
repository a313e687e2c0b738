"""What a transaction has changed so far: what computed fields are brought up to date by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.expressions.routes import EXISTS, Key


@dataclass
class Changes:
    """Ids of changed records by entity and field; `former` has those to which changed links led before."""

    fields: dict[Key, set[int]] = field(default_factory=dict)
    former: dict[Key, set[int]] = field(default_factory=dict)

    def note(self, entity: str, names: Iterable[str], ids: Iterable[int]) -> None:
        """These fields of these records may have other values now."""
        listed = tuple(ids)
        for name in names:
            self.fields.setdefault((entity, name), set()).update(listed)

    def records(self) -> dict[str, set[int]]:
        """The records that have been written so far, by entity."""
        found: dict[str, set[int]] = {}
        for (entity, _), ids in self.fields.items():
            found.setdefault(entity, set()).update(ids)
        return found

    def note_existence(self, entity: str, ids: Iterable[int]) -> None:
        """These records have come, gone or returned."""
        self.note(entity, (EXISTS,), ids)

    def note_former(self, entity: str, name: str, targets: Iterable[int | None]) -> None:
        """A link no longer leads to these records, or may not."""
        self.former.setdefault((entity, name), set()).update(target for target in targets if target is not None)
