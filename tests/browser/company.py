"""The sample company of `sample_configs/clients` with demo data, behind a server of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from playwright.sync_api import Page

from engine.config.load import load
from engine.demo import LAST_DAY, Scale
from engine.demo.load import load as load_demo
from engine.files import Files
from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.browser.watched import Pages
from tests.ready import ready_database
from tests.runtime_web.visitor import SECRET, Site
from tests.surroundings import ROOT

SAMPLE = ROOT / "sample_configs" / "clients"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes that cost next to nothing; the real ones have tests of their own."""


@dataclass(frozen=True)
class Company:
    """The application, the address at which it is served, and the pages through which people see it."""

    site: Site
    url: str

    def open(self, pages: Pages, path: str = "/", *, login: str = "ana", **options: Any) -> Page:
        """A page in a browser of its own, signed in as `login`; "" for nobody."""
        page = pages.open(**options)
        if login:
            key = self.site.visitor(login).key
            page.context.add_cookies([{"name": "kartoteka", "value": key, "url": self.url, "httpOnly": True}])
        page.goto(self.url + path)
        return page

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database itself says."""
        with self.site.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def one(self, statement: str) -> Any:
        """The one value that a statement gives."""
        return self.rows(statement)[0][0]

    def do(self, statement: str) -> None:
        """Change the database behind the program's back."""
        with self.site.workspace.database.write() as connection:
            connection.exec_driver_sql(statement)

    def end_sessions(self) -> None:
        """Let everybody's time run out."""
        self.do("DELETE FROM _session")


def configuration() -> Configuration:
    """The sample's configuration."""
    found, problems = load(SAMPLE)
    assert found is not None, problems
    return found


def fill(folder: Path, clients: int, until: date = LAST_DAY) -> None:
    """Make the sample's tables in a database in a folder, with demo data and its files unless no client is wanted."""
    described = configuration()
    database = ready_database(database_url(folder), described)
    if clients:
        records = Records(database, describe_tables(described), SYSTEM)
        load_demo(records, Files(database, records.tables, folder / "files", SYSTEM), Scale(clients), until=until)
    database.close()


def open_company(folder: Path, described: Configuration | None = None) -> Site:
    """The application over the database in a folder, which has the tables of the configuration."""
    settings = Settings(
        database_url=database_url(folder),
        configuration=described or configuration(),
        files=folder / "files",
        secret_key=SECRET,
        testing=True,
    )
    return Site(create_app(settings))


def new_company(folder: Path, described: Configuration) -> Site:
    """The application over a new database of a configuration, with people who may sign in."""
    database = ready_database(database_url(folder), described)
    database.close()
    site = open_company(folder, described)
    site.add_people()
    return site


def database_url(folder: Path) -> str:
    return f"sqlite:///{(folder / 'records.sqlite').as_posix()}"
