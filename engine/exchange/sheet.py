"""A sheet: a header and rows of cells, read whole from a CSV, XLSX, XLS or ODS file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.exchange import delimited, workbook
from engine.exchange.limits import MAX_BYTES, MAX_COLUMNS, MEGABYTE
from engine.exchange.pause import collection_paused
from engine.problems import Refused, problem

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it.

    A cell is text, a number, a boolean, a date, a time, or a `FailedFormula`; blank is "". Each row is at least as
    long as the header. `first` is the number of the first of `rows` as a spreadsheet program counts.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    first: int = 2


@collection_paused()
def read_sheet(path: Path, *, sheet: str = "", encoding: str = "") -> Sheet:
    """Read a file; the first row that is not blank is the header.

    Args:
        sheet: the name of the sheet of a workbook; by default the first one that is not hidden.
        encoding: of a text file; by default what its bytes look like.

    Raises:
        Refused: the file cannot be read, is empty, or too large.
    """
    if not path.is_file():
        raise Refused([problem("sheet-missing", file=path.name)])
    if path.stat().st_size > MAX_BYTES:
        raise Refused([problem("sheet-too-large", file=path.name, limit=f"{MAX_BYTES // MEGABYTE} MB")])
    kind = path.suffix.casefold()
    rows: Sequence[Row]
    if kind in delimited.KINDS:
        rows = delimited.read(path, encoding)
    elif kind in workbook.KINDS:
        rows = workbook.read(path, sheet)
    else:
        raise Refused([problem("sheet-kind-unknown", file=path.name)])
    return _with_header(path.name, rows)


def _with_header(name: str, rows: Sequence[Row]) -> Sheet:
    for number, row in enumerate(rows):
        if is_blank_row(row):
            continue
        header = [" ".join(_heading(cell).split()) for cell in row]
        while header and not header[-1]:
            header.pop()
        if len(header) > MAX_COLUMNS:
            raise Refused([problem("sheet-too-large", file=name, limit=f"{MAX_COLUMNS} columns")])
        return Sheet(name, tuple(header), _long_enough(rows[number + 1 :], len(header)), number + 2)
    raise Refused([problem("sheet-empty", file=name)])


def _heading(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _long_enough(rows: Sequence[Row], width: int) -> Sequence[Row]:
    if all(len(row) >= width for row in rows):
        return rows
    return [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]


def is_blank_row(row: Row) -> bool:
    """Whether nothing but spaces stands in a row."""
    first = next(filter(None, row), "")
    if first != "" and not (isinstance(first, str) and first.isspace()):
        return False
    return not any(cell.strip() if isinstance(cell, str) else True for cell in row)
