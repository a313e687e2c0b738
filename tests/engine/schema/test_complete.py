"""A database that an older version has set up gets the tables it lacks when it is opened, and keeps what it has."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from sqlalchemy import inspect, text

from engine.jobs import Jobs
from engine.records import Edit
from engine.rights import SYSTEM
from engine.schema import apply, complete
from engine.storage import Database
from engine.storage.ddl import lacks_system, table_names
from engine.storage.notes import ahead
from engine.storage.tables import describe_tables
from runtime_web.settings import Settings
from runtime_web.workspace import Workspace
from tests.runtime_web.visitor import SECRET
from tests.shop import open_shop, shop_configuration

LATER = (
    "_layout",
    "_first_view",
    "_view_role",
    "_view",
    "_pin",
    "_dashboard_role",
    "_dashboard",
    "_report_role",
    "_report",
    "_token",
    "_stale",
    "_stale_stage",
    "_queue",
    "_job_act",
    "_job",
    "_audit",
    "_action",
    "_change",
    "_brought",
)


LATER_COLUMNS = {"_note": ("_note__ahead", "done_at")}
"""By table, an index and the column that came later; without the index SQLite lets the column go."""


def make_old(url: str) -> None:
    """A shop with a client as the first version would have left it."""
    records = open_shop(url)
    records.create("client", Edit({"name": "Ann"}))
    with records.database.write() as connection:
        for name in LATER:
            connection.execute(text(f"DROP TABLE {name}"))
        for name, (index, column) in LATER_COLUMNS.items():
            connection.execute(text(f"DROP INDEX {index}"))
            connection.execute(text(f"ALTER TABLE {name} DROP COLUMN {column}"))
    records.database.close()


def test_whoever_opens_it_finds_the_tables(database_url: str, tmp_path: Path) -> None:
    make_old(database_url)
    settings = Settings(database_url, shop_configuration(), tmp_path / "files", SECRET)
    held = Workspace.open(settings)
    assert Jobs(held.database, SYSTEM).list() == ()
    with held.database.read() as connection:
        assert ahead(connection, 1, 1) == []
        assert "_note__ahead" in {index["name"] for index in inspect(connection).get_indexes("_note")}
    Workspace.open(replace(settings, proxies=1)).database.close()
    held.database.close()


def test_several_may_open_it_at_once(database_url: str) -> None:
    make_old(database_url)

    def opened(_: int) -> bool:
        database = Database(database_url)
        complete(database, shop_configuration())
        with database.read() as connection:
            lacks = lacks_system(connection, describe_tables(shop_configuration()))
        database.close()
        return lacks

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened, range(6))) == [False] * 6


def test_applying_completes_it_too(database_url: str) -> None:
    make_old(database_url)
    database = Database(database_url)
    wanted = shop_configuration().model_copy(update={"label": {"en": "Shop"}})
    apply(database, wanted, "tests")
    with database.read() as connection:
        assert not lacks_system(connection, describe_tables(wanted))
    database.close()


def test_an_empty_database_stays_empty(database_url: str) -> None:
    database = Database(database_url)
    complete(database, shop_configuration())
    with database.read() as connection:
        assert table_names(connection) == frozenset()
    database.close()


def test_a_configuration_goes_to_other_processes_without_what_was_made_from_it() -> None:
    configuration = pickle.loads(pickle.dumps(shop_configuration()))
    configuration.once("threads", threading.Lock)
    assert pickle.loads(pickle.dumps(configuration)) == configuration
