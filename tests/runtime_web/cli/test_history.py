"""kartoteka history: what was done, seen and taken back on the terminal."""

from __future__ import annotations

from engine.records import Edit, Records
from engine.rights import SYSTEM
from engine.schema import applied
from engine.storage import Database
from engine.storage.tables import describe_tables
from tests.runtime_web.cli.conftest import Terminal


def open_records(shop: Terminal) -> Records:
    database = Database(f"sqlite:///{(shop.folder / 'data/kartoteka.sqlite').as_posix()}")
    configuration = applied(database)
    assert configuration is not None
    return Records(database, describe_tables(configuration), SYSTEM)


def test_what_was_done_is_listed_and_taken_back(shop: Terminal) -> None:
    assert "Nothing has been done yet." in shop.run("history", "list").stdout
    records = open_records(shop)
    entity = next(name for name, one in records.configuration.entities.items() if one.title_field)
    title = str(records.configuration.entities[entity].title_field)
    made = records.create(entity, Edit({title: "Ann"})).id
    records.update(entity, made, Edit({title: "Bob"}))
    assert f"changed: {entity} Bob, the program" in shop.run("history", "list").stdout
    told = shop.run("history", "record", entity, str(made)).stdout
    assert "Changed, The program  change:2" in told
    assert "Ann -> Bob" in told
    newest = shop.read("history", "list", "--json")[0]
    assert (newest["name"], newest["kind"], newest["record"]) == ("change:2", "changed", {"entity": entity, "id": made})
    said = shop.run("history", "undo", "change:2", typed="y\n").stdout
    assert "Undoing it would do this: 1 record set back." in said
    assert records.get(entity, made).values[title] == "Ann"
    assert shop.read("history", "list", "--json")[1]["undone"] is True
    assert shop.read("history", "undo", "change:2", "--json") == {"undone": 0}
    assert shop.read("history", "undo", "action:1", "--yes", "--json") == {"undone": 1, "stayed": 0}
    assert shop.read("history", "record", entity, str(made), "--json")[0]["kind"] == "changed"
    records.database.close()


def test_what_stays_is_told(shop: Terminal) -> None:
    records = open_records(shop)
    entity = next(name for name, one in records.configuration.entities.items() if one.title_field)
    title = str(records.configuration.entities[entity].title_field)
    made = records.create(entity, Edit({title: "Ann"})).id
    records.update(entity, made, Edit({title: "Bob"}))
    records.database.close()
    said = shop.run("history", "undo", "change:1").stdout
    assert "Bob: changed since." in said
    assert "There is nothing left to undo." in said


def test_what_is_wrong_is_told(shop: Terminal) -> None:
    assert "is not like action:12" in shop.run("history", "undo", "something", code=2).stderr
    assert "nothing that is called" in shop.run("history", "undo", "action:77", code=1).stderr
    assert "There is no entity" in shop.run("history", "record", "nonsense", "1", code=2).stderr
