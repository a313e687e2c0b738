"""A finished table as plain lines of texts and numbers, which files are written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from designer.pivot.finished import Item, Pivot
from formulas import FormulaError


@dataclass(frozen=True, slots=True)
class Wording:
    """What a table says besides its keys, in the language of its reader.

    `rows` are what the dimensions of the lines are called, `values` what the values are, by name.
    """

    title: str = ""
    rows: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    total: str = "Total"
    others: str = "Others"
    colors: Sequence[str] = ()
    """What each rule for colours means, in their order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line below the head: of which item, what stands before its numbers, and these."""

    item: Item
    labels: tuple[str, ...]
    numbers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """Head and body of a table. `numbered` says of each column with numbers which item and which value it shows.

    The head has a line for each level of columns, and one that names dimensions and values.
    """

    head: tuple[tuple[str, ...], ...]
    body: tuple[Line, ...]
    numbered: tuple[tuple[Item, str], ...]

    @property
    def label_columns(self) -> int:
        """How many columns stand before the numbers."""
        return len(self.head[0]) - len(self.numbered)

    @property
    def rows(self) -> list[list[Any]]:
        """All lines with numbers, the head first: None where there is none, of an error its code."""
        lines = ([*line.labels, *map(_plain, line.numbers)] for line in self.body if line.item.valued)
        return [*map(list, self.head), *lines]


def flat(pivot: Pivot, wording: Wording) -> Flat:
    """The table with its labels in every line, as programs and spreadsheets want it."""
    numbered = tuple((number, name) for number in _valued(pivot.columns) for name in pivot.values)
    width = max([len(wording.rows), *(len(item.keys) for item in pivot.rows)])
    return Flat(
        tuple(_head(pivot, wording, width)),
        tuple(_line(pivot, wording, width, number) for number in range(len(pivot.rows))),
        tuple((pivot.columns[number], name) for number, name in numbered),
    )


def _valued(items: Sequence[Item]) -> list[int]:
    return [number for number, item in enumerate(items) if item.valued]


def _head(pivot: Pivot, wording: Wording, width: int) -> Iterator[tuple[str, ...]]:
    items = [item for item in pivot.columns if item.valued]
    labels = [_labels(item, wording, max(len(one.keys) for one in pivot.columns)) for item in items]
    for level in range(len(labels[0]) if labels else 0):
        yield (*[""] * width, *(label[level] for label in labels for _ in pivot.values))
    names = [wording.values.get(name, name) for name in pivot.values]
    yield (*_padded(wording.rows, width), *(name for _ in items for name in names))


def _line(pivot: Pivot, wording: Wording, width: int, row: int) -> Line:
    item = pivot.rows[row]
    cells = (pivot.cell(row, column, name) for column in _valued(pivot.columns) for name in pivot.values)
    return Line(item, _labels(item, wording, width), tuple(cell and cell.shown for cell in cells))


def _labels(item: Item, wording: Wording, width: int) -> tuple[str, ...]:
    """What its keys are called, from the outermost; a subtotal says so behind them."""
    texts = [*item.texts[:-1], wording.others] if item.kind == "others" else list(item.texts)
    if item.kind == "total" or (not item.leaf and item.valued):
        texts.append(wording.total)
    return _padded(texts, width)


def _padded(texts: Sequence[str], width: int) -> tuple[str, ...]:
    return (*texts[:width], *[""] * (width - len(texts)))


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, FormulaError) else value
