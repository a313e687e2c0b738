"""What the pages about reports show."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.designing import FieldEntry, Option, Wells


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report in the list of reports."""

    label: str
    help: str
    url: str
    of: str
    icon: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity of which a new report may be made."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The list of reports, and of what a new one can be made."""

    entries: tuple[ReportEntry, ...]
    subjects: tuple[Subject, ...]


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
class Part:
    """What changes with each step of the designer: the result, the wells, and the report as JSON.

    Without wells the report could not be read at all, and the page keeps those that it shows.
    """

    result: Result
    wells: Wells | None
    spec: str
    files: tuple[tuple[str, str], ...] = ()
    """What it can be taken out as, and where."""


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
