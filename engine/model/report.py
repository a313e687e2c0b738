"""A report: which numbers of which records, by what they are grouped, and how they are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Key

from engine.fields.label import Expression, Flag, Frozen, Label

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
Path = Annotated[str, Key(min_length=1, max_length=300)]


class Top(Frozen):
    """Of the items of a dimension only the largest, and all others together."""

    n: int = Key(ge=1, le=1000, description="How many are shown.")
    by: str | None = Key(None, description="The value that decides; by default the first.")
    bottom: Flag = Key(False, description="The smallest instead of the largest.")
    others: Flag = Key(True, description="Whether what is left is shown together as one item.")


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
