"""The finished table of a report: lines, columns and cells in the order of display, whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol

from engine.grouping import Keys
from engine.model.report import Dimension, Scale
from engine.model.tint import Tint
from formulas.tree import Node

Kind = Literal["item", "others", "total"]


class Naming(Protocol):
    """How keys are called and ordered, which whoever shows the table knows: titles of records, labels, periods."""

    def text(self, dimension: Dimension, key: Any) -> str:
        """What a key is called; a blank and an error have a name too."""

    def order(self, dimension: Dimension, key: Any) -> Any:
        """By what a key that is neither blank nor an error is sorted."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line, or one column, of the finished table.

    `keys` go from the outermost dimension inwards; those of the grand total are none, and the last one of what is left
    out is OTHERS. `texts` say what the keys are called, "" for the others: who shows the table says it in its language.
    A `leaf` has no further level below it. What is not `valued` has no cells: it stands above its parts where their
    dimension has no subtotals.
    """

    keys: Keys
    text: str
    kind: Kind
    leaf: bool
    texts: tuple[str, ...] = ()
    valued: bool = True


class Cell(NamedTuple):
    """A number of the table: its exact value, and what is `shown` instead, such as its share of 1.

    Records that are blank or an error there are not in the value: they are counted beside it. There are many cells, and
    a named tuple is made in half the time of a dataclass.
    """

    value: Any
    shown: Any
    blanks: int = 0
    errors: int = 0


class Mark(NamedTuple):
    """How a number is marked: by the colour of a rule and its place among all rules, or by how large it is."""

    color: str = ""
    rule: int | None = None
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the colours of a value; without a tree nothing meets it."""

    name: str
    tint: Tint
    tree: Node | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a table by line, column and value; the rules in the order of values; which values have a scale."""

    cells: Mapping[tuple[int, int, str], Mark] = field(default_factory=lambda: MappingProxyType({}))
    rules: tuple[Rule, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Pivot:
    """A finished table. `values` names the numbers of each cell, in their order.

    `cells` has them by the positions of line and column; where there are no records, there is none.
    """

    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    values: tuple[str, ...]
    cells: Mapping[tuple[int, int], tuple[Cell | None, ...]]
    marks: Marks = field(default_factory=Marks)

    def cell(self, row: int, column: int, value: str) -> Cell | None:
        """One cell by the positions of its line and column and the name of its value."""
        found = self.cells.get((row, column))
        return found[self.values.index(value)] if found else None
