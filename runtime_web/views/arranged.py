"""What views that are no tables show, name by name. A slip is one record there, as small as it can be."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Slip:
    """One record: its title, which opens it, and what else the view shows; `move_url` asks where to, "" if nowhere."""

    id: int
    content: Markup
    move_url: str = ""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The records of one value; `value` is "" for those without any."""

    value: str
    label: str
    color: str
    count: str
    slips: tuple[Slip, ...]
    new_url: str
    more_url: str
    """Where more of them are shown."""
    totals: tuple[tuple[str, str, str], ...] = ()
    """What fields come to in it: how they are added up, which they are, and the amount."""


@dataclass(frozen=True, slots=True)
class Board:
    """Columns of slips, one for each value of a choice."""

    label: str
    columns: tuple[BoardColumn, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in one of its days: whether it begins before and goes on after; `base` is its first day."""

    slip: Slip
    time: str
    base: str
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar: its entries from top to bottom, None where there is room for what goes on beside it.

    On a phone a month shows only how many records its days have, and the entries of the one that is `chosen` below.
    """

    iso: str
    number: str
    label: str
    outside: bool
    today: bool
    chosen: bool
    choose_url: str
    """The month with this day chosen; "" in a week, which shows all its days."""
    count: str
    """How many records it has, "" for none; `counted` is the same in words."""
    counted: str
    entries: tuple[Entry | None, ...]
    more: str
    more_url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month or a week, and the ways to others."""

    title: str
    span: str
    previous_url: str
    next_url: str
    today_url: str
    month_url: str
    week_url: str
    heads: tuple[tuple[str, str], ...]
    """The names of the weekdays, short and whole."""
    weeks: tuple[tuple[Day, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One record of a gallery; `image_url` is "" where it has no picture."""

    slip: Slip
    image_url: str


@dataclass(frozen=True, slots=True)
class Branch:
    """What stands before the title of a row of a tree: how deep it is, and what opens or closes what is below it."""

    id: int
    level: int
    toggle_url: str
    open: bool
    path: str
    """The way to it from the top, where a search has found it."""
    circle: str = ""
    """That it stands above itself, where it does."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to move a record to."""

    value: str
    label: str
    color: str
    current: bool


@dataclass(frozen=True, slots=True)
class MoveForm:
    """Asks where a record is to be moved: to one of `places`, or to a day."""

    title: str
    action: str
    base: str
    field: str
    places: tuple[Place, ...]
    back_url: str
