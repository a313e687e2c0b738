"""What somebody asks of one entity's records: a frozen value, the same for pages, API, export and search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PAGE_SIZE = 50
COUNT_CAP = 10_000
"""Beyond this, a filtered count says "more than", because counting all would cost more than the page itself."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on rows: a field, one of the field type's operators, and its values."""

    field: str
    operator: str
    values: tuple[Any, ...] = ()


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
class Query:
    """Records of `entity` that meet every condition and contain every word of `search`, in an order, a page of them."""

    entity: str
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    limit: int = PAGE_SIZE
    offset: int = 0
    trashed: bool = False
    exact_count: bool = False
