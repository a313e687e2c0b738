"""What the page says that asks what to do with many records."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.card import Input


@dataclass(frozen=True, slots=True)
class BulkField:
    """A field that can be given a value in all of them; `chosen` is the one that was sent and did not fit."""

    name: str
    label: str
    input: Input
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The page. `ids` are empty where all records of the list are meant; `number` is how many, as people read it."""

    title: str
    count: str
    number: str
    many: int
    action_url: str
    back_url: str
    ids: tuple[int, ...]
    changed: tuple[BulkField, ...]
    handed: tuple[BulkField, ...]
    deletes: bool
