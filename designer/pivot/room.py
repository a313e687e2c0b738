"""How large a finished table may be."""

from __future__ import annotations

from engine.problems import Refused, problem

MOST_CELLS = 200_000


class Room:
    """Counts the lines or columns of a table as they are made, so that a hopeless one is never made."""

    def __init__(self) -> None:
        self._items = 0

    def take(self) -> None:
        """Make room for one more, or refuse."""
        self._items += 1
        self.check(0)

    def check(self, more: int) -> None:
        """Refuse where so many more would be too many: each has a cell at least."""
        refuse_beyond(self._items + more)


def refuse_beyond(cells: int) -> None:
    """Refuse a table of so many cells where they are too many."""
    if cells > MOST_CELLS:
        raise Refused((problem("report-too-large", maximum=MOST_CELLS),))
