"""Whatever goes wrong, a person reads one sentence, a program one JSON document, and nobody a traceback."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest

from engine.storage import database
from tests.runtime_web.cli.conftest import Terminal


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program in `kartoteka check`."""

    def fail(_: object) -> None:
        raise ZeroDivisionError("a mistake of ours")

    monkeypatch.setattr("runtime_web.cli.place.load", fail)


def test_an_unknown_command(terminal: Terminal) -> None:
    assert "There is no command chek. Did you mean check?" in terminal.run("chek", code=2).stderr
    assert "kartoteka --help lists them." in terminal.run("xyz", code=2).stderr
    assert "No such option" in terminal.run("check", "--folder", ".", code=2).stderr


def test_help_of_everything(terminal: Terminal) -> None:
    listed = terminal.run("--help").stdout
    for name in ("init", "check", "schema", "plan", "apply", "demo", "serve", "user", "import", "export", "doctor"):
        assert f"\n  {name}" in listed
        said = terminal.run(name, "--help").stdout
        assert said.startswith(f"Usage: kartoteka {name}")
        assert "..." not in said.partition("Commands:")[2]
    assert "..." not in listed.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "its address is not like"),
        ("mysql://host/name", "mysql is not supported"),
        ("sqlite:////nowhere/at/all/x.sqlite", "Nothing has been set up here yet"),
        ("postgresql://u:hidden@127.0.0.1:1/name", "The database cannot be used: connection failed"),
    ],
)
def test_a_database_that_cannot_be_used(url: str, said: str, terminal: Terminal) -> None:
    terminal.run("init", ".")
    result = terminal.run("--database", url, "export", "client", code=1)
    assert said in result.stderr
    assert "hidden" not in result.output
    assert len(result.stderr.splitlines()) == 1
    assert set(terminal.read("--database", url, "export", "client", "--json", code=1)) == {"error"}


def test_a_damaged_database(shop: Terminal) -> None:
    path = shop.folder / "data/kartoteka.sqlite"
    path.write_bytes(b"no database at all" * 1000)
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    assert "file is not a database" in shop.run("export", "client", code=1).stderr
    assert "✗ Database: cannot be used: file is not a database." in shop.run("doctor", code=1).stdout


def test_a_locked_database(shop: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    shop.write("clients.csv", "name\nAnn\n")
    rival = sqlite3.connect(shop.folder / "data/kartoteka.sqlite", isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    said = shop.run("import", "client", "clients.csv", code=1).stderr
    rival.close()
    assert said == "The database cannot be used: database is locked.\n"


def test_a_mistake_of_the_program_has_a_number_and_a_log(terminal: Terminal, broken: None) -> None:
    terminal.write("kartoteka.yaml", "kartoteka: 1\n")
    said = terminal.run("check", code=1).stderr
    number = said.rpartition(" ")[2].strip(".\n")
    log = (terminal.folder / "data/errors.log").read_text(encoding="utf-8")
    assert number in log
    assert "ZeroDivisionError: a mistake of ours" in log
    assert "number" in terminal.read("check", "--json", code=1)["error"]
    assert (terminal.folder / "data/errors.log").read_text(encoding="utf-8").count("Traceback") == 2


def test_without_a_configuration_the_log_is_elsewhere(
    terminal: Terminal, broken: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spare = tmp_path_factory.mktemp("spare")
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    assert str(spare) in terminal.run("check", code=1).stderr
    assert list(terminal.folder.iterdir()) == []
    assert "ZeroDivisionError" in (spare / "kartoteka-errors.log").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written(terminal: Terminal) -> None:
    terminal.run("init", ".")
    terminal.write("data", "a file where a folder should be")
    said = terminal.run("apply", code=1).stderr
    assert said.startswith(str(Path("data")))


def test_ctrl_c_is_quiet(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("runtime_web.cli.place.load", interrupt)
    assert terminal.run("check", code=1).output.strip() == "Aborted!"
