"""The frozen values that go through the door of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.query import Edge
from engine.storage.select import Count
from engine.storage.statement import Loader, Row

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: raw rows (an id, then `columns[1:]`), and what is needed to show them.

    `loaders` turn raw items into values. `titles` names the records that references point at, by target entity;
    `links` holds the ids of linked fields, by field and record. `previous` and `next` are where the pages beside it
    begin, None where there is none.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    loaders: tuple[Loader, ...]
    titles: Mapping[str, Mapping[int, str]]
    links: Mapping[str, Mapping[int, tuple[int, ...]]]
    count: Count
    previous: Edge | None = None
    next: Edge | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record as its reader may see it; a new one has no id."""

    entity: str
    id: int | None
    version: int
    title: str
    values: Mapping[str, Any]
    lines: Mapping[str, tuple[Record, ...]] = field(default_factory=lambda: NOTHING)
    titles: Mapping[tuple[str, int], str] = field(default_factory=lambda: MappingProxyType({}))
    errors: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """The error values of computed fields that have no value, such as #DIV/0!."""
    created_at: dt.datetime | None = None
    created_by: int | None = None
    updated_at: dt.datetime | None = None
    updated_by: int | None = None


@dataclass(frozen=True, slots=True)
class LineEdit:
    """What somebody wants one line to be; no id makes a new one. `key` names the line in Problems."""

    id: int | None
    values: Mapping[str, Any]
    base: Mapping[str, Any] | None = None
    deleted: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants a record to be.

    `base` is what they saw. Only fields whose value differs from it are theirs, so that two people who change
    different fields both win; without it, every field in `values` is theirs.
    """

    values: Mapping[str, Any]
    base: Mapping[str, Any] | None = None
    lines: Mapping[str, tuple[LineEdit, ...]] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What somebody wants one of several records to be; no id makes a new one. `key` names the row in Problems.

    `base` is what they saw, as values or as what is `Seen`.
    """

    key: str
    id: int | None
    values: Mapping[str, Any]
    base: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as somebody is editing it, not saved yet; `line` is the one that is meant: its lines field and key."""

    entity: str
    id: int | None
    edit: Edit
    line: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save. `created` is False also when the same form had been saved before."""

    id: int
    version: int
    title: str
    created: bool
    merged: tuple[str, ...] = ()
    """Fields that somebody else had changed meanwhile and that were kept."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How the card of a record looks: the fields that can only be read, that must be filled in, and what is not shown.

    `hidden` are fields by name, tabs by number, sections like 0.1, other cards like driver: with theirs as driver:0.1.
    """

    locked: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()

    def __or__(self, other: Looks) -> Looks:
        return Looks(self.locked | other.locked, self.hidden | other.hidden, self.required | other.required)


@dataclass(frozen=True, slots=True)
class Preview:
    """A record as a save would leave it. `keys` names its lines as the edit did, by lines field and id.

    `looks` says how the card looks then, of the record under "" and of its lines under their fields, by id.
    """

    record: Record
    keys: Mapping[str, Mapping[int, str]]
    looks: Mapping[str, Mapping[int, Looks]] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Clash:
    """One value that two people changed to different things."""

    path: tuple[str, ...]
    base: Any
    theirs: Any
    mine: Any


class Conflict(Exception):
    """Nothing was saved, because somebody else has changed the same values meanwhile."""

    def __init__(self, clashes: Sequence[Clash], current: Record) -> None:
        super().__init__(f"{len(clashes)} values were changed meanwhile")
        self.clashes = tuple(clashes)
        self.current = current


class Missing(LookupError):
    """There is no such record, or not for this principal; the two are the same answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search over all entities."""

    entity: str
    id: int
    title: str
