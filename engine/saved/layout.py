"""How a list's columns are laid out: which ones in which order, how wide, and how many of them stay in place.

What the view of a layout gets later shows up at its end, unless it was hidden before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import Field as Key

from engine.fields.label import Frozen

LEAST_WIDTH, MOST_WIDTH = 40, 1200
MOST_COLUMNS = 300
MOST_FROZEN = 6
"""More columns than these would leave no room for what scrolls."""


class Shown(Frozen):
    """A column, and how many pixels wide it is; None as wide as what stands in it."""

    field: str = Key(max_length=40)
    width: int | None = Key(None, ge=LEAST_WIDTH, le=MOST_WIDTH)


class Layout(Frozen):
    """What somebody has made of the columns of a view, or of nothing."""

    columns: tuple[Shown, ...] = Key((), max_length=MOST_COLUMNS)
    """Those that they arranged; without any, all stand as the view has them."""
    hidden: tuple[str, ...] = Key((), max_length=MOST_COLUMNS)
    """Those of the view that they do not want."""
    frozen: int = Key(1, ge=0, le=MOST_FROZEN)
    """So many columns stay while the others scroll sideways."""

    def arranged(self, usual: Sequence[str], there: Collection[str]) -> tuple[str, ...]:
        """The columns shown: of those that are there for the reader, in the order of the layout.

        Args:
            usual: the columns of the view, as its reader sees them.
            there: every column that this reader may see.
        """
        wanted = (*(shown.field for shown in self.columns), *(name for name in usual if name not in self.hidden))
        return tuple(dict.fromkeys(name for name in wanted if name in there)) or tuple(usual)

    def widths(self) -> dict[str, int]:
        """How wide the columns are that somebody has sized."""
        return {shown.field: shown.width for shown in self.columns if shown.width is not None}

    def without(self, usual: Sequence[str]) -> Layout:
        """The same, knowing which columns of the view it leaves out."""
        shown = {one.field for one in self.columns}
        return self.model_copy(update={"hidden": tuple(name for name in usual if name not in shown)})


USUAL = Layout()
"""What a list looks like that nobody has arranged."""
