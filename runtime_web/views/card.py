"""What the card page says, name by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from engine.fields import Field
from runtime_web.views.files import FileTile

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice."""

    value: str
    label: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class Widget:
    """What a form knows of a field whatever the record: made once a language.

    `edit` and `read` are the macros of templates/html/widgets/<type>.html; they take an Input.
    """

    name: str
    kind: str
    field: Field
    label: str
    help: str
    unit: str
    required: bool
    editable: bool
    computed: bool
    align_end: bool
    grouped: bool
    """Whether it is made of several controls, so that its label names a group."""
    options: tuple[Option, ...]
    lookup_url: str
    asks: bool
    """Whether what it offers depends on the record as it is being edited."""
    new_url: str
    target_url: str
    upload_url: str
    """Where files for it are sent, "" for other fields."""
    explain_url: str
    """Where it is said how its value is computed, with a hole for the record's id; "" for what is not computed."""
    edit: Callable[..., Markup]
    read: Callable[..., Markup]


@dataclass(frozen=True, slots=True)
class Clashing:
    """What somebody else made of a value meanwhile; `taken` is what the reader has decided: "", "mine" or "theirs"."""

    name: str
    theirs: str
    mine: str
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One field with its value, in a form or to be read.

    `text` stands in the input, `shown` is what is read, `chosen` are the values ticked, `picked` the records that a
    reference points at, `files` what is attached. `problem` says what is wrong and `first_wrong` that the cursor belongs here.
    """

    widget: Widget
    name: str
    id: str
    text: str = ""
    shown: str = ""
    value: Any = None
    chosen: tuple[str, ...] = ()
    picked: tuple[tuple[int | str, str], ...] = ()
    files: tuple[FileTile, ...] = ()
    problem: str = ""
    first_wrong: bool = False
    first: bool = False
    """Whether the cursor stands here when the form opens."""
    clash: Clashing | None = None
    in_line: bool = False
    locked: bool = False
    """Whether it can be read only as long as the record is as it is."""
    hidden: bool = False
    """Whether it waits out of sight for the record to be another."""
    required: bool = False
    """Whether it must be filled in."""
    currency: str = ""
    """The currency of an amount, where another field of the record says it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record. `key` is its id, or n1, n2 … for a new one."""

    key: str
    inputs: tuple[Input, ...]
    problem: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a record as a small grid. `blank` is the line that a script copies for a new one."""

    name: str
    entity: str
    id: str
    label: str
    columns: tuple[Widget, ...]
    pasting_url: str = ""
    """Where texts that are pasted are read."""
    rows: tuple[Line, ...] = ()
    blank: Line | None = None
    problem: str = ""
    read: Markup = NOTHING
    """The rows to be read, where the card is not open for changes."""
    computing: frozenset[str] = frozenset()
    """The columns that a job is computing."""
    closed: bool = False
    """Whether they can only be read although the card is open for changes."""


@dataclass(frozen=True, slots=True)
class Related:
    """The first records that point at this one, and the way to all of them."""

    name: str
    label: str
    count: str
    first: str
    """How many of how many stand there, where not all do: paper leads to no list."""
    grid: Markup
    url: str
    """Where the section is asked for again, with words in q and an order in sort."""
    search: str
    searches: bool
    """Whether there is anything to look through."""
    views: tuple[tuple[str, str, bool], ...]
    """The views that choose among them: name, label, and whether it is the chosen one."""
    narrowed: bool
    """Whether some are left out."""
    all_url: str
    add_url: str
    add_label: str
    in_place: bool
    """Whether a new one is small enough to be filled in over the card."""


@dataclass(frozen=True, slots=True)
class CardSection:
    """A part of a tab: inputs in columns, or lines, or related records."""

    label: str
    columns: tuple[tuple[Input, ...], ...] = ()
    read: tuple[Markup, ...] = ()
    """The columns to be read, where the card is not open for changes."""
    lines: Lines | None = None
    related: Related | None = None
    spans: tuple[int, ...] = ()
    """How many of twelve parts of the width each column takes, where they differ."""
    key: str = ""
    """What it is called where it is shown and hidden; "" where it always stands there."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CardTab:
    """One tab of a card."""

    id: str
    label: str
    sections: tuple[CardSection, ...]
    active: bool
    wrong: bool
    count: str = ""
    """How many records are in it, where it holds nothing but related ones."""
    key: str = ""
    """What it is called where it is shown and hidden; "" where it always stands there."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the summary above a form: what is wrong, and where."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Form:
    """What a form carries besides its fields: where it goes, the values it started from, and a token against twins."""

    action: str
    base: str
    token: str
    return_url: str
    cancel_url: str
    dialog: bool = False
    again: bool = False
    """Whether it may be saved and opened anew for the next record."""
    layout: str = ""
    """Which of the entity's cards it was opened with, so that it stays the same until it is saved."""
    preview: str = ""
    """Where what it would compute is asked for while one types; "" where nothing is computed."""
    alike: str = ""
    """Where records are asked for that are like the one being entered; "" where none is known again."""
    alike_by: tuple[str, ...] = ()
    """The fields by which they are known again."""
    files: bool = False
    """Whether files may come along: such a form is sent in parts, which take ten times as long to read."""


@dataclass(frozen=True, slots=True)
class ShownAlike:
    """A record that is like the one being entered, and by what."""

    said: str
    title: str
    url: str
    equal: bool
    """Whether it is equal in something that two seldom share, so that whoever saves at once is told first."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The list around a record: its neighbours there and the way back."""

    list_url: str
    list_label: str
    previous_url: str = ""
    next_url: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """The card of one record, to be read or, with a `form`, to be filled in."""

    entity: str
    title: str
    label: str
    icon: str
    state: Markup
    tabs: tuple[CardTab, ...]
    around: Surroundings
    form: Form | None = None
    faults: tuple[Fault, ...] = ()
    clashed: bool = False
    record_id: int | None = None
    edit_url: str = ""
    copy_url: str = ""
    delete_url: str = ""
    prints: bool = False
    """Whether the reader may print it."""
    printed: str = ""
    """Who prints it and when, as it stands on paper."""
    who_url: str = ""
    history: tuple[str, ...] = ()
    history_url: str = ""
    timeline_url: str = ""
    """What was written on the record and done to it; "" where nothing is noted."""
