"""From the cells of a sheet to values, column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.exchange.columns import Target
from engine.exchange.findings import Findings
from engine.exchange.sheet import Row, Sheet, is_blank_row
from engine.exchange.workbook import FailedFormula
from engine.fields.locale import Locale
from engine.fields.text import one_line
from engine.problems import Problem, Unfit

Cells = Sequence[object]
LONGEST_NAME = 1000


def filled_rows(sheet: Sheet) -> tuple[list[Row], list[int]]:
    """The rows that are not blank, and their numbers as spreadsheets count."""
    rows, numbers = [], []
    for number, row in enumerate(sheet.rows, sheet.first):
        if not is_blank_row(row):
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def read_values(target: Target, cells: Cells, locale: Locale, findings: Findings) -> list[Any]:
    """The values of a column; None for a cell that does not fit, about which there is a finding then."""
    assert target.field is not None
    read = target.field.read_cell
    return each_once(target, cells, lambda cell: read(cell, locale), findings)


def read_names(target: Target, cells: Cells, findings: Findings) -> list[tuple[str, ...] | None]:
    """The names of records in each cell of a reference."""
    return each_once(target, cells, lambda cell: names_in(cell, several=target.several), findings)


def each_once(target: Target, cells: Cells, read: Callable[[Any], Any], findings: Findings) -> list[Any]:
    """What `read` gives for each cell; equal cells are read once."""
    # 1, 1.0 and True are equal in Python, and not the same in a sheet.
    mixed = len(set(map(type, cells))) > 1
    keys: Sequence[Any] = list(zip(map(type, cells), cells, strict=True)) if mixed else cells
    known: dict[Any, Any] = dict.fromkeys(keys)
    wrong: dict[Any, Problem] = {}
    for key in known:
        cell = key[1] if mixed else key
        try:
            known[key] = read(_sound(cell))
        except Unfit as unfit:
            wrong[key] = unfit.at(target.name)
    if wrong:
        for row, key in enumerate(keys):
            if key in wrong:
                findings.add(row, target, cells[row], wrong[key])
    return [known[key] for key in keys]


def _sound(cell: object) -> object:
    if isinstance(cell, FailedFormula):
        raise Unfit("formula-without-value", value=cell.text[:50])
    return cell


def names_in(cell: object, *, several: bool) -> tuple[str, ...]:
    """The names in a cell: one, or several with semicolons or line ends between them."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)
    parts = [text]
    if several:
        parts = text.split("\n") if "\n" in text else text.split(";")
    names = (one_line(part, LONGEST_NAME) for part in parts)
    return tuple(name for name in names if name)
