"""The frozen values in which the history of a record is told to somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.records.values import Record


@dataclass(frozen=True, slots=True)
class Former:
    """A value that its field would not take today, as it was written down."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; `computed` is what followed from the rest. An error value is a FormulaError."""

    name: str
    before: Any
    after: Any
    computed: bool = False


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of a line: created, changed, moved, trashed or restored. `field` is the lines field it stands in."""

    field: str
    id: int
    kind: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    called: tuple[str, int] | None = None
    """The record by which a line is called that has no title: what it refers to first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done to a record at a moment. `change` is None where only its coming is known."""

    change: int | None
    action: int | None
    at: dt.datetime
    by: int | None
    origin: str
    kind: str
    fields: tuple[FieldChange, ...] = ()
    lines: tuple[LineChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """The history of a record as its reader may see it, the newest first.

    `titles` name the records and users that it mentions; what is not there may not be shown. `files` names files.
    """

    entity: str
    id: int
    title: str
    trashed: bool
    entries: tuple[Entry, ...]
    titles: Mapping[tuple[str, int], str]
    files: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class FormerRecord:
    """A record as it was at a moment; fields computed from other records are left out of it."""

    record: Record
    moment: dt.datetime
    trashed: bool
