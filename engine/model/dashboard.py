"""A dashboard: a page of reports, charts and single numbers, in a grid of twelve columns."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from engine.fields.label import Expression, Flag, Frozen, Label
from engine.model.report import Filter, Measure, Report

Show = Literal["table", "number", "bar", "stacked", "line", "area", "pie", "heat_map"]
COLUMNS, LINES = 12, 8
"""How wide and how high a tile may be."""
VALUE = "value"
"""What the one value of a number is called in the report that it amounts to."""


class Number(Frozen):
    """One number of all records of an entity."""

    of: str = Key(description="The entity whose records are counted.")
    value: Measure = Key(Measure(), description="What is added up; by default how many records there are.")
    where: Expression | None = Key(None, description="A condition that all records meet.")
    filters: dict[str, Filter] = Key(default_factory=dict, max_length=20, description="What the records meet, by name.")

    @property
    def report(self) -> Report:
        """The report that has nothing but this number."""
        return Report(of=self.of, values={VALUE: self.value}, where=self.where, filters=self.filters)


class Tile(Frozen):
    """What stands at one place of a dashboard: a report, as a table, a chart or one number, or a number of its own."""

    report: str | None = Key(None, description="A report, by its name.")
    number: Number | None = Key(None, description="One number of records, instead of a report.")
    show: Show | None = Key(None, description="How the report is shown; by default as it opens.")
    value: str | None = Key(None, description="Which value of the report is the number; by default the first.")
    compare: Flag = Key(
        False,
        description="Whether a number says how it differs from the time before, to which one filter with during leads.",
    )
    label: Label | None = Key(None, description="What it is called instead of its report.")
    width: int = Key(4, ge=2, le=COLUMNS, description="How many of the twelve columns it takes.")
    height: int = Key(
        2, ge=1, le=LINES, description="How many lines it takes; a number needs one, a chart two or three."
    )


class Dashboard(Frozen):
    """A page of tiles, in their order."""

    label: Label | None = Key(None, description="Its title.")
    help: Label | None = Key(None, description="One sentence on whom it serves.")
    roles: tuple[str, ...] = Key((), description="The roles that have it; by default all who may see one of its tiles.")
    tiles: dict[str, Tile] = Key(min_length=1, max_length=40, description="What it shows, by name.")
