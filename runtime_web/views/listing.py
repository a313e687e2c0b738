"""What the list page says, name by name. The rows themselves go straight from the database into a generated template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from runtime_web.views.grouped import LevelChip
from runtime_web.views.users import RoleChoice


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the list."""

    label: str
    url: str
    current: bool
    changed: bool = False
    """Whether it is a saved view that one has changed since."""
    icon: str = ""
    """What its records are laid out as, where that is no table."""


@dataclass(frozen=True, slots=True)
class ViewBar:
    """The views of a list, and what may be done with the one that is open; an address is "" where it may not."""

    tabs: tuple[Tab, ...]
    said: str
    """Whose the view is, or with whom it is shared."""
    new_url: str
    """Where the list is saved as a new view."""
    save_url: str
    """Where a POST saves the list in the place of the view."""
    describe_url: str
    delete_url: str
    back_url: str
    """Where a POST gives back the view as it was saved."""
    first_url: str
    """Where a POST says with which view one begins."""
    first_key: str
    first: bool
    """Whether it is this one."""
    pin_url: str = ""
    """Where a POST pins it to the home page; "" where the list is more than its view says."""
    pinned: bool = False
    here: str = ""
    """Where one comes back to."""
    number_url: str = ""
    """Where a number of this view is chosen for the home page."""


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
    level: str
    """Its place among those by which the list is sorted; "" where it is none, or the only one."""
    active: str
    computing: Markup
    """Says that a job is computing its values."""
    width: Markup
    """The attribute that says how wide it is, where somebody has sized the columns."""


@dataclass(frozen=True, slots=True)
class Size:
    """A number of rows on a page to choose."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Window:
    """What a script needs to show further pages of a list around this one: how many records there are, and where they are."""

    count: int
    size: int
    rows: str
    """The address of the rows of any page."""
    around: Markup
    """The attributes of a page's rows: the addresses of the rows before and after them, and of the page itself."""
    text: str
    """Which records a page shows, with {first} and {last} in place of numbers."""


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything on a list page that changes from request to request, but for the rows."""

    views: ViewBar
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
    order: str
    """By what the list is sorted, as an address says it."""
    sized: bool
    """Whether all columns have a width."""
    frozen: int
    """So many columns stay while the others scroll sideways."""
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
    grouped: bool
    levels: tuple[LevelChip, ...]
    """By what it is grouped, outermost first."""
    foot: Markup
    """The row of totals."""
    window: Window


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page around the list region."""

    title: str
    count: str
    new_url: str
    add_label: str
    address: str
    """Where this list is."""
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
    """One operator of a filter and what it takes: "none", "one", "two", "many", "span" or "count"."""

    name: str
    label: str
    takes: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Comparing:
    """What one field is compared with, as it is entered."""

    title: str
    operators: tuple[Operator, ...]
    takes: str
    """What the chosen operator takes: "none", "one", "two", "many", "span" or "count"."""
    input: str
    """What values are entered with: text, number, date, time, boolean, choices or picker."""
    values: tuple[str, str]
    choices: tuple[Choice, ...]
    lookup_url: str
    unit: str
    spans: tuple[Choice, ...]
    """Times that move with the day, for dates."""
    count: str
    units: tuple[Choice, ...]
    """So many days or months."""
    error: str


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The small form that sets the filter of one column."""

    comparing: Comparing
    action: str
    kept: tuple[tuple[str, str], ...]
    field: str
    presets: tuple[tuple[str, str], ...]
    """Spans of days by name: (label, address of the list)."""
    remove_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields to compare behind one way of references: (path, label)."""

    label: str
    fields: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class BuilderNode:
    """A condition of the filter's tree with what it is compared with, or several of which `how` many hold."""

    place: str
    prefix: str
    how: str
    parts: tuple[BuilderNode, ...]
    fields: tuple[FieldGroup, ...]
    comparing: Comparing | None
    deepest: bool


@dataclass(frozen=True, slots=True)
class BuilderForm:
    """The form in which a list's whole filter is put together."""

    action: str
    kept: tuple[tuple[str, str], ...]
    root: BuilderNode
    full: bool
    back_url: str
    clear_url: str


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
class ColumnChoice:
    """A column to show or hide; its width in pixels, "" where nobody has given it one."""

    name: str
    label: str
    shown: bool
    width: str


@dataclass(frozen=True, slots=True)
class ColumnsPanel:
    """The panel in which the columns of a list are chosen."""

    title: str
    action: str
    back_url: str
    choices: tuple[ColumnChoice, ...]
    frozen: tuple[tuple[int, bool], ...]
    """How many columns may stay, and whether it is so many."""
    arranged: bool
    """Whether there is something to forget."""


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


@dataclass(frozen=True, slots=True)
class ViewForm:
    """The form that asks what a saved view is called and who sees it; `who` is mine, roles or everyone."""

    title: str
    action: str
    back_url: str
    name: str
    who: str
    roles: tuple[RoleChoice, ...]
    first: bool
    """Whether one begins with it."""
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list as it is printed: `said` are its search and filters in words, `note` says when it is not whole."""

    title: str
    count: str
    said: str
    printed: str
    note: str
    table: Markup
    back_url: str
    wide: bool


@dataclass(frozen=True, slots=True)
class NumbersForm:
    """The form that asks which number of a view stands on the home page: the choices are values and words."""

    title: str
    action: str
    back_url: str
    choices: tuple[tuple[str, str], ...]
