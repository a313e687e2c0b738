"""Jobs: what a person has asked for, and what became of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.jobs.job import Job, job_of
from engine.records import Missing
from engine.rights import Principal
from engine.storage import Database
from engine.storage import jobs as rows

SHOWN = 200
BEYOND = 2**63
FILE_KEPT = dt.timedelta(days=1)
JOB_KEPT = dt.timedelta(days=30)


@dataclass(frozen=True)
class Jobs:
    """The door to the jobs of one database, for one principal: their own, or everybody's for an administrator."""

    database: Database
    principal: Principal

    def start(self, kind: str, params: Mapping[str, Any]) -> int:
        """Ask for a job; its id. A worker begins it within about a second, if there is one."""
        with self.database.write() as connection:
            return rows.add_job(connection, kind, params, self.principal.id)

    def own(self) -> tuple[Job, ...]:
        """What this principal has asked for, the newest first."""
        return self._listed(self.principal.id)

    def list(self) -> tuple[Job, ...]:
        """What this principal may see, the newest first."""
        return self._listed(None if self.principal.administrator else self.principal.id)

    def _listed(self, asked_by: int | None) -> tuple[Job, ...]:
        with self.database.read() as connection:
            return tuple(job_of(row) for row in rows.jobs(connection, asked_by, SHOWN))

    def get(self, job_id: int) -> Job:
        """One job.

        Raises:
            Missing: there is none, or it is somebody else's.
        """
        row = None
        if 0 < job_id < BEYOND:
            with self.database.read() as connection:
                row = rows.job(connection, job_id)
        found = job_of(row) if row else None
        if found is None or not (self.principal.administrator or found.asked_by == self.principal.id):
            raise Missing("_job", job_id)
        return found

    def acts(self, job_id: int) -> tuple[int, ...]:
        """The acts by which all that a job has done to records can be undone, in their order.

        Raises:
            Missing: there is none, or it is somebody else's.
        """
        self.get(job_id)
        with self.database.read() as connection:
            return tuple(number for number, _ in rows.acts(connection, job_id))

    def cancel(self, job_id: int) -> None:
        """Have a job end: at once where it waits, soon where it runs.

        Raises:
            Missing: there is none, or it is somebody else's.
        """
        self.get(job_id)
        with self.database.write() as connection:
            rows.cancel(connection, job_id)


@dataclass(frozen=True)
class Made:
    """The folder of files that jobs have made. Each is kept for a day, and only for whoever asked for it."""

    folder: Path

    def path(self, job: Job, principal: Principal) -> Path | None:
        """Where the file of a job is; None where it has none for this principal, or no longer."""
        if job.outcome is None or not job.outcome.file or job.asked_by != principal.id:
            return None
        path = self.folder / job.outcome.file
        return path if path.is_file() else None

    def new(self, name: str) -> Path:
        """The path of a file to be made."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / name

    def sweep(self, database: Database) -> int:
        """Remove files that are older than a day, and jobs that ended long ago; how many files."""
        count, oldest = 0, time.time() - FILE_KEPT.total_seconds()
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            with suppress(OSError):  # it has gone meanwhile, or somebody is reading it
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    count += 1
        with database.write() as connection:
            rows.forget_jobs(connection, dt.datetime.now(dt.UTC) - JOB_KEPT)
        return count
