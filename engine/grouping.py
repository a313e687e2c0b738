"""What somebody asks of many records at once: a frozen value, whoever answers it.

A group is told by its keys. Every level that is asked for is computed from the records, never from the groups of
another level, but for what adds up without loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from engine.model.report import Aggregate, Part
from engine.query import Criterion

Level = tuple[int, ...]
"""The positions of the keys by which records are grouped; the empty one is all of them together."""
Keys = tuple[Any, ...]
"""What a group has in common, in the order of its level. None is a blank; a Wrong is an error of a formula.

Of a reference the id, of a choice its value, of a part of a date a whole number (see `engine.periods`), of ranges the
position of the range, from 0 below the first bound.
"""


@dataclass(frozen=True, slots=True, order=True)
class Wrong:
    """An error value of a formula that stands where a key would, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Others:
    """Stands where a key would, for all records whose own key there is not among the kept ones."""


OTHERS = Others()


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of the keys at a position: those stay that are kept, all others become OTHERS.

    `kept` holds what stays, as the record's keys at the positions `under` and at the position itself: of each city its
    largest clients.
    """

    position: int
    under: Level
    kept: frozenset[Keys]


@dataclass(frozen=True, slots=True)
class Key:
    """By what records are grouped: a field at a dotted path of references, a part of its date, or a range.

    Without a path it is the record itself, so that each is a group of its own.
    """

    path: str
    by: Part | None = None
    bounds: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """What is counted or added up: a field by its path, an expression of the record, or the records (neither).

    With a field that has to be `filled`, records in which that one is blank are blank here too.
    """

    aggregate: Aggregate
    path: str = ""
    expression: str = ""
    filled: str = ""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Records of an entity that meet everything and contain every word of `search`, in groups with `amounts` of each.

    They are grouped by `keys` at each of the `levels`.

    A record is in the groups of its keys after those are `merged`; what decides is what they were before.
    """

    entity: str
    keys: tuple[Key, ...]
    amounts: tuple[Amount, ...]
    levels: tuple[Level, ...]
    conditions: tuple[Criterion, ...] = ()
    where: str = ""
    merged: tuple[Merged, ...] = ()
    search: str = ""

    def merge(self, keys: Keys) -> Keys:
        """The keys of a record at all positions, after those that are not kept have become OTHERS."""
        found = list(keys)
        for merged in self.merged:
            if tuple(keys[position] for position in (*merged.under, merged.position)) not in merged.kept:
                found[merged.position] = OTHERS
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Tally:
    """An amount of a group.

    `value` is exact: a Decimal for numbers and money, an int for counts, otherwise what the field holds; None where
    there is none. Blanks and errors are not in it: they are counted beside it.
    """

    value: Any = None
    blanks: int = 0
    errors: int = 0


Groups = Mapping[Level, Mapping[Keys, tuple[Tally, ...]]]
"""The amounts of each group, by level and keys. A group without records is not in it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The groups of a question, how many records they were made of, and what computed them.

    Which one that was depends on how many records there are, also of those that the reader may not see. `memory` says
    how many bytes all columns take that are kept.
    """

    groups: Groups
    records: int
    way: Literal["sql", "columns"] = "sql"
    memory: int = 0
