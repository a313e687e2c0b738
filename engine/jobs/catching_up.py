"""The job that brings computed fields up to date which a save has put off."""

from __future__ import annotations

import time

from engine.jobs.job import Outcome
from engine.jobs.work import Work
from engine.records import CATCHING_UP
from engine.schema import applications_within
from engine.storage import Collided, Connection, Database
from engine.storage import catching_up as storage
from engine.storage.jobs import add_job, is_asked
from engine.storage.stale import count, pending

PORTION = 2000
PAUSE_SECONDS = 0.05
"""Between two portions: SQLite has one writer at a time, and those who wait for it look only now and then."""
COUNT_EVERY = 20
TRIES = 10


def catching_up_job(work: Work) -> Outcome:
    """Compute portion after portion until nothing is left, also of what comes meanwhile."""
    done, portions, collided = 0, 0, 0
    with work.database.read() as connection:
        left = count(connection)
    work.progress(0, left)
    while True:
        try:
            handled = _portion(work)
        except Collided:
            collided += 1
            if collided > TRIES:
                raise
            continue
        if handled == 0:
            return Outcome("caught-up", {"count": done})
        done, portions, collided = done + max(handled, 0), portions + 1, 0
        left = max(left - handled, 0)
        if portions % COUNT_EVERY == 0 or not left:
            with work.database.read() as connection:
                left = count(connection)
        work.progress(done, done + left)
        time.sleep(PAUSE_SECONDS if work.database.sqlite else 0)


class _Outdated(Exception):
    """Another configuration has been applied while this was computed by the one before."""


def _portion(work: Work) -> int:
    """How many records a portion had; -1 for one that has to be done again."""
    number, tables = work.applied.current()
    try:
        with work.database.write() as connection:
            handled = storage.catch_up(work.database, tables, connection, PORTION)
            # Asked last: whoever has waited for records that an application has changed sees that it is there.
            _check_current(connection, number)
    except _Outdated:
        return -1
    return handled


def _check_current(connection: Connection, number: int) -> None:
    if applications_within(connection) != number:
        raise _Outdated


def resume(database: Database) -> None:
    """Ask for the job where something waits for it and nobody has: the last one may have been given up."""
    with database.write() as connection:
        if pending(database, connection) and not is_asked(connection, CATCHING_UP):
            add_job(connection, CATCHING_UP, {}, None)
