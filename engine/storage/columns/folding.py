"""What values of rows come to in groups: exact whole numbers, however large they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.storage.columns.arrays import BLANK
from engine.storage.columns.grid import ROOM, Cells

SAFE = 2**62
LOW = 32
BITMAP = 1 << 26


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Whole numbers, or codes in the order of their values, and their states: None where all are sound.

    None of them is further from zero than `largest`.
    """

    main: NDArray[np.int64]
    states: NDArray[np.int16] | None
    largest: int

    def at(self, picks: Any) -> Facts:
        """Those of some rows; BLANK where there is none."""
        states = self.states
        if picks.dtype != np.bool_ and len(picks) and picks.min() < 0:
            states = np.zeros(len(self.main), dtype=np.int16) if states is None else states
            return Facts(np.append(self.main, 0)[picks], np.append(states, np.int16(BLANK))[picks], self.largest)
        return Facts(self.main[picks], None if states is None else states[picks], self.largest)

    def among(self, seen: NDArray[np.bool_] | None) -> Facts:
        """The same, blank where it is not seen."""
        if seen is None:
            return self
        states = np.zeros(len(self.main), dtype=np.int16) if self.states is None else self.states
        return Facts(np.where(seen, self.main, 0), np.where(seen, states, np.int16(BLANK)), self.largest)

    def sound(self, cells: Cells) -> tuple[Cells, NDArray[np.int64]]:
        """The groups and the values of rows that have one."""
        if self.states is None:
            return cells, self.main
        which = self.states == 0
        return cells[which], self.main[which]


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums of groups in two halves, the upper one worth 2 ** LOW; the lower one alone where nothing is so large."""

    lower: NDArray[np.int64]
    upper: NDArray[np.int64] | None

    def folded(self, groups: Cells, number: int) -> Sums:
        upper = None if self.upper is None else folded(groups, self.upper, number)
        return Sums(folded(groups, self.lower, number), upper)

    def whole(self) -> list[int]:
        if self.upper is None:
            return [int(one) for one in self.lower.tolist()]
        return [low + (high << LOW) for low, high in zip(self.lower.tolist(), self.upper.tolist(), strict=True)]


def sums(cells: Cells, facts: Facts, number: int) -> Sums:
    """The sums of the groups; a value that is blank is 0."""
    if facts.largest * max(len(cells), 1) < SAFE:
        return Sums(folded(cells, facts.main, number), None)
    mask = (1 << LOW) - 1
    return Sums(folded(cells, facts.main & mask, number), folded(cells, facts.main >> LOW, number))


def counted(cells: Cells, number: int) -> NDArray[np.int64]:
    """How many rows each group has."""
    return np.bincount(cells, minlength=number).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many rows of each group there are, have a value, and have an error instead."""

    rows: NDArray[np.int64]
    filled: NDArray[np.int64]
    wrong: NDArray[np.int64]

    def folded(self, groups: Cells, number: int) -> Counts:
        return Counts(*(folded(groups, one, number) for one in (self.rows, self.filled, self.wrong)))


def counts(cells: Cells, facts: Facts, number: int, rows: NDArray[np.int64] | None = None) -> Counts:
    rows = counted(cells, number) if rows is None else rows
    if facts.states is None:
        return Counts(rows, rows, np.zeros(number, dtype=np.int64))
    filled = counted(cells[facts.states == 0], number)
    wrong = counted(cells[facts.states > 0], number) if (facts.states > 0).any() else np.zeros(number, dtype=np.int64)
    return Counts(rows, filled, wrong)


def extremes(cells: Cells, facts: Facts, number: int, *, largest: bool) -> NDArray[np.int64]:
    """The largest or the smallest value of each group; of one without any it says nothing."""
    own, values = facts.sound(cells)
    limits = np.iinfo(np.int64)
    found = np.full(number, limits.min if largest else limits.max, dtype=np.int64)
    (np.maximum if largest else np.minimum).at(found, own, values)
    return found


def medians(cells: Cells, facts: Facts, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The one or two values in the middle of each group; of one without any they say nothing."""
    own, values = facts.sound(cells)
    order = np.lexsort((values, own))
    filled = counted(own, number)
    first = np.cumsum(filled) - filled
    if not len(values):
        nothing = np.zeros(number, dtype=np.int64)
        return nothing, nothing
    last = len(values) - 1
    lower = order[np.minimum(first + np.maximum(filled - 1, 0) // 2, last)]
    upper = order[np.minimum(first + filled // 2, last)]
    return values[lower], values[upper]


def ends(cells: Cells, facts: Facts, number: int, along: Sequence[NDArray[Any]], *, last: bool) -> NDArray[np.int64]:
    """The value of the first or the last row of each group, along an order told by its levels, the first one first."""
    rows = np.arange(len(cells)) if facts.states is None else np.flatnonzero(facts.states == 0)
    order = rows[np.lexsort([level[rows] for level in reversed(along)])]
    found = np.zeros(number, dtype=np.int64)
    order = order if last else order[::-1]
    found[cells[order]] = facts.main[order]  # of several rows of a group the last one stays
    return found


def pairs(cells: Cells, values: NDArray[np.int64], number: int) -> tuple[Cells, NDArray[np.int64]]:
    """Groups and values, each pair once. Values are whole numbers from 0."""
    if not len(cells):
        return cells, values
    width = int(values.max()) + 1
    if number * width <= BITMAP:
        there = np.zeros(number * width, dtype=np.bool_)
        there[cells * width + values] = True
        found = np.flatnonzero(there)
    else:
        found = np.unique(cells * width + values)
    return found // width, found % width


def numbered(codes: Cells, size: int) -> tuple[Cells, Cells]:
    """The numbers that occur, and for each one its place among them."""
    if size > ROOM:
        found, places = np.unique(codes, return_inverse=True)
        return found, places.astype(np.int64)
    there = np.zeros(size, dtype=np.bool_)
    there[codes] = True
    found = np.flatnonzero(there)
    places = np.zeros(size, dtype=np.int64)
    places[found] = np.arange(len(found))
    return found, places[codes]


def folded(cells: Cells, values: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    """The sums of plain numbers."""
    found = np.zeros(number, dtype=np.int64)
    np.add.at(found, cells, values)
    return found
