"""Where a command works: the folder of a configuration, its data, its database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from engine.config.load import first_file, home, load
from engine.model import Configuration
from engine.problems import Problem, nearest
from engine.records import Records
from engine.rights import SYSTEM
from engine.schema import applied, complete
from engine.storage import Database
from engine.storage.tables import describe_tables
from runtime_web.cli.say import fail, tell_problems
from runtime_web.settings import Settings

NOT_SET_UP = "Nothing has been set up here yet. Run kartoteka apply first."
_FILE = "sqlite:///"


@dataclass(frozen=True)
class Place:
    """One installation on this computer: `folder` holds kartoteka.yaml, and `data` what people enter."""

    folder: Path = Path()
    database: str = ""
    as_json: bool = False

    @property
    def exists(self) -> bool:
        """Whether there is a configuration."""
        return first_file(self.folder) is not None

    @property
    def data(self) -> Path:
        return home(self.folder) / "data"

    def make_data(self) -> None:
        """Make the folder of the data, for its owner alone; on Windows the folder above decides who may read it."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def files(self) -> Path:
        """Where attached files are kept."""
        return self.data / "files"

    @property
    def key_file(self) -> Path:
        """Where the secret key is kept, unless the environment gives one."""
        return self.data / "secret.key"

    @property
    def database_url(self) -> str:
        """The database that was asked for, or the file in the data folder."""
        return self.database or f"{_FILE}{(self.data / 'kartoteka.sqlite').resolve().as_posix()}"

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database."""
        url = self.database_url
        return Path(url.removeprefix(_FILE).partition("?")[0]) if url.startswith(_FILE) else None

    @property
    def has_database(self) -> bool:
        """Whether there may be one; of a server's nothing is known yet."""
        return self.database_file is None or self.database_file.is_file()

    def open_database(self, *, create: bool = False) -> Database:
        """The database; only where `create` says so is a file made that is not there, else the command ends."""
        if not self.has_database:
            if not create:
                fail(self, NOT_SET_UP)
            if not self.database:
                self.make_data()
        database = Database(self.database_url)
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(database.close)
        return database

    def read_configuration(self) -> tuple[Configuration | None, tuple[Problem, ...]]:
        """The configuration as it stands in the files."""
        return load(self.folder)

    def configuration(self) -> Configuration:
        """The configuration in the files, or the end of the command with every problem told."""
        configuration, problems = self.read_configuration()
        if configuration is None:
            tell_problems(self, problems)
            raise SystemExit(1)
        return configuration

    def applied(self, database: Database) -> Configuration:
        """The configuration in force, or the end of the command where none has been applied yet.

        Tables of the program itself that the database lacks, because an earlier version made it, are there afterwards.
        """
        found = applied(database)
        if found is None:
            fail(self, NOT_SET_UP)
        complete(database, found)
        return found

    def records(self, database: Database) -> Records:
        """The door to the records, as the system."""
        return Records(database, describe_tables(self.applied(database)), SYSTEM)

    def known_entity(self, configuration: Configuration, name: str) -> str:
        """The name itself, or the end of the command where there is no such entity."""
        if name not in configuration.entities:
            near = nearest(name, configuration.entities)
            hint = f"Did you mean {near}?" if near else f"There are: {', '.join(configuration.entities)}."
            fail(self, f"There is no entity {name}. {hint}", 2)
        return name

    def secret_key(self) -> str:
        """The key that signs tokens: from the environment, or a random one kept in the data folder."""
        given = os.environ.get("KARTOTEKA_SECRET_KEY", "")
        if given:
            return given
        if not self.key_file.exists():
            self.make_data()
            # Only the owner may read it; on Windows the folder's own rights decide. Two may start at the same time.
            with suppress(FileExistsError):
                handle = os.open(self.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="ascii") as out:
                    out.write(secrets.token_urlsafe(48))
        return self.key_file.read_text(encoding="ascii").strip()

    def settings(self, database: Database, *, secure: bool = False) -> Settings:
        """What the web application needs to run here."""
        return Settings(
            database_url=self.database_url,
            configuration=self.applied(database),
            # Pages look for what is relative below the program, and not where it was started.
            files=self.files.absolute(),
            secret_key=self.secret_key(),
            secure=secure,
            source=self.folder.absolute() if self.exists else None,
        )
