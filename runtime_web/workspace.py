"""What a running application holds: the database and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from engine.accounts import Entrance, Groups, People, SecondFactors, Sessions, Tokens
from engine.model import Configuration
from engine.schema import complete
from engine.storage import Database, Unavailable
from engine.storage.tables import Tables, describe_tables
from runtime_web.pace import Pace
from runtime_web.recent import Recent
from runtime_web.settings import Settings

Made = TypeVar("Made")
MOST_GRIDS = 400


@dataclass(frozen=True)
class Workspace:
    """One database, its tables and configuration, and the folder of its files. One per process."""

    settings: Settings
    database: Database
    tables: Tables
    files: Path
    people: People = field(repr=False)
    sessions: Sessions = field(repr=False)
    entrance: Entrance = field(repr=False)
    groups: Groups = field(repr=False)
    second_factors: SecondFactors = field(repr=False)
    tokens: Tokens = field(repr=False)
    pace: Pace = field(repr=False)
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    """What follows from the configuration alone and is made once: menus, templates."""
    grids: Recent = field(default_factory=lambda: Recent(MOST_GRIDS), repr=False)
    """The tables that were generated lately: people lay out their columns in ways without end."""

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made at the first call for this key."""
        if key not in self.made:
            self.made[key] = make()
        found: Made = self.made[key]
        return found

    @classmethod
    def open(cls, settings: Settings) -> Workspace:
        """Connect to what the settings name. The tables must be there."""
        database = Database(settings.database_url)
        with suppress(Unavailable):
            complete(database, settings.configuration)
        return cls(
            settings=settings,
            database=database,
            tables=describe_tables(settings.configuration),
            files=settings.files,
            people=People(database),
            sessions=Sessions(database, settings.lifetime),
            entrance=Entrance(database, settings.secret_key),
            groups=Groups(database),
            second_factors=SecondFactors(database, settings.secret_key),
            tokens=Tokens(database),
            pace=Pace(settings.calls_per_minute),
        )
