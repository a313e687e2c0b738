"""What a grouped list says: its groups, what they amount to, and the form that says by what it is grouped."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TotalCell:
    """What a column comes to, and how; both "" where nothing is added up. A phone, which has no headings, says which."""

    label: str
    text: str
    said: str
    css: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group. `id` tells it from all others of the list, wherever they stand."""

    id: str
    label: Markup
    field: str
    count: str
    depth: int
    url: str
    """The list of its records alone; "" where no address says which they are."""
    load_url: str
    """What is in it, as further rows of this table."""
    cells: tuple[TotalCell, ...]


@dataclass(frozen=True, slots=True)
class GroupRows:
    """Groups of one level, and where the next ones are."""

    groups: tuple[GroupRow, ...]
    named: int
    """So many columns the name of a group spans."""
    more_url: str
    more: str


@dataclass(frozen=True, slots=True)
class Foot:
    """The row of totals. Where counting everything would keep the list waiting, it is asked for from `load_url`."""

    named: int
    label: str
    cells: tuple[TotalCell, ...]
    load_url: str = ""


@dataclass(frozen=True, slots=True)
class LevelChip:
    """A level of the grouping as it stands above the list."""

    key: str
    text: str
    remove_url: str
    remove_label: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level in the form: its field, and the part of its date."""

    label: str
    number: int
    fields: tuple[tuple[str, tuple[Option, ...]], ...]
    parts: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class TotalChoice:
    """A column in the form, and how its values may become one."""

    field: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class GroupingForm:
    """By what a list is grouped and what it adds up."""

    action: str
    kept: tuple[tuple[str, str], ...]
    levels: tuple[LevelChoice, ...]
    full: bool
    totals: tuple[TotalChoice, ...]
    back_url: str
    clear_url: str
