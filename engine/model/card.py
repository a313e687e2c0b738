"""The card: how the form of one record is laid out, tab by tab."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label

TWELVE = 12
Share = Annotated[int, Key(ge=1, le=TWELVE)]


class Section(Frozen):
    """A part of a tab: fields in rows, or lines as a small grid, or the records that point here."""

    label: Label | None = Key(None, description="A quiet heading above the section.")
    columns: tuple[tuple[str, ...] | str, ...] = Key(
        (),
        description="Fields column by column: a list of lists of names; in a section of lines, the columns of its grid.",
    )
    widths: tuple[Share, ...] = Key(
        (), description="How wide the columns of fields are, compared with each other: [2, 1]; without it all alike."
    )
    lines: str | None = Key(None, description="The lines field shown as a grid.")
    related: str | None = Key(None, description="The related field shown as a list.")
    visible_if: Expression | None = Key(None, description="A condition of the record under which it is shown.")
    where: Expression | None = Key(None, description="A condition that the related records shown meet.")

    @property
    def side_by_side(self) -> tuple[tuple[str, ...], ...]:
        """The columns of fields that stand beside each other; empty in a section of lines or related records."""
        if self.lines or self.related:
            return ()
        return tuple((item,) if isinstance(item, str) else item for item in self.columns)

    @property
    def spans(self) -> tuple[int, ...]:
        """How many of twelve parts of the width each column takes; empty where all take the same."""
        if not self.widths or len(self.widths) != len(self.side_by_side):
            return ()
        whole = sum(self.widths)
        ends = [0, *(round(TWELVE * sum(self.widths[: number + 1]) / whole) for number in range(len(self.widths)))]
        return tuple(max(end - start, 1) for start, end in pairwise(ends))

    @property
    def grid_columns(self) -> tuple[str, ...]:
        """The columns of the grid in a section of lines or related records."""
        return tuple(name for item in self.columns for name in ((item,) if isinstance(item, str) else item))


class Tab(Frozen):
    """One tab of a card."""

    tab: Label = Key(description="The tab's title.")
    visible_if: Expression | None = Key(None, description="A condition of the record under which it is shown.")
    sections: tuple[Section, ...] = Key(min_length=1, description="What the tab shows, from top to bottom.")


class Layout(Frozen):
    """Another card, for some roles or for records that meet a condition."""

    roles: tuple[str, ...] = Key((), description="The roles that get this card; by default everybody.")
    where: Expression | None = Key(None, description="A condition of the record under which this card is shown.")
    tabs: tuple[Tab, ...] = Key(min_length=1, description="The tabs, as those of `card`.")
