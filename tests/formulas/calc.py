"""A second engine for `cases.csv`: LibreOffice Calc evaluates a workbook with the same formulas.

`python -m tests.formulas.calc` writes what Calc says into the column `expected` of every case whose source is
`excel-by-libreoffice`, and prints what that changes. Cases of the source `ours` are decided by us, with the reason in
the column `note`; they are left alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from formulas import evaluate
from formulas.decimals import PLACES, canonical
from formulas.text import literal
from tests.formulas.given import GIVEN, LISTS, SINGLES, TODAY

CASES = Path(__file__).with_name("cases.csv")
COLUMNS = ("formula", "expected", "source", "note")
BY_CALC = "excel-by-libreoffice"
OURS = "ours"
# Functions that came after the file format and carry a prefix in it.
_LATER = ("CONCAT", "DAYS", "IFNA", "IFS", "ISOWEEKNUM", "MAXIFS", "MINIFS", "SWITCH", "TEXTJOIN", "XOR")
_LATER_CALL = re.compile(rf"\b({'|'.join(_LATER)})\(")
_FIRST_DAY = dt.date(1899, 12, 30)
_DIGITS = 15


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    formula: str
    expected: str
    source: str
    note: str


def read_cases() -> list[Case]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [Case(**line) for line in csv.DictReader(file)]


def write_cases(cases: Iterable[Case]) -> None:
    with CASES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((case.formula, case.expected, case.source, case.note) for case in cases)


def ours(formula: str) -> str:
    """What our evaluator says, as a literal."""
    return literal(evaluate(formula, GIVEN, today=TODAY))


def agree(left: str, right: str) -> bool:
    """Whether two literals are the same; numbers to the tenth place or the twelfth digit, which binary ones reach."""
    try:
        first, second = Decimal(left), Decimal(right)
    except ArithmeticError:
        return left == right
    return abs(first - second) <= max(Decimal("1e-10"), abs(first) * Decimal("1e-12"))


def by_calc(formulas: Sequence[str]) -> list[str]:
    """What LibreOffice Calc says to each formula, as a literal."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-calc-") as folder:
        asked, answered = Path(folder, "asked.xlsx"), Path(folder, "answered")
        workbook(formulas).save(asked)
        _convert(asked, answered)
        sheet = load_workbook(answered / asked.name, data_only=True)["formulas"]
        values = [sheet.cell(row, 1).value for row in range(1, len(formulas) + 1)]
    return [_literal(value, formula) for value, formula in zip(values, formulas, strict=True)]


def _convert(asked: Path, answered: Path) -> None:
    profile = (asked.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(answered), str(asked)], check=True, capture_output=True, timeout=120)


def workbook(formulas: Sequence[str]) -> Workbook:
    """The formulas, one below the other, and beside them the values that they name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, given = book.create_sheet("formulas"), book.create_sheet("given")
    for row, formula in enumerate(formulas, 1):
        sheet.cell(row, 1).value = f"={in_excel(formula)}"
    for column, (name, cells) in enumerate([*LISTS.items(), *((name, (one,)) for name, one in SINGLES.items())], 1):
        for row, cell in enumerate(cells, 1):
            given.cell(row, column).value = cell
        first, last = given.cell(1, column), given.cell(len(cells), column)
        place = f"given!${first.column_letter}${first.row}:${last.column_letter}${last.row}"
        book.defined_names[name] = DefinedName(name, attr_text=place.removesuffix(f":${last.column_letter}$1"))
    return book


def in_excel(formula: str) -> str:
    """A formula in the spelling of the file format: commas, prefixes, and our fixed today."""
    pieces = re.split(r'("(?:[^"]|"")*")', formula)
    for index in range(0, len(pieces), 2):
        plain = pieces[index].replace(";", ",").replace("TODAY()", f"DATE({TODAY:%Y,%m,%d})")
        pieces[index] = _LATER_CALL.sub(r"_xlfn.\1(", plain)
    return "".join(pieces)


def _literal(value: object, formula: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(Decimal(value), formula)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _moment(value)
    if value is None or (isinstance(value, str) and value.startswith("#")):
        return str(value or "blank")
    return literal(str(value))


def _number(value: Decimal, formula: str) -> str:
    """Fifteen digits, as Excel keeps them. Where ours is a date or time, the number is the one that Excel has for it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", ours(formula)) and value == int(value):
        return (_FIRST_DAY + dt.timedelta(days=int(value))).isoformat()
    if re.fullmatch(r"\d\d:\d\d:\d\d", ours(formula)):
        return str((dt.datetime.min + dt.timedelta(seconds=round(value * 86_400))).time())
    if not value:
        return "0"
    places = min(PLACES, _DIGITS - 1 - value.adjusted())
    return canonical(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0)


def _moment(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat()


def main() -> int:
    cases = read_cases()
    asked = [index for index, case in enumerate(cases) if case.source == BY_CALC]
    for index, said in zip(asked, by_calc([cases[index].formula for index in asked]), strict=True):
        case = cases[index]
        if not agree(case.expected, said):
            sys.stdout.write(f"{case.formula}: {case.expected or 'nothing'} -> {said}\n")
            cases[index] = replace(case, expected=said)
    write_cases(cases)
    return 0


if __name__ == "__main__":
    sys.exit(main())
