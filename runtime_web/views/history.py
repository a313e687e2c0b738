"""What the pages about history show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A field before and after, as people read it; "" is blank. `computed` followed from the rest."""

    label: str
    before: str
    after: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """What became of a line, in words, and its fields."""

    said: str
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """What somebody did to a record: what, who, when and from where. `then_url` shows the record as it was after it."""

    said: str
    icon: str
    who: str
    when: str
    moment: str
    whence: str
    changes: tuple[ShownChange, ...]
    lines: tuple[ShownLine, ...]
    then_url: str = ""
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The history of a record, the newest first."""

    title: str
    back_url: str
    back_label: str
    entries: tuple[ShownEntry, ...]
    trashed: bool
    then_url: str
    """Where a form asks for a moment."""
    newest: str
    zone: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The lines of a record as it was."""

    label: str
    columns: tuple[tuple[str, bool], ...]
    """Labels, and whether the column is aligned at its end."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FormerPage:
    """A record as it was at a moment; it cannot be changed. Without fields it did not exist then."""

    title: str
    history_url: str
    when: str
    moment: str
    then_url: str
    existed: bool
    trashed: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    tables: tuple[ShownTable, ...] = ()
    left_out: tuple[str, ...] = ()
    """Labels of computed fields that are not kept as they were."""
