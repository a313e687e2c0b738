"""What the database keeps of references, whatever the same process has set up before."""

from __future__ import annotations

from sqlalchemy import inspect

from engine.schema import apply
from engine.storage import Database
from tests.shop import shop_configuration


def keys_of(url: str) -> dict[str, set[str]]:
    """Sets a database up; by table, those that its rows refer to."""
    database = Database(url)
    apply(database, shop_configuration(), "tests")
    with database.read() as connection:
        found = inspect(connection).get_multi_foreign_keys()
    database.close()
    return {name: {key["referred_table"] for key in keys} for (_, name), keys in found.items() if keys}


def test_references_are_held_in_both_databases_one_after_the_other(postgresql_url: str, sqlite_url: str) -> None:
    there = keys_of(postgresql_url)
    assert "client" in there["order"]
    assert keys_of(sqlite_url) == there
