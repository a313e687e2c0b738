"""What a transaction does to records, as their history will tell it. Filled while it works, written at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.storage.changes import Changes

Kind = Literal["created", "changed", "trashed", "restored"]
Pair = tuple[Any, Any]
"""A value before and after."""


@dataclass
class Told:
    """What becomes of one record or line: the fields that somebody gave other values, and the lines."""

    kind: Kind
    fields: dict[str, Pair] = field(default_factory=dict)
    lines: dict[str, dict[int, Told]] = field(default_factory=dict)
    """Lines by lines field and id."""


@dataclass(frozen=True, slots=True)
class Undoes:
    """What an act takes back: an action, or a change that stood alone."""

    action: int | None = None
    change: int | None = None


@dataclass
class Recording:
    """What has been done so far.

    Args:
        changes: where computed fields note what has become of them in the records that are told of.
        kind: what the whole is called where it is an act by itself: an import, an undo; else a save stands alone.
        job: of which job it is a part, so that all of the job can be undone, however often it was begun.
    """

    changes: Changes
    kind: str | None = None
    undoes: Undoes = Undoes()
    job: int | None = None
    records: dict[tuple[str, int], Told] = field(default_factory=dict)
    brought: list[tuple[str, range]] = field(default_factory=list)
    """Records that came many at a time; their values need not be told, they can be told from what followed."""

    def created(self, entity: str, record_id: int, values: Mapping[str, Any]) -> Told:
        """A record has come."""
        self.changes.watch(entity, record_id)
        told = self.records[entity, record_id] = Told("created", _from_nothing(values))
        return told

    def changed(self, entity: str, record_id: int, fields: Mapping[str, Pair], *, watch: bool = True) -> Told:
        """Fields of a record have other values; each before and after. `watch` tells of what is computed from them."""
        if watch:
            self.changes.watch(entity, record_id)
        return _merged(self.records.setdefault((entity, record_id), Told("changed")), fields)

    def has_brought(self, entity: str, record_id: int) -> bool:
        """Whether a record has come in this transaction, with many others."""
        return any(name == entity and record_id in ids for name, ids in self.brought)

    def line_created(self, told: Told, of: tuple[str, str], line_id: int, values: Mapping[str, Any]) -> None:
        """A line of a record has come; `of` is its lines field and its entity."""
        name, entity = of
        self.changes.watch(entity, line_id)
        told.lines.setdefault(name, {})[line_id] = Told("created", _from_nothing(values))

    def line_changed(self, told: Told, of: tuple[str, str], line_id: int, fields: Mapping[str, Pair]) -> None:
        """Somebody has given fields of a line other values."""
        name, entity = of
        self.changes.watch(entity, line_id)
        _merged(told.lines.setdefault(name, {}).setdefault(line_id, Told("changed")), fields)

    def lines_gone(self, told: Told, name: str, ids: Iterable[int]) -> None:
        """Lines of a record have gone into the trash."""
        told.lines.setdefault(name, {}).update((line_id, Told("trashed")) for line_id in ids)

    def lines_back(self, told: Told, name: str, ids: Iterable[int]) -> None:
        """Lines of a record are back from the trash."""
        told.lines.setdefault(name, {}).update((line_id, Told("restored")) for line_id in ids)

    def trashed(self, entity: str, ids: Iterable[int]) -> None:
        """Records have gone into the trash, with their lines."""
        self.records.update(((entity, record_id), Told("trashed")) for record_id in ids)

    def restored(self, entity: str, ids: Iterable[int]) -> None:
        """Records are back from the trash, with the lines that went with them."""
        self.records.update(((entity, record_id), Told("restored")) for record_id in ids)


def _from_nothing(values: Mapping[str, Any]) -> dict[str, Pair]:
    return {
        name: (None, value) for name, value in values.items() if not (value is None or value is False or value == ())
    }


def _merged(told: Told, fields: Mapping[str, Pair]) -> Told:
    """The same with more fields: of one that was told of already, what it was at first stays."""
    for name, (before, after) in fields.items():
        told.fields[name] = (told.fields.get(name, (before,))[0], after)
    return told
