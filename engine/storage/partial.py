"""What is known of an amount in a group, how it adds up from parts, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.grouping import Amount, Keys, Level, Tally
from engine.problems import Refused, problem
from formulas.decimals import quotient

MOST_GROUPS = 1_000_000
"""More groups than these no table shows; what computes them would hold them all in memory."""
FOLDED = frozenset({"sum", "count", "average", "min", "max"})
"""What adds up without loss from the parts of a group."""


@dataclass(slots=True)
class Partial:
    """What is known of an amount in a group: how many rows, filled and wrong ones, and what they come to."""

    rows: int = 0
    filled: int = 0
    wrong: int = 0
    found: Any = None

    def take(self, other: Partial, aggregate: str) -> None:
        self.rows += other.rows
        self.filled += other.filled
        self.wrong += other.wrong
        if other.found is None:
            return
        if self.found is None:
            self.found = other.found
        elif aggregate in ("min", "max"):
            self.found = (min if aggregate == "min" else max)(self.found, other.found)
        else:
            self.found += other.found

    def tally(self, amount: Amount) -> Tally:
        found = self.found
        if amount.aggregate == "count":
            found = self.filled if amount.path or amount.expression else self.rows
        elif amount.aggregate == "average" and found is not None:
            found = quotient(found, Decimal(self.filled))
        elif amount.aggregate == "distinct":
            found = int(found)
        return Tally(found, self.rows - self.filled - self.wrong if amount.path or amount.expression else 0, self.wrong)


KINDS = {"sum": "sum", "average": "sum", "min": "min", "max": "max", "count": "count"}


def kinds_of(amount: Amount) -> list[str]:
    """How the columns of an amount are put together once more."""
    if not amount.path and not amount.expression:
        return []
    return ["sum", "sum"] if amount.aggregate == "count" else ["sum", "sum", KINDS[amount.aggregate]]


def nothing(amount: Amount) -> Tally:
    """What an amount comes to where no record has it."""
    return Tally(0 if amount.aggregate in ("count", "distinct") else None)


def partials(items: Sequence[Any], amounts: Iterable[Amount]) -> Iterator[Partial]:
    rows = int(items[-1])
    position = 0
    for amount in amounts:
        width = len(kinds_of(amount))
        own = items[position : position + width]
        position += width
        if width:
            yield Partial(rows, int(own[0]), int(own[1]), plain(own[2]) if width == 3 else None)
        else:
            yield Partial(rows)
    yield Partial(rows)


def together(
    finest: Mapping[Keys, Sequence[Partial]], level: Level, amounts: Sequence[Amount]
) -> dict[Keys, list[Partial]]:
    """The groups of a level from those of the finest one."""
    found: dict[Keys, list[Partial]] = {}
    for keys, parts in finest.items():
        own = tuple(keys[position] for position in level)
        known = found.setdefault(own, [Partial() for _ in amounts])
        for mine, part, amount in zip(known, parts, amounts, strict=False):
            mine.take(part, amount.aggregate)
    return found


def plain(found: Any) -> Any:
    """Whole numbers as decimals too, so that all amounts are divided and added alike; so those that come in digits."""
    return Decimal(int(found)) if isinstance(found, int | bytes) and not isinstance(found, bool) else found


def refuse_beyond(groups: int) -> None:
    """
    Raises:
        Refused: there are too many groups.
    """
    if groups > MOST_GROUPS:
        raise Refused((problem("report-too-large", maximum=MOST_GROUPS),))
