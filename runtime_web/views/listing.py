"""What the list page says, name by name. The rows themselves go straight from the database into a generated template."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the list."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: what it says, where it is changed (if it can be), and the list without it."""

    text: str
    edit_url: str
    remove_url: str
    remove_label: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: the list sorted by it, its `aria-sort` attribute, a class when it is filtered, a mark."""

    sort_url: str
    direction: Markup
    active: str
    computing: Markup
    """Says that a job is computing its values."""


@dataclass(frozen=True, slots=True)
class Size:
    """A number of rows on a page to choose."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything on a list page that changes from request to request, but for the rows."""

    search: str
    page: int
    arguments: str
    """The query string of this list, with its question mark; it goes along to cards, so that they know the way back."""
    kept: tuple[tuple[str, str], ...]
    """What a new search keeps: the arguments of the address without search and page."""
    chips: tuple[Chip, ...]
    clear_url: str
    export_url: str
    """The address of an export of this list, to which the format is added."""
    headings: tuple[Heading, ...]
    sizes: tuple[Size, ...]
    count: str
    span: str
    """Which records of how many stand on this page."""
    exact_url: str
    previous_url: str
    next_url: str
    narrowed: str
    """Which search and filters leave nothing; "" when none is set."""
    unknown: str
    """What the address names that does not exist."""
    computing: str
    """Which columns a job is computing, for screens without headings."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page around the list region."""

    title: str
    count: str
    new_url: str
    add_label: str
    region: Markup


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to tick or pick in a filter."""

    value: str
    label: str
    color: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator of a filter and how many values it takes: "none", "one", "two" or "many"."""

    name: str
    label: str
    takes: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The small form that sets the filter of one column."""

    title: str
    action: str
    kept: tuple[tuple[str, str], ...]
    field: str
    operators: tuple[Operator, ...]
    input: str
    """What values are entered with: text, number, date, time, boolean, choices or picker."""
    values: tuple[str, str]
    choices: tuple[Choice, ...]
    lookup_url: str
    unit: str
    presets: tuple[tuple[str, str], ...]
    """Spans of days by name: (label, address of the list)."""
    remove_url: str
    back_url: str
    error: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field to filter by; `further_url` leads to the fields of what it refers to."""

    label: str
    url: str
    further_url: str


@dataclass(frozen=True, slots=True)
class FilterFields:
    """The fields of what a list's records refer to."""

    title: str
    fields: tuple[FilterField, ...]
    back_url: str


@dataclass(frozen=True, slots=True)
class TrashPage:
    """What was deleted from one list and can be brought back."""

    title: str
    list_url: str
    list_label: str
    restore_url: str
    grid: Markup
    count: str
    previous_url: str
    next_url: str
