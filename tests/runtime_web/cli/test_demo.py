"""kartoteka demo: a business with data, made once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.accounts import People
from engine.query import Query
from engine.records import Edit, Records
from engine.rights import SYSTEM, Principal
from engine.schema import applied
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.app import create_app
from runtime_web.cli import demo
from runtime_web.cli.place import Place
from tests.runtime_web.cli.conftest import Terminal
from tests.runtime_web.visitor import Site

SMALL = ("--scale", "5", "--no-serve")


def clients(folder: Path) -> int:
    there = sqlite3.connect(folder / "kartoteka-demo/data/kartoteka.sqlite")
    count: int = there.execute("SELECT count(*) FROM client").fetchone()[0]
    there.close()
    return count


def test_it_is_made_once_and_has_a_new_password_each_time(terminal: Terminal) -> None:
    first = terminal.read("demo", *SMALL, "--json")
    assert (clients(terminal.folder), first["login"]) == (5, "demo")
    second = terminal.read("demo", *SMALL, "--json")
    assert clients(terminal.folder) == 5
    assert first["password"] != second["password"]
    assert "Log in as demo with the password " in terminal.run("demo", *SMALL).stdout
    assert "✓ Applied configuration" in terminal.run("-C", "kartoteka-demo", "doctor").stdout


def test_other_people_show_what_their_roles_let_them_see(terminal: Terminal) -> None:
    assert "manager and viewer see what their roles let them see." in terminal.run("demo", *SMALL).stdout
    database = Database(f"sqlite:///{(terminal.folder / 'kartoteka-demo/data/kartoteka.sqlite').as_posix()}")
    configuration = applied(database)
    assert configuration is not None
    counts = {}
    for login in ("demo", "manager", "viewer"):
        account = People(database).named(login)
        assert account is not None
        records = Records(database, describe_tables(configuration), account.principal)
        counts[login] = {
            name: records.count(Query(name)).number for name in ("order", "wage") if records.rights.may("read", name)
        }
    database.close()
    assert 0 < counts["manager"]["order"] < counts["demo"]["order"] == counts["viewer"]["order"]
    assert "wage" not in counts["viewer"]


def test_whoever_looks_at_it_has_something_of_their_own(terminal: Terminal) -> None:
    terminal.run("demo", *SMALL)
    database = Database(f"sqlite:///{(terminal.folder / 'kartoteka-demo/data/kartoteka.sqlite').as_posix()}")
    configuration = applied(database)
    assert configuration is not None
    with database.read() as connection:
        (person,) = connection.exec_driver_sql("SELECT id FROM _user WHERE login = 'demo'").scalars()
    records = Records(database, describe_tables(configuration), Principal(person, "demo", administrator=True))
    for entity in ("client", "order", "wage"):
        where = configuration.view(entity, "mine")[1].where or ""
        assert 0 < records.count(Query(entity, where=where)).number < records.count(Query(entity)).number
    database.close()


def test_what_was_interrupted_is_done_at_the_next_start(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, progress: Any, **__: Any) -> None:
        progress(1, 100)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demo, "load", interrupted)
        terminal.run("demo", *SMALL, code=1)
    terminal.run("demo", *SMALL)
    assert clients(terminal.folder) == 5


def test_what_somebody_has_changed_stays(terminal: Terminal) -> None:
    terminal.run("demo", *SMALL)
    readme = terminal.folder / "kartoteka-demo/README.md"
    readme.write_text("mine", encoding="utf-8")
    terminal.run("demo", *SMALL)
    assert readme.read_text(encoding="utf-8") == "mine"


def test_the_scale_has_limits(terminal: Terminal) -> None:
    for scale in ("0", "20001", "many"):
        terminal.run("demo", "--scale", scale, "--no-serve", code=2)
    assert list(terminal.folder.iterdir()) == []


def test_a_configuration_of_ones_own_is_tried_without_data(terminal: Terminal) -> None:
    book = "kartoteka: 1\nname: library\nentities:\n  book:\n    fields:\n      title: {type: text, required: true}\n"
    written = terminal.folder / "library.yaml"
    written.write_text(book, encoding="utf-8")
    assert "library-demo" in terminal.run("demo", "library.yaml", "--no-serve").stdout
    # At the next trial it is as it is written then, and what was entered stays.
    database = Database(f"sqlite:///{(terminal.folder / 'library-demo/data/kartoteka.sqlite').as_posix()}")
    found = applied(database)
    assert found is not None
    Records(database, describe_tables(found), SYSTEM).create("book", Edit({"title": "Eine"}))
    written.write_text(book + "      price: {type: money, currency: EUR}\n", encoding="utf-8")
    terminal.run("demo", "library.yaml", "--no-serve")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT title, price FROM book").all() == [("Eine", None)]
    database.close()
    assert "no problems" in terminal.run("check", "library.yaml").stdout
    written.write_text(book + "      price: {type: mony}\n", encoding="utf-8")
    assert "library.yaml:7" in terminal.run("demo", "library.yaml", "--no-serve", code=1).stdout
    terminal.run("demo", "nowhere.yaml", "--no-serve", code=2)


def test_its_files_are_found_wherever_the_program_stands(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.run("demo", *SMALL)
    monkeypatch.chdir(terminal.folder)
    place = Place(Path("kartoteka-demo"))
    site = Site(create_app(replace(place.settings(place.open_database()), testing=True)))
    site.add_people()
    with site.workspace.database.read() as connection:
        (first,) = connection.exec_driver_sql("SELECT min(id) FROM _file WHERE width IS NOT NULL").scalars()
    assert site.visitor("ana").get(f"/files/{first}/thumb/96").status_code == 200
    site.workspace.database.close()
