"""Which group each record is in: one number for all keys together, made where the keys stand and then handed down.

The cities of clients and the months of orders are put together once per order, and lines look up that of their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.storage.columns.arrays import NOWHERE, Places

Cells = NDArray[np.int64]
ROOM = 1 << 22
"""Beyond so many possible groups only those are numbered that occur."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """The codes of one key, by its position in the question."""

    position: int
    codes: NDArray[Any]
    size: int

    def decoded(self, cells: Cells) -> dict[int, Cells]:
        return {self.position: cells}


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Several keys of records as one number each; 0 is where all of them are blank.

    `present` are the numbers that occur, by what they were numbered anew.
    """

    codes: Cells
    size: int
    parts: tuple[Leaf | Grid, ...]
    present: Cells | None = None

    def decoded(self, cells: Cells) -> dict[int, Cells]:
        """The codes of each key in these groups, by its position."""
        split = np.unravel_index(
            cells if self.present is None else self.present[cells], [part.size for part in self.parts] or [1]
        )
        found: dict[int, Cells] = {}
        for part, own in zip(self.parts, split, strict=False):
            found |= part.decoded(own.astype(np.int64))
        return found


def together(parts: Sequence[Leaf | Grid], length: int) -> Grid:
    """Keys of the same records as one."""
    found = Grid(np.zeros(length, dtype=np.int64), 1, ())
    for part in parts:
        if found.size * part.size > ROOM and found.parts:
            crowded = _crowded(found)
            found = Grid(crowded.codes, crowded.size, (crowded,))
        codes = found.codes * part.size + part.codes if found.parts else part.codes.astype(np.int64)
        found = Grid(codes, found.size * part.size, (*found.parts, part))
    return _crowded(found) if found.size > ROOM else found


def _crowded(grid: Grid) -> Grid:
    """The same, with numbers only for groups that occur."""
    present, codes = np.unique(np.append(grid.codes, 0), return_inverse=True)
    return Grid(codes[:-1].astype(np.int64), len(present), grid.parts, present)


def handed_down(grid: Grid, places: Places, seen: NDArray[np.bool_] | None) -> Grid:
    """The grid of records as it is for those that refer to them; blank where that leads to nothing that is seen."""
    far = grid.codes if seen is None else np.where(seen, grid.codes, 0)
    assert NOWHERE == -1, "the last element stands for it"
    return Grid(np.append(far, 0)[places], grid.size, (grid,))
