"""kartoteka import and export, as people use them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import Result

from engine.exchange import read_sheet
from tests.runtime_web.cli.conftest import Terminal

CLIENTS = 'Name;Code;Discount;Notes\nAnn;A1;12,5 %;"two\nlines"\nБорис;B1;;=1+1\n'


@pytest.fixture
def clients(shop: Terminal) -> Path:
    return shop.write("clients.csv", CLIENTS)


def exported(result: Result) -> list[list[str]]:
    return list(csv.reader(io.StringIO(result.stdout, newline="")))


def test_in_and_out_again(shop: Terminal, clients: Path) -> None:
    assert shop.run("import", "client", str(clients), "--dry-run").stdout == "Would import 2 rows: 2 added.\n"
    assert shop.run("import", "client", str(clients)).stdout == "Imported 2 rows: 2 added.\n"
    for name in ("out.csv", "out.xlsx"):
        assert shop.run("export", "client", "--out", name).stdout == f"2 records written to {name}.\n"
        said = shop.run("import", "client", name, "--match", "code").stdout
        assert said == "Imported 2 rows: 0 added, 2 unchanged.\n"
    assert sorted(path.name for path in shop.folder.glob("*out*")) == ["out.csv", "out.xlsx"]


def test_an_export_to_the_screen(shop: Terminal, clients: Path) -> None:
    shop.run("import", "client", str(clients))
    rows = exported(shop.run("export", "client", "--columns", "name,notes", "--language", "ru"))
    assert rows == [["Название", "Заметки"], ["Ann", "two\nlines"], ["Борис", "'=1+1"]]
    assert exported(shop.run("export", "client", "--search", "борис", "--columns", "code")) == [["Code"], ["B1"]]
    assert shop.run("export", "client", "--view", "all", "--delimiter", "semicolon").stdout.startswith(
        "Name;Code;Status"
    )
    assert "12.5%" in shop.run("export", "client").stdout


def test_bad_cells_are_listed_and_written_to_a_workbook(shop: Terminal) -> None:
    rows = "".join(f";X{number};500 %\n" for number in range(40))
    path = shop.write("clients.csv", f"Name;Code;Discount\n{rows}")
    result = shop.run("import", "client", str(path), "--errors", "errors.xlsx", code=1)
    lines = result.stdout.splitlines()
    assert lines[0] == "clients.csv: row 2, column A (Name): This field must be filled in."
    assert (len(lines), lines[-1]) == (51, "… and 30 more.")
    assert result.stderr == "Nothing was imported: 80 bad cells. They are in errors.xlsx.\n"
    assert len(read_sheet(Path("errors.xlsx")).rows) == 80
    found = shop.read("import", "client", str(path), "--json", code=1)
    assert (found["rows"], found["added"], found["written"], len(found["bad"])) == (40, 0, False, 80)
    assert {"row", "column", "heading", "value", "code", "message", "hint"} <= set(found["bad"][0])


def test_a_cell_cannot_steer_the_terminal(shop: Terminal) -> None:
    path = shop.write("clients.csv", 'name,phone\nAnn,"\x1b[2Jx"\n')
    assert "\x1b" not in shop.run("import", "client", str(path), code=1).output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "cleint", "clients.csv"), 2, "There is no entity cleint. Did you mean client?"),
        (("export", "zzz"), 2, "There is no entity zzz. There are: client, order, order_line, payment."),
        (("export", "client", "--view", "al"), 2, "client has no view al. Did you mean all?"),
        (("export", "client", "--columns", "nam"), 2, "Did you mean name?"),
        (("export", "client", "--out", "none/out.csv"), 1, "No such file or directory"),
        (("import", "client", "none.csv"), 1, "There is no file “none.csv”."),
        (("import", "client", "clients.csv", "--match", "phone"), 1, "There is no column for “phone”"),
        (("import", "client", "clients.csv", "--encoding", "ascii"), 1, "is not text in the encoding ascii"),
        (("import", "client"), 2, "Missing argument 'FILE'"),
    ],
)
def test_wrong_use_is_one_sentence(words: tuple[str, ...], code: int, said: str, shop: Terminal, clients: Path) -> None:
    assert clients.exists()
    assert said in shop.run(*words, code=code).output


def test_before_anything_is_set_up(terminal: Terminal) -> None:
    for words in (("import", "client", "x.csv"), ("export", "client"), ("user", "list")):
        assert "Run kartoteka apply first" in terminal.run(*words, code=1).stderr
    assert list(terminal.folder.iterdir()) == []


def test_an_export_that_fails_leaves_what_was_there(
    shop: Terminal, clients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.run("import", "client", str(clients))
    there = shop.write("out.xlsx", "mine")
    monkeypatch.setattr("engine.exchange.exporting.MOST_ROWS", 1)
    assert "A workbook holds 1 rows" in shop.run("export", "client", "--out", "out.xlsx", code=1).stdout
    assert there.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in shop.folder.glob(".*part")] == []
