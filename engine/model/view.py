"""A view: one way to look at the records of an entity."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label
from engine.model.report import Aggregate

ViewKind = Literal["table", "calendar", "kanban", "gallery", "tree"]


class View(Frozen):
    """Which fields a list shows, how its records are laid out, and in which order they stand."""

    label: Label | None = Key(None, description="The title of its tab.")
    kind: ViewKind = Key(
        "table",
        description="table: rows; calendar: in days; kanban: columns of cards, one for each option; gallery: pictures; "
        "tree: each below the one it refers to.",
    )
    by: str | None = Key(
        None,
        description="The field by which the records are laid out: of a calendar a date, of a kanban a choice, of a "
        "gallery an image, of a tree the reference to the record above.",
    )
    until: str | None = Key(None, description="The date up to which a record of a calendar lasts.")
    columns: tuple[str, ...] = Key(
        min_length=1, description="The fields shown, from left to right; on cards from top to bottom."
    )
    where: Expression | None = Key(None, description="A condition that the records shown meet.")
    sort: tuple[str, ...] = Key((), description="Fields to sort by; a leading minus sorts downwards.")
    group_by: tuple[str, ...] = Key(
        (),
        max_length=6,
        description="Fields by which a table is grouped, outermost first: also behind references, such as client.city, "
        "and by parts of dates, such as date:month.",
    )
    totals: dict[str, Aggregate] = Key(
        default_factory=dict,
        max_length=20,
        description="What columns come to, in the row below the table and in each of its groups: sum, average, min, "
        "max, median, count, distinct.",
    )
