"""XLSX, ODS and XLS files: what cells are, and what is refused before it can do harm."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from engine.exchange import read_sheet
from engine.exchange.workbook import FailedFormula
from engine.problems import Refused
from tests.engine.exchange.conftest import codes
from tests.engine.exchange.sheets import END, START, ods_cell, ods_row, raw_ods, raw_xlsx, write_xlsx
from tests.surroundings import absent

SECONDS = 5
MEGABYTES = 200


def cells(path: Path, sheet: str = "") -> list[list[object]]:
    read = read_sheet(path, sheet=sheet)
    return [list(read.header), *map(list, read.rows)]


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with every kind of cell below each other."""
    path = tmp_path_factory.mktemp("sheets") / "kinds.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        shapes = {
            text: book.add_format({"num_format": text})
            for text in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm", "[h]:mm", '0"%"', "0.0%")
        }
        page.write_string(0, 0, "kinds")
        page.write_string(1, 0, "'=1+1 _x0041_ \u2028")
        page.write_number(2, 0, 0.5)
        page.write_boolean(3, 0, True)
        page.write_datetime(4, 0, dt.datetime(2026, 3, 1), shapes["yyyy-mm-dd"])
        page.write_datetime(5, 0, dt.datetime(2026, 3, 1, 14, 30, 5), shapes["yyyy-mm-dd hh:mm:ss"])
        page.write_datetime(6, 0, dt.time(14, 30), shapes["hh:mm"])
        page.write_datetime(7, 0, dt.timedelta(hours=30), shapes["[h]:mm"])
        page.write_formula(8, 0, "=1+1", None, 2)
        page.write_formula(9, 0, "=1/0", None, "#DIV/0!")
        page.write_formula(10, 0, '="a"&"b"', None, "ab")
        page.write_number(11, 0, 0.125, shapes["0.0%"])
        page.write_number(12, 0, 12.5, shapes['0"%"'])
        page.write_string(13, 0, "007")
    return path


def test_each_cell_is_what_people_see(every_kind: Path) -> None:
    assert [row[0] for row in cells(every_kind)[1:]] == [
        "'=1+1 _x0041_ \u2028",
        0.5,
        True,
        dt.date(2026, 3, 1),
        dt.datetime(2026, 3, 1, 14, 30, 5),
        dt.time(14, 30),
        dt.timedelta(hours=30),
        2,
        FailedFormula("#DIV/0!"),
        "ab",
        Decimal("0.125"),
        12.5,
        "007",
    ]


def test_the_first_sheet_that_is_not_hidden_is_read_or_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "several.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Hidden", "Shown", "Other"):
            page = book.add_worksheet(name)
            page.write_string(0, 0, f"in {name}")
        book.get_worksheet_by_name("Shown").activate()
        book.get_worksheet_by_name("Shown").set_first_sheet()
        book.get_worksheet_by_name("Hidden").hide()
    assert cells(path) == [["in Shown"]]
    assert cells(path, "Other") == [["in Other"]]
    assert codes(lambda: cells(path, "Othr")) == ["sheet-unknown"]


def test_percentages_are_found_in_the_sheet_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "several.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        percent = book.add_format({"num_format": 10})
        for name, shape in (("Numbers", None), ("Percentages", percent)):
            book.add_worksheet(name).write_column(0, 0, ["h", 0.5], shape)
    assert cells(path) == [["h"], [0.5]]
    assert cells(path, "Percentages") == [["h"], [Decimal("0.5")]]


def test_an_ods_workbook(tmp_path: Path) -> None:
    rows = (
        ods_row(ods_cell("a"), ods_cell("b", 2))
        + ods_row(ods_cell("1"), ods_cell())
        + ods_row(ods_cell(times=16384), times=1_000_000)
    )
    path = raw_ods(tmp_path / "a.ods", rows)
    assert cells(path) == [["a", "b", "b"], ["1", "", ""]]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_a_spreadsheet_program_writes(kind: str, every_kind: Path, tmp_path: Path) -> None:
    found = [row[0] for row in cells(converted(every_kind, kind, tmp_path))]
    assert found[:6] == [
        "kinds",
        "'=1+1 _x0041_ \u2028",
        0.5,
        True,
        dt.date(2026, 3, 1),
        dt.datetime(2026, 3, 1, 14, 30, 5),
    ]
    assert found[-1] == "007"


