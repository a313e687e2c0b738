"""What the designer of a report shows: the fields that there are, and what stands in the four wells."""

from __future__ import annotations

from dataclasses import dataclass

Option = tuple[str, str]
"""A value and what it is called."""


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field to take, and those behind it where it is a reference.

    `kind` says what it holds: number, date or other; `likely` is the well in which it mostly belongs.
    """

    path: str
    label: str
    icon: str
    kind: str
    likely: str
    fields: tuple[FieldEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """A setting that takes one of several values."""

    key: str
    label: str
    options: tuple[Option, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Typing:
    """A setting that takes what is typed; `kind` is text, number, list or date.

    `help` says what may stand there, `names` are what a click inserts, each with what it is.
    """

    key: str
    label: str
    value: str
    kind: str = "text"
    help: str = ""
    names: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticking:
    """A setting that is on or off."""

    key: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True)
class Picking:
    """A filter that takes several values: those to tick, or records to look for where there is a `lookup`."""

    label: str
    options: tuple[Option, ...]
    chosen: frozenset[str]
    lookup: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """What stands in a well: `at` is its position, or its name among values and filters."""

    well: str
    at: str
    path: str
    kind: str
    label: str
    hint: str
    choosing: tuple[Choosing, ...] = ()
    typing: tuple[Typing, ...] = ()
    ticking: tuple[Ticking, ...] = ()
    picking: Picking | None = None
    shared: bool = False
    """Whether it can be shown as a share of the total as well."""
    levels: str = ""
    """The parts of a date that may become levels, from the largest."""
    nests: bool = False
    """Whether it may become a level below the one before it."""
    apart: bool = False
    """Whether it has levels that may become dimensions of their own."""
    fault: str = ""
    """What is wrong with it, in a sentence."""
    currency: str = ""
    """Where the currencies of its amounts stand, by which they may be grouped."""
    narrows: bool = False
    """Whether it is a filter that does not let everything through."""


@dataclass(frozen=True, slots=True)
class Well:
    """One of the four places for fields."""

    name: str
    label: str
    empty: str
    icon: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Wells:
    """All four, and which totals are shown."""

    wells: tuple[Well, ...]
    totals: tuple[Ticking, ...]
