"""Rows of one sheet of a workbook: XLSX, XLS or ODS."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from engine.exchange import ods, xlsx
from engine.exchange.limits import MAX_BYTES, MEGABYTE
from engine.exchange.packed import Extent, Look, ambiguous, bomb
from engine.problems import Refused, nearest, problem

KINDS = (".xlsx", ".xlsm", ".xls", ".ods")
Rows = list[list[object]]


@dataclass(frozen=True, slots=True)
class FailedFormula:
    """A cell whose formula has no value, such as #DIV/0!"""

    text: str

    def __str__(self) -> str:
        return self.text


def read(path: Path, sheet: str = "") -> Rows:
    """Every row of a sheet. A cell that shows a percentage is a Decimal, which tells a fraction from a plain number.

    Raises:
        Refused: the workbook is damaged, protected or too large, or has no such sheet.
    """
    unreadable = Refused([problem("sheet-unreadable", file=path.name)])
    try:
        if path.suffix.casefold() == ".xls":
            return _rows(path, sheet, None)
        with zipfile.ZipFile(path) as archive:
            if ambiguous(archive):
                raise unreadable
            if bomb(archive):
                raise _too_large(path, f"{MAX_BYTES // MEGABYTE} MB unpacked")
            return _rows(path, sheet, archive)
    except (CalamineError, zipfile.BadZipFile, OSError, EOFError, ValueError, KeyError, NotImplementedError) as error:
        # A protected workbook is an encrypted container and no ZIP archive.
        raise unreadable from error


def _rows(path: Path, wanted: str, archive: zipfile.ZipFile | None) -> Rows:
    if archive and path.suffix.casefold() == ".ods":
        # All sheets of such a file are read when it is opened.
        _check(path, ods.extent(archive))
        archive = None
    with CalamineWorkbook.from_path(str(path)) as book:
        name = _chosen(path, book, wanted)
        looked = xlsx.look(archive, book.sheet_names.index(name)) if archive else Look()
        _check(path, looked.extent)
        rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[assignment]
    _mark(rows, looked)
    return rows


def _chosen(path: Path, book: CalamineWorkbook, wanted: str) -> str:
    """The sheet asked for, or the first one that people see."""
    if wanted:
        if wanted not in book.sheet_names:
            near = nearest(wanted, book.sheet_names)
            raise Refused([problem("sheet-unknown", file=path.name, sheet=wanted, nearest=near)])
        return wanted
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return (visible or book.sheet_names)[0]


def _check(path: Path, extent: Extent) -> None:
    if extent.too_large:
        raise _too_large(path, extent.too_large)


def _too_large(path: Path, limit: str) -> Refused:
    return Refused([problem("sheet-too-large", file=path.name, limit=limit)])


def _mark(rows: Rows, looked: Look) -> None:
    """Put in what the reading library does not tell: which numbers are percentages, which formulas have failed."""
    for row, column in looked.percentages:
        if row < len(rows) and column < len(rows[row]):
            cell = rows[row][column]
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                rows[row][column] = Decimal(format(cell, ".15g"))
    for (row, column), text in looked.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = FailedFormula(text)
