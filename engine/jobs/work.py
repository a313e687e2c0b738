"""What the function of a job gets: who asked for what, the database, and a way to say how far it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any

from engine.accounts import People
from engine.jobs.door import Made
from engine.model import Configuration
from engine.problems import Refused, problem
from engine.records import Records
from engine.rights import SYSTEM, Principal
from engine.schema import applications, applied
from engine.storage import Database
from engine.storage import jobs as rows
from engine.storage.tables import Tables, describe_tables


class Cancelled(Exception):
    """Whoever asked for the job wants it to end."""


class Interrupted(Exception):
    """The worker ends, or the job is another worker's now."""


@dataclass
class Applied:
    """The configuration in force and its tables, described anew only after another has been applied."""

    database: Database
    _known: tuple[int, Tables] | None = None

    def current(self) -> tuple[int, Tables]:
        """How many configurations have been applied, and the tables of the last one."""
        number, known = applications(self.database), self._known
        if known is None or number != known[0]:
            found = applied(self.database)
            assert found is not None, "a worker does not start before something is applied"
            # The number was asked first: at worst it is described once more.
            known = self._known = (number, describe_tables(found))
        return known


@dataclass
class Work:
    """One attempt at a job. `progress` may be called as often as one likes: it only leaves a note."""

    id: int
    attempt: int
    params: Mapping[str, Any]
    asked_by: int | None
    database: Database
    applied: Applied
    made: Made
    stopping: Event
    done: int = 0
    total: int | None = None
    cancelled: bool = False
    lost: bool = False
    _names: list[str] = field(default_factory=list)

    @property
    def tables(self) -> Tables:
        """The tables of the configuration in force at this moment."""
        return self.applied.current()[1]

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    @cached_property
    def principal(self) -> Principal:
        """Who asked, as they are now.

        Raises:
            Refused: they may no longer sign in.
        """
        if self.asked_by is None:
            return SYSTEM
        account = People(self.database).get(self.asked_by)
        if account is None or not account.active:
            raise Refused([problem("job-asker-gone")])
        return account.principal

    def records(self) -> Records:
        """The records as whoever asked may see them."""
        return Records(self.database, self.tables, self.principal)

    def count(self, entity: str) -> int:
        """How many records of an entity this job has changed or deleted so far, in all its attempts."""
        with self.database.read() as connection:
            acts = rows.acts(connection, self.id)
        return sum(sum(counts.get(entity, {}).values()) for _, counts in acts)

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: it is not wanted any more.
            Interrupted: the worker ends; the job will begin anew.
        """
        self.done, self.total = done, total
        if self.stopping.is_set() or self.lost:
            raise Interrupted
        if self.cancelled:
            raise Cancelled

    def new_file(self, suffix: str) -> Path:
        """The path of a file to be made; it goes away again unless the outcome names it."""
        self._names.append(f"{self.id}-{secrets.token_hex(12)}{suffix}")
        return self.made.new(self._names[-1])

    def tidy(self, kept: str = "") -> None:
        """Remove the files that were begun, but for one."""
        for name in self._names:
            if name != kept:
                (self.made.folder / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be asked for. Each may be begun anew at any time: what an attempt does halfway leaves no trace, or is known
    as an act of the job.
    """

    run: Callable[[Work], Any]
    cancellable: bool = True


Kinds = Mapping[str, Kind]
