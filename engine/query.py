"""What somebody asks of one entity's records: a frozen value, the same for pages, API, export and search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

PAGE_SIZE = 50
COUNT_CAP = 10_000
"""Beyond this, a filtered count says "more than", because counting all would cost more than the page itself."""

APART = "apart"
"""An operator of references to the query's own entity that pages ask for, not people.

There is none, or it leads to what may not be seen or does not meet the query's `where`.
"""
CONCERNED = "concerned"
"""An operator of ids that pages ask for, not people: what the act with this number has done something to."""
TINT = "_tint"
"""A column that lists may ask for: the number of the colour of a row, None where it has none."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on rows: a field, one of the field type's operators, and its values.

    The field may be one of a record that is referred to, at the end of a dotted path of references: client.city. Where
    one of these is blank, or leads to what may not be seen, it is blank.
    """

    field: str
    operator: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Compound:
    """Conditions of which rows meet `any`, or `all`; it may hold further ones like it."""

    how: Literal["any", "all"]
    parts: tuple[Criterion, ...]


Criterion = Condition | Compound
"""What may be asked of rows."""


def leaves(criteria: Iterable[Criterion]) -> Iterator[Condition]:
    """The single conditions, however they are put together, in their order."""
    for one in criteria:
        if isinstance(one, Compound):
            yield from leaves(one.parts)
        else:
            yield one


@dataclass(frozen=True, slots=True)
class Sort:
    """One level of an order. A blank counts as the smallest value."""

    field: str
    descending: bool = False

    @classmethod
    def parse(cls, text: str) -> Sort:
        """Read the written form: a field name, with a leading minus for downwards."""
        return cls(text[1:], True) if text.startswith("-") else cls(text)

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a page begins that is turned to from the one beside it: behind the record `id`, or `backwards` before it.

    `mark` tells whether that record still stands where it stood; if it does not, the page is found by its offset.
    """

    id: int
    mark: str
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Records of `entity` that meet every condition and contain every word of `search`, in an order, a page of them.

    `where` is an expression of the configuration that they meet as well.

    With an `edge` the page is found from there, and `offset` only numbers its rows. Who does not want it `counted` is
    told a count of nothing.
    """

    entity: str
    columns: tuple[str, ...] = ()
    conditions: tuple[Criterion, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    limit: int = PAGE_SIZE
    offset: int = 0
    trashed: bool = False
    exact_count: bool = False
    counted: bool = True
    edge: Edge | None = None
    where: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether something says which records, so that they have to be looked for."""
        return bool(self.conditions or self.search or self.where)

    @property
    def named(self) -> frozenset[str]:
        """The columns that it shows, filters or sorts by."""
        filtered = (one.field.partition(".")[0] for one in leaves(self.conditions))
        return frozenset((*self.columns, *filtered, *(one.field for one in self.sort)))

    def turned(self, edge: Edge) -> Query:
        """The page beside this one, on the side of an edge."""
        step = -self.limit if edge.backwards else self.limit
        return replace(self, offset=max(self.offset + step, 0), edge=edge)
