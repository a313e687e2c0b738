"""A report: which numbers of which records, by what they are grouped, and how they are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Key

from engine.fields.label import Expression, Flag, Frozen, Label
from engine.model.tint import Tint

Part = Literal[
    "hour",
    "day",
    "weekday",
    "week",
    "ten_days",
    "month",
    "month_of_year",
    "quarter",
    "half_year",
    "year",
    "fiscal_quarter",
    "fiscal_year",
]
Aggregate = Literal["sum", "count", "distinct", "average", "min", "max", "median", "first", "last"]
ShowAs = Literal[
    "percent_of_row",
    "percent_of_column",
    "percent_of_parent_row",
    "percent_of_parent_column",
    "percent_of_total",
    "running_total",
    "difference",
    "percent_difference",
    "rank",
]
Span = Literal[
    "today",
    "yesterday",
    "this_week",
    "last_week",
    "this_month",
    "last_month",
    "this_quarter",
    "last_quarter",
    "this_year",
    "last_year",
    "last_7_days",
    "last_30_days",
    "last_12_months",
]
ChartKind = Literal["bar", "stacked", "line", "area", "pie", "heat_map"]
Scale = Literal["shades", "bars"]
Path = Annotated[str, Key(min_length=1, max_length=300)]


class Top(Frozen):
    """Of the items of a dimension only the largest, and all others together."""

    n: int = Key(ge=1, le=1000, description="How many are shown.")
    by: str | None = Key(None, description="The value that decides; by default the first.")
    bottom: Flag = Key(False, description="The smallest instead of the largest.")
    others: Flag = Key(True, description="Whether what is left is shown together as one item.")


class Level(Frozen):
    """A level of a hierarchy below its first one."""

    field: Path | None = Key(None, description="A field, or a way to one; by default that of the level above.")
    by: Part | None = Key(None, description="The part of a date that counts.")
    ranges: tuple[Decimal, ...] = Key((), description="Bounds by which numbers are grouped, in ascending order.")


class Dimension(Frozen):
    """By what rows or columns are grouped."""

    field: Path = Key(description="A field, or a way to one through references, such as client.city.")
    by: Part | None = Key(None, description="The part of a date that counts.")
    ranges: tuple[Decimal, ...] = Key((), description="Bounds by which numbers are grouped, in ascending order.")
    label: Label | None = Key(None, description="What it is called instead of the field's label.")
    sort: str | None = Key(
        None, description="label or the name of a value; a leading minus sorts downwards. By default by label."
    )
    top: Top | None = Key(None, description="Only the largest items.")
    subtotals: Flag = Key(True, description="Whether each item has a line with its total, where it has parts.")
    fill: Flag = Key(False, description="Whether periods without records are shown too.")
    below: tuple[Level, ...] = Key(
        (), max_length=5, description="A hierarchy: the levels below this one, such as quarters and months below years."
    )
    open: int | None = Key(
        None, ge=1, le=6, description="How many levels of the hierarchy are shown at first; by default all."
    )

    @property
    def levels(self) -> tuple[Dimension, ...]:
        """Itself as one dimension, and each level below it; the label is that of the whole."""
        found = [self.model_copy(update={"below": (), "open": None, **({"label": None} if self.below else {})})]
        for level in self.below:
            above = found[-1]
            own = {"field": level.field or above.field, "by": level.by, "ranges": level.ranges, "top": None}
            found.append(above.model_copy(update=own))
        return tuple(found)

    @property
    def shown(self) -> tuple[Dimension, ...]:
        """The levels that are open."""
        return self.levels[: self.open]


class Measure(Frozen):
    """A number for every group: of a field, of an expression of each record, or a formula over other values."""

    field: Path | None = Key(None, description="The field that is counted or added up, or a way to one.")
    expression: Expression | None = Key(None, description="What is computed of each record, instead of a field.")
    formula: Expression | None = Key(
        None, description="What is computed of other values of the report, such as margin / turnover."
    )
    aggregate: Aggregate | None = Key(
        None, description="How the numbers of many records become one: sum where nothing is said, count for texts."
    )
    label: Label | None = Key(None, description="What it is called.")
    show_as: ShowAs | None = Key(None, description="What is shown instead of the number itself.")
    decimals: int | None = Key(None, ge=0, le=10, description="Decimals shown; by default those of the field.")
    percent: Flag = Key(False, description="Whether it is shown as a percentage.")
    hidden: Flag = Key(False, description="Whether it only serves formulas.")
    colors: tuple[Tint, ...] = Key(
        (),
        max_length=12,
        description="Colours of its cells: conditions over values of the report as they are shown, of which the first that is met counts.",
    )
    scale: Scale | None = Key(
        None,
        description="Shows how large each number is beside the others, totals aside: shades from low to high, or bars.",
    )


class Filter(Frozen):
    """What the records of a report meet, as its reader may change it."""

    field: Path = Key(description="A field, or a way to one through references.")
    operator: str | None = Key(None, description="How it is compared, as in the filters of a list.")
    values: tuple[str, ...] = Key((), description="With what.")
    during: Span | None = Key(None, description="A time that moves with the day, such as last_month.")
    ask: Flag = Key(False, description="Whether it is asked for when the report opens.")
    label: Label | None = Key(None, description="What it is called.")


class Totals(Frozen):
    """Which grand totals are shown."""

    rows: Flag = Key(True, description="The line below all rows.")
    columns: Flag = Key(True, description="The column behind all columns.")


class Report(Frozen):
    """A report."""

    label: Label | None = Key(None, description="Its title.")
    help: Label | None = Key(None, description="One sentence on what it tells.")
    of: str = Key(description="The entity whose records are counted.")
    rows: tuple[Dimension, ...] = Key((), max_length=8, description="By what lines are grouped, outermost first.")
    columns: tuple[Dimension, ...] = Key((), max_length=8, description="By what columns are grouped.")
    values: dict[str, Measure] = Key(
        default_factory=dict, max_length=20, description="The numbers, by name; by default how many records there are."
    )
    where: Expression | None = Key(None, description="A condition that all records meet.")
    filters: dict[str, Filter] = Key(
        default_factory=dict, max_length=20, description="What its reader may set, by name."
    )
    totals: Totals = Key(Totals(), description="Which grand totals are shown.")
    chart: ChartKind | None = Key(None, description="How it is drawn when it opens; by default it is a table.")
    roles: tuple[str, ...] = Key((), description="The roles that see it; by default all who may see what it reads.")

    @property
    def expanded(self) -> Report:
        """The report in which each hierarchy is as many dimensions as it has open levels."""
        if not any(one.below for one in (*self.rows, *self.columns)):
            return self
        rows = tuple(level for one in self.rows for level in one.shown)
        columns = tuple(level for one in self.columns for level in one.shown)
        return self.model_copy(update={"rows": rows, "columns": columns})