def office() -> str:
    """LibreOffice's command."""
    return shutil.which("soffice") or absent("LibreOffice is not installed")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The same workbook as LibreOffice saves it."""
    words = [office(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind]
    subprocess.run([*words, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind}"


# Files made to exhaust the computer


def sparse(path: Path) -> Path:
    row = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
    return raw_xlsx(path, row.format(1, "A"), row.format(1_048_576, "XFD"))


def six_million_rows(path: Path) -> Path:
    return raw_xlsx(path, *["<row><c><v>1</v></c></row>" * 100_000] * 60)


def a_gigabyte(path: Path) -> Path:
    return raw_xlsx(path, *["<row><c><v>" + "1" * 10_000_000 + "</v></c></row>"] * 21)


def wide(path: Path) -> Path:
    return raw_xlsx(path, *["<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"] * 50)


def shared(path: Path) -> Path:
    texts = f"<sst><si><t>{'a' * 30_000}</t></si></sst>"
    return raw_xlsx(path, '<row><c t="s"><v>0</v></c></row>' * 20_000, sharedStrings=texts)


def odd_spelling(path: Path) -> Path:
    return raw_xlsx(
        path, "<row r = '9'><c r= 'A9'><v>1</v></c></row><x:row><x:c r\n=\n'XFD1048576'><x:v>1</x:v></x:c></x:row>"
    )


def repeated_rows(path: Path) -> Path:
    return raw_ods(path, ods_row(ods_cell("a"), times=3_000_000))


def repeated_cells(path: Path) -> Path:
    return raw_ods(path, ods_row(ods_cell("a", 900), times=9_000))


def repeated_text(path: Path) -> Path:
    return raw_ods(path, ods_row(ods_cell("a" * 100_000, 100), times=100))


def far_cell(path: Path) -> Path:
    return raw_ods(path, ods_row(ods_cell(), times=1_000_000) + ods_row(ods_cell(times=900), ods_cell("a")))


def many_tables(path: Path) -> Path:
    return raw_ods(path, *[ods_row(ods_cell("a", 900), times=900)] * 8)


BOMBS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "sparse.xlsx": (sparse, "6,000,000 cells"),
    "rows.xlsx": (six_million_rows, "1,100,000 rows"),
    "gigabyte.xlsx": (a_gigabyte, "200 MB unpacked"),
    "wide.xlsx": (wide, "1,000 columns"),
    "shared.xlsx": (shared, "300 MB of text"),
    "odd.xlsx": (odd_spelling, "6,000,000 cells"),
    "rows.ods": (repeated_rows, "1,100,000 rows"),
    "cells.ods": (repeated_cells, "6,000,000 cells"),
    "text.ods": (repeated_text, "300 MB of text"),
    "far.ods": (far_cell, "6,000,000 cells"),
    "tables.ods": (many_tables, "6,000,000 cells"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon_and_small(name: str, tmp_path: Path) -> None:
    make, limit = BOMBS[name]
    path = make(tmp_path / name)
    assert path.stat().st_size < 2_000_000
    begun = time.process_time()
    with pytest.raises(Refused, match=limit):
        read_sheet(path)
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("name", ["wide.xlsx", "shared.xlsx", "text.ods"])
def test_what_looks_for_bombs_stays_small_itself(name: str, tmp_path: Path) -> None:
    path = BOMBS[name][0](tmp_path / name)
    tracemalloc.start()
    try:
        assert codes(lambda: read_sheet(path)) == ["sheet-too-large"]
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_formatted_cells_without_a_value_do_not_count(tmp_path: Path) -> None:
    blank = '<row r="{0}"><c r="A{0}" s="1"/><c r="ZZ{0}" s="1"/></row>'
    rows = ['<row r="1"><c r="A1"><v>5</v></c></row>', *(blank.format(number) for number in range(2, 20_000))]
    assert cells(raw_xlsx(tmp_path / "a.xlsx", *rows)) == [["5"]]


def test_prefixed_tags_are_read(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx", '<row r="1"><c r="B1" t="str"><v>b</v></c><c r="A1" t="str"><v>a</v></c></row>'
    )
    assert cells(path) == [["a", "b"]]


# Files that are no workbooks


def truncated(path: Path) -> None:
    whole = write_xlsx(path, [["a"], [1]] * 100).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def flipped(path: Path) -> None:
    whole = bytearray(write_xlsx(path, [["a"], [1]] * 1000).read_bytes())
    middle = len(whole) // 3
    whole[middle : middle + 200] = bytes(200)
    path.write_bytes(whole)


def twice_the_same_member(path: Path) -> None:
    raw_xlsx(path, "<row><c><v>1</v></c></row>")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", START + END)


def lying_about_its_size(path: Path) -> None:
    six_million_rows(path)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (10_000).to_bytes(4, "little")))


def entities(path: Path) -> None:
    raw_xlsx(path, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><row><c t="str"><v>&a;</v></c></row>')


BROKEN: dict[str, Callable[[Path], object]] = {
    "truncated.xlsx": truncated,
    "flipped.xlsx": flipped,
    "twice.xlsx": twice_the_same_member,
    "lying.xlsx": lying_about_its_size,
    "entities.xlsx": entities,
    "empty.xlsx": lambda path: path.write_bytes(b""),
    "text.xlsx": lambda path: path.write_text("name,city"),
    # Protected by a password, a workbook is such a container and no archive.
    "protected.xlsx": lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)),
    "text.xls": lambda path: path.write_text("name,city"),
    "text.ods": lambda path: path.write_text("name,city"),
    "zip.ods": lambda path: zipfile.ZipFile(path, "w").close(),
    "zip.xlsx": lambda path: zipfile.ZipFile(path, "w").close(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_workbook_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    BROKEN[name](path)
    assert codes(lambda: read_sheet(path)) == ["sheet-unreadable"]
