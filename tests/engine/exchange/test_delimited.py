"""CSV files as spreadsheet programs in several countries write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.exchange import delimited, read_sheet
from engine.exchange.limits import MAX_CELL
from tests.engine.exchange.conftest import codes


def read(folder: Path, content: str | bytes, name: str = "a.csv", encoding: str = "") -> list[list[object]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    sheet = read_sheet(path, encoding=encoding)
    return [list(sheet.header), *map(list, sheet.rows)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("имя;город\nЁлкин;Москва", "utf-8"),
        ("имя;город\nЁлкин;Москва", "utf-8-sig"),
        ("имя;город\nЁлкин;Москва", "utf-16"),
        ("имя;город\nЁлкин;Москва", "cp1251"),
        ("name;city\nJäälinna;Hämeenlinna", "cp1252"),
        ("nume;oraș".replace("ș", "ş") + "\nIonescu;Bacău", "cp1250"),
    ],
)
def test_the_encoding_is_guessed(text: str, encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, text.encode(encoding)) == [line.split(";") for line in text.split("\n")]


def test_the_encoding_can_be_said(tmp_path: Path) -> None:
    assert read(tmp_path, "a\nм".encode("cp866"), encoding="cp866") == [["a"], ["м"]]
    assert codes(lambda: read(tmp_path, "a\nб".encode("cp1251"), encoding="utf-8")) == ["sheet-not-text"]
    assert codes(lambda: read(tmp_path, "a", encoding="klingon")) == ["sheet-not-text"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_guessed(delimiter: str, tmp_path: Path) -> None:
    text = f'"a, b; c\td|e"{delimiter}f\n1{delimiter}2'
    assert read(tmp_path, text) == [["a, b; c d|e", "f"], ["1", "2"]]


def test_the_delimiter_can_be_said_as_spreadsheet_programs_do(tmp_path: Path) -> None:
    assert read(tmp_path, "sep=;\r\na,b;c\r\n1;2\r\n") == [["a,b", "c"], ["1", "2"]]


def test_lines_inside_a_cell_stay(tmp_path: Path) -> None:
    text = 'a,b\n"one\ntwo\r\nthree",x\n"\u2028\u2029\x0b",y\n'
    assert read(tmp_path, text) == [["a", "b"], ["one\ntwo\r\nthree", "x"], ["\u2028\u2029\x0b", "y"]]


def test_quotation_marks(tmp_path: Path) -> None:
    assert read(tmp_path, 'a,b\n"say ""so""",5" pipe') == [["a", "b"], ['say "so"', '5" pipe']]
    assert codes(lambda: read(tmp_path, 'a,b\n1,2\n"never closed,3\n4,5')) == ["sheet-quote"]
    assert codes(lambda: read(tmp_path, 'a,b\n"one"two,3')) == ["sheet-quote"]


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    assert read(tmp_path, "a;b;c\n007;1 234,50;1e5") == [["a", "b", "c"], ["007", "1 234,50", "1e5"]]


def test_headings_are_trimmed_and_blank_ends_fall_off(tmp_path: Path) -> None:
    assert read(tmp_path, '\n , \n  a\u00a0 b  ,"c\nd",,\n1,2,,') == [["a b", "c d"], ["1", "2", "", ""]]


def test_a_short_row_is_filled_up(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b,c\n1") == [["a", "b", "c"], ["1", "", ""]]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n\na\n1\n", encoding="utf-8")
    assert read_sheet(path).first == 4


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-empty"),
        (b"\n \n;;\n", "sheet-empty"),
        (b"a\0b", "sheet-unreadable"),
        (b"\xff\xfea\x00b", "sheet-not-text"),
        (b"a\n" + b"x" * (MAX_CELL + 1), "sheet-too-large"),
        (b"," * 2000, "sheet-empty"),
        (b"a," * 2000, "sheet-too-large"),
    ],
    ids=["nothing", "blank", "zeros", "half", "long cell", "no heading", "wide"],
)
def test_what_is_no_sheet_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    assert codes(lambda: read(tmp_path, content)) == [code]


@pytest.mark.parametrize("limit", ["MAX_ROWS", "MAX_CELLS"])
def test_a_sheet_with_too_much_in_it_is_refused(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, limit, 20)
    assert len(read(tmp_path, "a,b\n" * 10)) == 10
    assert codes(lambda: read(tmp_path, "a,b\n" * 21)) == ["sheet-too-large"]


def test_a_file_that_is_not_there_or_of_another_kind(tmp_path: Path) -> None:
    assert codes(lambda: read_sheet(tmp_path / "none.csv")) == ["sheet-missing"]
    assert codes(lambda: read_sheet(tmp_path)) == ["sheet-missing"]
    assert codes(lambda: read(tmp_path, "a", name="a.docx")) == ["sheet-kind-unknown"]
