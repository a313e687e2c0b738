"""The card: how the form of one record is laid out, tab by tab."""

from __future__ import annotations

from pydantic import Field as Key

from engine.fields.label import Expression, Frozen, Label


class Section(Frozen):
    """A part of a tab: fields in rows, or lines as a small grid, or the records that point here."""

    label: Label | None = Key(None, description="A quiet heading above the section.")
    columns: tuple[tuple[str, ...] | str, ...] = Key(
        (),
        description="Fields column by column: a list of lists of names; in a section of lines, the columns of its grid.",
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
    def grid_columns(self) -> tuple[str, ...]:
        """The columns of the grid in a section of lines or related records."""
        return tuple(name for item in self.columns for name in ((item,) if isinstance(item, str) else item))


class Tab(Frozen):
    """One tab of a card."""

    tab: Label = Key(description="The tab's title.")
    visible_if: Expression | None = Key(None, description="A condition of the record under which it is shown.")
    sections: tuple[Section, ...] = Key(min_length=1, description="What the tab shows, from top to bottom.")
