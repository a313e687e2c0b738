"""A finished table as a workbook that looks as the page does: outline, frozen head, formats of numbers, a chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from designer.pivot.cells import cell_of, number_format
from designer.pivot.charts import Drawn, draw
from designer.pivot.coloring import FILLS, Coloring
from designer.pivot.finished import Item, Pivot
from designer.pivot.flat import Flat, Line, Wording, flat
from designer.pivot.looks import Look
from engine.grouping import Keys
from engine.model.report import ChartKind

OPTIONS = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_DEEPEST = 7
"""Levels of an outline that spreadsheet programs know."""
_SHEET = "Report"
_LABEL_WIDTH, _NUMBER_WIDTH, _WIDEST = 14, 12, 48
_PLAIN = Look()
_FIRST_DAY = dt.date(1899, 12, 30)
_COMPUTED_ERRORS = frozenset({"#DIV/0!"})
"""Errors that a spreadsheet program computes alike."""


class CellFormulas(Protocol):
    """What computes the numbers of cells, once it is told where they stand."""

    cells: Mapping[tuple[Keys, Keys, str], str]

    def text(self, row: Keys, column: Keys, name: str) -> str | None:
        """The formula of a cell without its sign; None where its number stays what it is."""


def write_xlsx(
    out: Path | IO[bytes],
    pivot: Pivot,
    wording: Wording,
    looks: Mapping[str, Look],
    chart: ChartKind | None = None,
) -> None:
    """Write the table to a file or a stream."""
    table = flat(pivot, wording)
    with xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, OPTIONS) as book:
        sheet = ReportSheet(book, table, wording, looks)
        sheet.write(heat=chart == "heat_map")
        sheet.mark(pivot)
        draw(book, Drawn(pivot, wording, looks), chart)


class ReportSheet:
    """Writes one table to the first sheet of a workbook; with `formulas`, cells compute their numbers themselves."""

    def __init__(
        self,
        book: Any,
        table: Flat,
        wording: Wording,
        looks: Mapping[str, Look],
        formulas: CellFormulas | None = None,
    ) -> None:
        self.book = book
        self.sheet = book.add_worksheet(_SHEET)
        self.table = table
        self.wording = wording
        self.looks = looks
        self.top = 2 if wording.title else 0
        self.left = table.label_columns
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._told = 0
        self.formulas = formulas
        self.stayed: dict[str, None] = {}
        """The values of which some cell has no formula, by name."""
        if formulas is not None:
            formulas.cells = self._addresses()

    def write(self, *, heat: bool) -> None:
        if self.wording.title:
            self.sheet.write_string(0, 0, self.wording.title, self._format(bold=True, font_size=14))
        self._columns()
        self._head()
        for number, line in enumerate(self.table.body):
            self._line(self._first + number, line)
        self.sheet.freeze_panes(self._first, self.left)
        self.sheet.outline_settings(True, False, False, False)
        self._print()
        if heat:
            self._heat()

    @property
    def _first(self) -> int:
        """The row in which the body begins."""
        return self.top + len(self.table.head)

    def _columns(self) -> None:
        for column in range(self.left):
            texts = [line.labels[column] for line in self.table.body]
            width = max([_LABEL_WIDTH, *(len(text) + 2 for text in texts)])
            self.sheet.set_column(column, column, min(width, _WIDEST))
        for place, (item, name) in enumerate(self.table.numbered, self.left):
            least = _NUMBER_WIDTH + 4 * bool(self.looks.get(name, _PLAIN).currency)
            width = max(least, len(self.wording.values.get(name, name)) + 2)
            self.sheet.set_column(place, place, min(width, _WIDEST), None, {"level": _level(item)})

    def _head(self) -> None:
        names = len(self.table.head) - 1
        for number, texts in enumerate(self.table.head):
            edge = {"bottom": 1} if number == names else {}
            for column, text in enumerate(texts):
                align = "left" if column < self.left else "right" if number == names else "left"
                shown = text if number == names or self._begins(number, column) else ""
                look = self._format(bold=True, align=align, bg_color="#EEF1F5", text_wrap=number == names, **edge)
                self.sheet.write_string(self.top + number, column, shown, look)

    def _begins(self, level: int, column: int) -> bool:
        """Whether a column is the first below its heading: only there it is said."""
        if column <= self.left:
            return True
        own, before = (self.table.numbered[place - self.left][0].keys[: level + 1] for place in (column, column - 1))
        return own != before or self.table.head[level][column] != self.table.head[level][column - 1]

    def _line(self, row: int, line: Line) -> None:
        total = line.item.kind == "total"
        style: dict[str, Any] = {"bold": True} if total or not line.item.leaf else {}
        style |= {"top": 1} if total else {}
        self.sheet.set_row(row, None, None, {"level": _level(line.item)})
        for column, text in enumerate(line.labels):
            self.sheet.write_string(row, column, text, self._format(**style))
        if line.item.valued:
            for column, value in enumerate(line.numbers, self.left):
                item, name = self.table.numbered[column - self.left]
                bold = {"bold": True} if item.kind == "total" or not item.leaf else {}
                found = cell_of(value, self.looks.get(name, _PLAIN))
                formula = self._formula(line.item, item, name, found)
                look = style | bold | {"num_format": self._written(name, found)}
                if formula:
                    self._computed(row, column, formula, found, look)
                else:
                    self._number(row, column, found, look)

    def _written(self, name: str, found: Any) -> str:
        """The format by which a number is written, or a date."""
        return "yyyy-mm-dd" if isinstance(found, dt.date) else number_format(self.looks.get(name, _PLAIN))

    def _addresses(self) -> Mapping[tuple[Keys, Keys, str], str]:
        """Where each number stands."""
        return {
            (line.item.keys, item.keys, name): f"{_SHEET}!{xl_rowcol_to_cell(row, column, True, True)}"
            for row, line in enumerate(self.table.body, self._first)
            if line.item.valued
            for column, (item, name) in enumerate(self.table.numbered, self.left)
        }

    def _formula(self, line: Item, item: Item, name: str, found: Any) -> str | None:
        """What computes the number; None where it stays what it is, "" where nothing stands there."""
        if self.formulas is None:
            return None
        text = self.formulas.text(line.keys, item.keys, name)
        if text is None or (isinstance(found, str) and found not in _COMPUTED_ERRORS):
            self.stayed[name] = None
            return None
        return "" if text == '""' else text

    def _computed(self, row: int, column: int, formula: str, found: Any, look: Mapping[str, Any]) -> None:
        """A cell with its formula, and the number for who does not compute."""
        kept = "" if found is None else (found - _FIRST_DAY).days if isinstance(found, dt.date) else found
        self.sheet.write_formula(row, column, f"={formula}", self._format(**look), kept)

    def mark(self, pivot: Pivot) -> None:
        """Colours, shades and bars, and below the table what the colours mean."""
        Coloring(self.sheet, pivot, self.table, (self._first, self.left)).write(
            lambda fill: self._format(bg_color=fill)
        )
        for rule, meaning in zip(pivot.marks.rules, self.wording.colors, strict=False):
            self._below(meaning, self._format(bg_color=FILLS[rule.tint.color]))

    def _below(self, sentence: str, look: Any) -> None:
        """A line below the table, after an empty one."""
        self.sheet.write_string(self._first + len(self.table.body) + 1 + self._told, 0, sentence, look)
        self._told += 1

    def tell(self, sentences: Sequence[str]) -> None:
        """Sentences below the table."""
        for sentence in sentences:
            self._below(sentence, self._format(italic=True, font_color="#6B7684"))

    def _number(self, row: int, column: int, found: Any, look: Mapping[str, Any]) -> None:
        if isinstance(found, dt.date):
            self.sheet.write_datetime(row, column, found, self._format(**look))
        elif isinstance(found, bool):
            self.sheet.write_boolean(row, column, found, self._format(**look))
        elif isinstance(found, float):
            self.sheet.write_number(row, column, found, self._format(**look))
        elif found is None:
            self.sheet.write_blank(row, column, None, self._format(**look))
        else:
            self.sheet.write_string(row, column, found, self._format(**look, align="right"))

    def _print(self) -> None:
        """On paper the head stands on every page, as wide as one."""
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.top, self._first - 1)

    def _heat(self) -> None:
        """Shade the numbers of each value by how large they are, totals aside."""
        leaves = [place for place, line in enumerate(self.table.body, self._first) if line.item.kind != "total"]
        across = [place for place, (item, _) in enumerate(self.table.numbered, self.left) if item.kind != "total"]
        if leaves and across:
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#F2A65A"}
            self.sheet.conditional_format(leaves[0], across[0], leaves[-1], across[-1], scale)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]


def _level(item: Item) -> int:
    """How deep an item stands in the outline."""
    return min(max(len(item.keys) - 1, 0), _DEEPEST)
