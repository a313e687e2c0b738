"""What the pages about reports show."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.designing import FieldEntry, Option, Picking, Wells
from runtime_web.views.saving import Keeping

WIDE, DENSE = 5, 12
"""So many columns of numbers fit on upright paper, and in letters of the usual size on paper that lies on its side."""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in the list of reports."""

    label: str
    help: str
    url: str
    of: str
    icon: str
    note: str = ""
    """Whose it is, or with whom it is shared."""
    broken: bool = False
    """Whether it names what is no longer there."""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """Some of the reports under a heading."""

    label: str
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity of which a new report may be made."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The lists of reports, and of what a new one can be made.

    `deleted` are names of one's own in the trash, and where a POST brings them back.
    """

    sections: tuple[ReportSection, ...]
    subjects: tuple[Subject, ...]
    deleted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell above the numbers: over how many columns and lines it reaches, and by which value it sorts the lines."""

    text: str
    columns: int
    lines: int
    kind: str = "item"
    sorts: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A number as it is shown; `kind` is item or total."""

    text: str
    kind: str = "item"
    look: str = ""
    """Classes of its colour, shade or bar."""
    rule: int = 0
    """Which rule of the legend it meets, from 1; 0 for none."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour of numbers means; `number` stands beside each number that has it."""

    number: int
    color: str
    text: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A line: how deep it lies, from 0, whether lines below belong to it, and its numbers."""

    text: str
    depth: int
    kind: str
    opens: bool
    cells: tuple[CellView, ...]
    door: str | None = None
    """What its records have in common, as a part of a list's address; None where no list can say it."""


@dataclass(frozen=True, slots=True)
class TableView:
    """The table of a report; `corner` says what the lines are, `amount` what the numbers are where it is one value."""

    title: str
    corner: HeadCell
    amount: HeadCell | None
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[RowView, ...]
    deep: bool
    """Whether there are lines to fold."""
    door: str = ""
    """The list of all its records, "" where no list is of just these."""
    doors: str = ""
    """What the records of each column of numbers have in common, in JSON."""
    legend: tuple[LegendEntry, ...] = ()

    @property
    def head_lines(self) -> int:
        return max(len(self.head), 1)

    @property
    def width(self) -> int:
        """How many columns have numbers."""
        return sum(cell.columns for cell in self.head[0]) if self.head else 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape of a chart: `shape` is rect, path or circle with its attributes, `series` from 0 gives its colour."""

    shape: str
    attributes: tuple[tuple[str, str], ...]
    series: int
    text: str
    """What it stands for: a name and a number."""
    strength: int = 0
    """Of a heat map, from 0 to 10, how much of the colour there is."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text in a chart: at x and y, set at start, middle or end, turned by some degrees."""

    text: str
    x: str
    y: str
    anchor: str
    turned: int = 0


@dataclass(frozen=True, slots=True)
class ChartView:
    """A drawing of a report. `description` says in words what it shows, to those who do not see it."""

    title: str
    description: str
    width: int
    height: int
    lines: tuple[tuple[str, str, str, str], ...]
    captions: tuple[Caption, ...]
    marks: tuple[Mark, ...]
    legend: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a report gives: a table, or sentences why there is none.

    `notes` say what is not in the numbers, `told` how they were computed.
    """

    table: TableView | None = None
    chart: ChartView | None = None
    notes: tuple[str, ...] = ()
    told: str = ""
    nothing: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Levels to go up and down in: where it stands, and of each level its text and whether it is the deepest shown."""

    label: str
    well: str
    at: int
    levels: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What changes with each step of the designer: the result, the wells, and the report as JSON.

    Without wells the report could not be read at all, and the page keeps those that it shows.
    """

    result: Result
    wells: Wells | None
    spec: str
    files: tuple[tuple[str, str], ...] = ()
    """What it can be taken out as, and where."""
    printed: str = ""
    """Who has asked for it, and when, as it stands on paper."""
    hierarchies: tuple[Hierarchy, ...] = ()

    @property
    def narrowed(self) -> tuple[str, ...]:
        """What the filters let through, in words."""
        wells = self.wells.wells if self.wells else ()
        return tuple(chip.label for well in wells for chip in well.chips if chip.narrows)

    @property
    def breadth(self) -> str:
        """How wide its table is on paper: dense, wide, or "" where it fits upright."""
        width = self.result.table.width if self.result.table and not self.result.chart else 0
        return "dense" if width > DENSE else "wide" if width > WIDE else ""


@dataclass(frozen=True, slots=True)
class Question:
    """A filter that is asked for when a report opens; `kind` is date, number, other or picking.

    `key` is how the address calls it; a date and a number are answered by two bounds, a date also by a span of time.
    """

    key: str
    label: str
    kind: str
    spans: tuple[Option, ...] = ()
    during: str = ""
    first: str = ""
    last: str = ""
    text: str = ""
    picking: Picking | None = None
    yes_or_no: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AskingPage:
    """What a report asks before it shows anything."""

    title: str
    help: str
    of: str
    url: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report, with the fields to change it by; `url` is where its result is asked for."""

    title: str
    help: str
    of: str
    part: Part
    url: str
    designing: bool
    """Whether the designer is open at first."""
    fields: tuple[FieldEntry, ...]
    charts: tuple[Option, ...]
    chart: str
    keeping: Keeping | None = None
    here: str = ""
    """The address of the page, to come back to."""
