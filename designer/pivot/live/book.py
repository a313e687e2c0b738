"""The live workbook on paper: the report with formulas, what stays as it is, and the sheet of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from designer.pivot.cells import cell_of, number_format
from designer.pivot.charts import Drawn, draw
from designer.pivot.finished import Naming, Pivot
from designer.pivot.flat import Wording, flat
from designer.pivot.live.data import Data, Entry
from designer.pivot.live.following import SHEET, Following
from designer.pivot.looks import Look
from designer.pivot.xlsx import OPTIONS, ReportSheet
from engine.model.report import ChartKind, Report

_WIDTH, _NUMBER_WIDTH, _PLACE_WIDTH = 22, 14, 8


@dataclass(frozen=True, slots=True)
class LiveWording:
    """What the sheet of records says, in the language of its reader.

    `record` is what a record is called, `keys` what the dimensions are, `amounts` what the columns of numbers are.
    `notes` makes sentences of the names of values that stay as they are.
    """

    record: str
    keys: Sequence[str]
    amounts: Sequence[str]
    titles: Mapping[int, str]
    notes: Callable[[Collection[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Live:
    """A finished report with its records."""

    report: Report
    pivot: Pivot
    data: Data
    following: Following
    naming: Naming


def write_live(
    out: Path | IO[bytes], live: Live, words: tuple[Wording, LiveWording], looks: Mapping[str, Look]
) -> None:
    """Write the workbook to a file or a stream. What a program that does not compute shows is right as well."""
    wording, spoken = words
    chart: ChartKind | None = live.report.chart
    with xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, OPTIONS) as book:
        sheet = ReportSheet(book, flat(live.pivot, wording), wording, looks, live.following)
        sheet.write(heat=chart == "heat_map")
        sheet.mark(live.pivot)
        sheet.tell(spoken.notes(sheet.stayed))
        draw(book, Drawn(live.pivot, wording, looks, live.following.cells), chart)
        _Records(book, live, spoken).write()


class _Records:
    """The sheet of records: who they are, by what they are grouped, their amounts, and where each counts."""

    def __init__(self, book: Any, live: Live, spoken: LiveWording) -> None:
        self.book = book
        self.live = live
        self.spoken = spoken
        self.sheet = book.add_worksheet(SHEET)
        self._looks = [
            book.add_format({"num_format": "yyyy-mm-dd" if one.kind == "date" else number_format(one.look)})
            for one in live.data.columns
        ]
        self._quiet = book.add_format({"font_color": "#6B7684"})

    def write(self) -> None:
        self._head()
        for row, entry in enumerate(self.live.data.entries, 1):
            self._entry(row, entry)
        self.sheet.freeze_panes(1, 2)

    @property
    def _dimensions(self) -> tuple[Any, ...]:
        return (*self.live.report.rows, *self.live.report.columns)

    def _head(self) -> None:
        bold = self.book.add_format({"bold": True, "bg_color": "#EEF1F5", "text_wrap": True, "bottom": 1})
        places = [f"{text} #" for text in self.spoken.keys]
        for column, text in enumerate(["#", self.spoken.record, *self.spoken.keys, *self.spoken.amounts, *places]):
            self.sheet.write_string(0, column, text, bold)
        follow = self.live.following
        self.sheet.set_column(1, follow.first_amount - 1, _WIDTH)
        self.sheet.set_column(follow.first_amount, follow.first_place, _NUMBER_WIDTH)
        self.sheet.set_column(follow.first_place, follow.first_place + len(places), _PLACE_WIDTH)

    def _entry(self, row: int, entry: Entry) -> None:
        follow = self.live.following
        self.sheet.write_number(row, 0, row)
        self.sheet.write_string(row, 1, self.spoken.titles.get(entry.id, ""))
        for column, (dimension, key) in enumerate(zip(self._dimensions, entry.keys, strict=True), 2):
            self.sheet.write_string(row, column, self.live.naming.text(dimension, key))
        for column, amount in enumerate(entry.amounts):
            self._amount(row, follow.first_amount + column, amount, column)
        for column, place in enumerate(entry.places, follow.first_place):
            self.sheet.write_number(row, column, place, self._quiet)

    def _amount(self, row: int, column: int, amount: Any, place: int) -> None:
        found, shown = cell_of(amount, self.live.data.columns[place].look), self._looks[place]
        if isinstance(found, dt.date):
            self.sheet.write_datetime(row, column, found, shown)
        elif isinstance(found, float):
            self.sheet.write_number(row, column, found, shown)
        elif found is not None:
            self.sheet.write_string(row, column, found)
