"""A table of records as it was generated for a view and a language; it is filled with raw rows.

A page of a list has hundreds of cells. Everything that is the same for all its rows was written down once, by
`runtime_web.lists.generate`, and a cell costs one call of a closure: no include, macro, translation or Babel call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from jinja2 import Template
from markupsafe import Markup, escape

from engine.records import Page
from engine.records.seen import word_of
from runtime_web.lists.cells import Maker, Pattern


@dataclass(frozen=True, slots=True)
class Cell:
    """What fills a column: the positions in a raw row of what it needs, and what makes the closure that takes them."""

    needs: tuple[int, ...]
    make: Maker


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table is wanted: of which entity, with which columns, in which frame (a template below parts/)."""

    entity: str
    columns: tuple[str, ...]
    frame: str
    picks: bool = False
    view: str = ""
    frozen: int = 0
    """So many columns stay while the others scroll sideways."""
    row: str = "grid_row"
    """What one record looks like: a template below parts/ too."""


@dataclass(frozen=True)
class Grid:
    """A generated table. `columns` are those to be asked of `Records.page`."""

    columns: tuple[str, ...]
    frame: Template
    row: Pattern
    cells: Mapping[str, Cell]
    opens_at: int
    """The position in a raw row of the id of the card that the row opens."""
    edited: Mapping[str, int] = field(default_factory=dict)
    """The columns that are edited in place, with their positions in a raw row; that of the id for linked ones."""

    def render(self, page: Page, suffix: str = "", **names: Any) -> Markup:
        """The table with the rows of a page. `suffix` is added to the address of every card."""
        return Markup(self.frame.render(rows=self.rows(page, suffix), **names))  # noqa: S704 (made by an escaping template)

    def rows(self, page: Page, suffix: str) -> Markup:
        """The rows alone."""
        return Markup("".join(self.each(page, suffix)))  # noqa: S704 (cells escape)

    def each(self, page: Page, suffix: str) -> Iterator[str]:
        """Row by row. Everything that goes into them was escaped by the cells."""
        if not page.rows:
            return
        items = tuple(zip(*page.rows, strict=True))
        values = tuple(tuple(map(load, raw)) if load else raw for load, raw in zip(page.loaders, items, strict=True))
        filled: dict[str, Any] = {
            "id": items[0],
            "open": items[self.opens_at],
            "suffix": (escape(suffix),) * len(page.rows),
            # What a row shows, in a word: it tells whether two rows of a record show the same.
            "version": (crc32(repr(row).encode()) for row in page.rows),
            "seen": self._words(page, values),
        }
        for hole, cell in self.cells.items():
            filled[hole] = map(cell.make(page), *(values[at] for at in cell.needs))
        yield from map(self.row.text.__mod__, zip(*(filled[hole] for hole in self.row.holes), strict=True))

    def _words(self, page: Page, values: Sequence[Sequence[Any]]) -> Iterator[str]:
        """By which rows tell what they showed: the words of what is edited in place, in the order of its columns."""
        columns = (
            # Of linked ones the position is that of the ids of the records.
            map(page.links[name].get, values[at]) if name in page.links else values[at]
            for name, at in self.edited.items()
        )
        return map("".join, zip(*(map(word_of, column) for column in columns), strict=True))
