"""Why a computed field has its value: what `Records.explain` gives. Frozen values; how they look is for pages to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from formulas.types import Type

Key = tuple[str, str]
"""An entity and one of its fields."""


@dataclass(frozen=True, slots=True)
class Source:
    """A record that a value was read from. `card` is where it is shown: of a line, the record that it belongs to."""

    entity: str
    id: int
    title: str
    card: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that entered a list, and what it contributed. `computed`: the value has an explanation of its own."""

    source: Source
    value: Any
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list.

    Attributes:
        steps: the fields that lead to it.
        condition: which rows count, as the author wrote it; "" for all.
        field: the field whose values the rows contribute, None where they contribute something computed or themselves.
        entered: how many rows met the condition; None where some of them are not to be seen.
        left_out: how many did not.
        listed: the first of those that entered.
        rest: what those that entered and are not listed contribute together, None where that is no number.
    """

    steps: tuple[Key, ...]
    condition: str
    field: Key | None
    type: Type
    entered: int | None
    left_out: int | None
    listed: tuple[Row, ...]
    rest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula and what it came to.

    Attributes:
        text: what the author wrote.
        value: as formulas see it; a FormulaError where it is none.
        steps: of a field that is read, the fields of the path that leads to it, itself last.
        source: the record that it was read from, where that is another one.
        explained: entity, record and field of the explanation that the value has itself.
        shown: False where the reader may not see it, or something that it is made of.
        needed: False for what a choice had no need to compute.
        arose: an error began here.
    """

    text: str
    type: Type
    value: Any = None
    steps: tuple[Key, ...] = ()
    source: Source | None = None
    explained: tuple[str, int, str] | None = None
    shown: bool = True
    needed: bool = True
    arose: bool = False
    parts: tuple[Part, ...] = ()
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a computed field of a record has its value.

    Attributes:
        text: the formula as it is written.
        value: what is stored.
        error: the error value that stands in its place, such as #DIV/0!, or "".
        currency: of an amount whose currency another field says.
        titles: of the records that references among the values lead to.
    """

    source: Source
    field: str
    text: str
    value: Any
    error: str
    currency: str
    root: Part
    titles: Mapping[tuple[str, int], str]
