"""Exporting a query to CSV or XLSX, streamed: the rows, columns and order of a list, at any size."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from engine.audit import Audit
from engine.exchange.cells import csv_cell, xlsx_cell
from engine.exchange.columns import Headings
from engine.exchange.guard import guarded
from engine.exchange.outgoing import Column, columns_of, with_errors
from engine.fields import Field
from engine.fields.decimal import Exact
from engine.fields.locale import Locale
from engine.problems import Refused, problem
from engine.query import Query
from engine.records import Records

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
"""Below the header of a workbook."""
NARROW = ("boolean", "integer", "rating", "date", "time", "percent", "color", "currency")

Progress = Callable[[int], None]


def _quiet(done: int) -> None:
    """Nobody watches."""


def export_csv(
    records: Records, query: Query, locale: Locale, out: IO[str], *, delimiter: str = ",", progress: Progress = _quiet
) -> int:
    """Write a header and every record to a text file; how many records.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which our import removes.
    """
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(guarded, headings(records, query, locale)))
    count = 0
    for cells in _pages(records, query, columns_of(records, query, locale, csv_cell, guarded)):
        writer.writerows(zip(*cells, strict=True))
        count += len(cells[0])
        progress(count)
    _note(records, query, "csv", count)
    return count


def export_xlsx(
    records: Records, query: Query, locale: Locale, out: Path | IO[bytes], *, progress: Progress = _quiet
) -> int:
    """Write a workbook with typed cells, a bold header and frozen panes; how many records.

    Raises:
        Refused: there are more records, or longer texts, than a workbook can hold. What was written is incomplete.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, options) as book:
        page = _Page(book, records, query, locale)
        for cells in _pages(records, query, columns_of(records, query, locale, xlsx_cell, str)):
            if count + len(cells[0]) > MOST_ROWS:
                raise Refused([problem("export-too-long", limit=f"{MOST_ROWS:,}")])
            page.write(count, zip(*cells, strict=True))
            count += len(cells[0])
            progress(count)
    _note(records, query, "xlsx", count)
    return count


def _note(records: Records, query: Query, kind: str, count: int) -> None:
    """Write down who has taken what out."""
    told = {"entity": query.entity, "format": kind, "records": str(count)}
    Audit(records.database).note("export", by=records.principal.id, details=told)


def headings(records: Records, query: Query, locale: Locale) -> list[str]:
    """What stands above each column: the field's label in the reader's language, or its name where that is clearer."""
    known = Headings(records.configuration, query.entity)
    entity = records.configuration.entities[query.entity]
    labels = []
    for name in query.columns:
        described = entity.fields.get(name) or records.configuration.entities[name]
        label = described.label_in(locale.language, name)
        labels.append(label if known.meant(label) == {name} else name)
    return labels


def _pages(records: Records, query: Query, columns: Sequence[Column]) -> Iterator[list[Sequence[Any]]]:
    """The cells of each page, column by column."""
    for page in records.stream(with_errors(records, query)):
        raw = list(zip(*page.rows, strict=True))
        yield [column.cells(page, raw) for column in columns]


class _Page:
    """The one sheet of a workbook that is written row by row."""

    def __init__(self, book: Any, records: Records, query: Query, locale: Locale) -> None:
        self.headings = headings(records, query, locale)
        self.page = page = book.add_worksheet()
        fields = records.configuration.entities[query.entity].fields
        described = [fields.get(name) for name in query.columns]
        self.formats = [
            book.add_format({"num_format": text}) if (text := _format(field)) else None for field in described
        ]
        for column, field in enumerate(described):
            page.set_column(column, column, _width(field))
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, heading in enumerate(self.headings):
            page.write_string(0, column, heading, bold)
        self.writers: dict[type, Callable[..., int]] = {
            str: page.write_string,
            bool: page.write_boolean,
            **dict.fromkeys((int, float), page.write_number),
            **dict.fromkeys((dt.date, dt.datetime, dt.time, dt.timedelta), page.write_datetime),
        }

    def write(self, done: int, rows: Iterator[tuple[Any, ...]]) -> None:
        """Write rows below the `done` ones."""
        formats, writers = self.formats, self.writers
        for number, row in enumerate(rows, done + 1):
            for column, value in enumerate(row):
                # A writer says with a number that it has not written the cell.
                if value is not None and writers[type(value)](number, column, value, formats[column]):
                    self._refuse(number, column, value)

    def _refuse(self, number: int, column: int, value: Any) -> None:
        heading, length = self.headings[column], len(str(value))
        raise Refused(
            [problem("export-cell-too-long", column=heading, row=number + 1, length=length, maximum=LONGEST_CELL)]
        )


def _format(field: Field | None) -> str:
    """How a spreadsheet program shows the numbers and dates of a field."""
    if isinstance(field, Exact):
        percent = field.kind == "percent"
        shown = field.shown_places if field.pads or not percent else 2
        places = "." + ("0" if field.pads else "#") * shown if shown else ""
        return f"0{places}%" if percent else f"#,##0{places}"
    kinds = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "time": "hh:mm", "duration": "[h]:mm"}
    return kinds.get(field.kind, "") if field else ""


def _width(field: Field | None) -> int:
    if field is None:
        return 20
    return 12 if field.kind in NARROW else 16 if field.align_end else 28
