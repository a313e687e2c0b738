"""Rounds of the two sides in turn (A B A B), so that whatever the machine does besides meets both alike."""

from __future__ import annotations

import statistics
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any

from benchmarks.clock import Spent
from benchmarks.data import Data
from benchmarks.row import Row
from benchmarks.side import Side


@dataclass(frozen=True)
class Figures:
    """One side's counted rounds, and the peak of its first one: later ones also hold what checking left in memory."""

    requests: int
    rounds: tuple[Spent, ...]
    peak: int | None

    @property
    def cpu(self) -> float:
        """Median CPU seconds of one request."""
        return statistics.median(spent.cpu for spent in self.rounds) / self.requests

    @property
    def wall(self) -> float:
        """Median wall seconds of one request."""
        return statistics.median(spent.wall for spent in self.rounds) / self.requests


@dataclass(frozen=True)
class Result:
    """The figures of a row. Both sides have equally many rounds, the n-th ones taken next to each other."""

    row: Row[Any]
    sides: dict[str, Figures]

    @property
    def ratios(self) -> tuple[float, ...]:
        """The product's CPU time over the floor's, pair by pair; empty where a side is missing."""
        if len(self.sides) < 2:
            return ()
        pairs = zip(self.sides["product"].rounds, self.sides["floor"].rounds, strict=True)
        return tuple(product.cpu / floor.cpu for product, floor in pairs)

    @property
    def ratio(self) -> float | None:
        """The median of the ratios."""
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def peak(self) -> float | None:
        """The product's peak in MiB. The floor's would count the modules of both."""
        product = self.sides.get("product")
        return product.peak / 2**20 if product and product.peak else None

    @property
    def over(self) -> bool:
        """Whether the product is above one of its bars."""
        slow = self.ratio is not None and self.row.bar is not None and self.ratio > self.row.bar
        large = self.peak is not None and self.row.memory is not None and self.peak > self.row.memory
        return slow or large


def measure(row: Row[Any], data: Data, rounds: int | None = None) -> Result:
    """Take turns; the first round of each side warms up and is not counted."""
    spent: dict[str, list[Spent]] = {}
    with ExitStack() as stack:
        sides = {
            which: stack.enter_context(closing(Side(row, which, data)))
            for which in ("floor", "product")
            if getattr(row, which) is not None
        }
        for _ in range((rounds or row.rounds) + 1):
            for which, side in sides.items():
                spent.setdefault(which, []).append(side.run(row.requests))
    return Result(
        row, {which: Figures(row.requests, tuple(taken[1:]), taken[0].peak) for which, taken in spent.items()}
    )
