"""Random draws that give the same result on every machine and version of Python.

Only `Random.random` is promised to stay the same between versions of Python, so all else is built on it here. Each
part of the data draws from a source of its own, named after it, so that a change in one leaves the others alone.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """One source of random draws."""

    __slots__ = ("draw",)

    def __init__(self, seed: int, part: str) -> None:
        self.draw = Random(f"{seed}/{part}").random  # noqa: S311 - demo data holds no secrets
        """The next number from 0 up to, not including, 1; hot loops call it directly."""

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self.draw() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.draw() * (high - low + 1))

    def happens(self, share: float) -> bool:
        """True in that share of cases."""
        return self.draw() < share

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.draw() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> tuple[Item, ...]:
        """Several different items, in the order in which they stand in `items`."""
        keys = sorted(range(len(items)), key=lambda _: self.draw())[:count]
        return tuple(items[key] for key in sorted(keys))

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The same items in another order."""
        drawn = list(items)
        for last in range(len(drawn) - 1, 0, -1):
            other = self.below(last + 1)
            drawn[last], drawn[other] = drawn[other], drawn[last]
        return drawn

    def digits(self, pattern: str) -> str:
        """The pattern with a digit in place of each `#` and a capital letter in place of each `@`."""
        return "".join(self._sign(sign) for sign in pattern)

    def _sign(self, sign: str) -> str:
        if sign == "#":
            return str(self.below(10))
        return chr(65 + self.below(26)) if sign == "@" else sign


class Weights:
    """Draws of row numbers, the first of which are not equally likely."""

    __slots__ = ("_chance", "_sums")

    def __init__(self, chance: Chance, weights: Sequence[float]) -> None:
        self._chance = chance
        self._sums = list(accumulate(weights))

    def row(self, first: int | None = None) -> int:
        """A row number from 1, drawn by weight; with `first`, only among so many first rows."""
        last = len(self._sums) if first is None else first
        return bisect(self._sums, self._chance.draw() * self._sums[last - 1], 0, last - 1) + 1


def pareto(ranks: Sequence[int]) -> list[float]:
    """Weights of things by their rank from 0: a fifth of the clients place most of the orders."""
    return [1 / (rank + 5) for rank in ranks]
