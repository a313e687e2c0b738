"""What the pages about dashboards show."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.designing import Option
from runtime_web.views.report import Result
from runtime_web.views.saving import SavingForm


@dataclass(frozen=True, slots=True)
class DashboardEntry:
    """A dashboard in the list of dashboards."""

    label: str
    help: str
    url: str
    tiles: str
    """How many there are, in words."""
    note: str = ""
    """With whom it is shared, or by whom."""


@dataclass(frozen=True, slots=True)
class DashboardSection:
    """Some of the dashboards under a heading."""

    label: str
    entries: tuple[DashboardEntry, ...]


@dataclass(frozen=True, slots=True)
class DashboardsPage:
    """The list of dashboards; `new` is how one makes another, None for whoever may not."""

    sections: tuple[DashboardSection, ...]
    new: SavingForm | None


@dataclass(frozen=True, slots=True)
class TileFrame:
    """A tile before it has anything to show: its title, the report behind it, where its content is asked for."""

    name: str
    label: str
    door: str
    """The page of its report; "" where it is a number of its own."""
    url: str
    kind: str
    """number, table or chart."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Adding:
    """What a tile can be added with: the reports in their groups, and how they can be shown."""

    reports: tuple[tuple[str, tuple[Option, ...]], ...]
    shows: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """A dashboard with its tiles in their order."""

    title: str
    help: str
    said: str
    """With whom it is shared, or by whom."""
    url: str
    tiles: tuple[TileFrame, ...]
    mine: bool
    arranged: bool
    """Whether the reader has arranged one that is not theirs."""
    arranging: bool
    """Whether it is open to be arranged at first."""
    adding: Adding | None
    """None for whoever may not arrange it."""
    describing: SavingForm | None
    """How one's own is renamed and shared."""


@dataclass(frozen=True, slots=True)
class NumberView:
    """One number, with what it is counted in, and how it differs from the time before, where that is said."""

    text: str
    unit: str = ""
    door: str = ""
    """The list of the records behind it."""
    difference: str = ""
    trend: str = ""
    """up, down or same."""
    before: str = ""
    """What it was, and when."""


@dataclass(frozen=True, slots=True)
class TileView:
    """What stands in a tile: a number, or what a report gives. `key` tells its marks from those of other tiles."""

    key: str
    result: Result
    number: NumberView | None = None
