"""Jobs: begun soon, seen while they run, cancelled, and taken up again whatever happens to their worker."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.accounts import People
from engine.jobs import Crew, Job, Jobs, Kind, Outcome, Work
from engine.jobs import crew as crews
from engine.problems import Refused, problem
from engine.records import Missing
from engine.rights import SYSTEM, Principal
from engine.storage import Database
from engine.storage import jobs as rows
from tests.engine.jobs.slow import crew
from tests.shop import open_shop
from tests.surroundings import ROOT

LONG = 360_000
"""An hour: nothing that a test waits for."""


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    records = open_shop(database_url)
    yield records.database
    records.database.close()


@pytest.fixture
def make(database_url: str, database: Database, tmp_path: Path) -> Iterator[Callable[..., Crew]]:
    """Starts crews and ends them; `database` is there so that it is closed after them."""
    started: list[Crew] = []

    def begin(name: str = "tests", *, start: bool = True) -> Crew:
        made = crew(database_url, tmp_path / "made", name)
        started.append(made)
        if start:
            made.start()
        return made

    yield begin
    for one in started:
        one.stop()
        one.database.close()


def until(jobs: Jobs, job_id: int, holds: Callable[[Job], bool], seconds: float = 30) -> Job:
    end = time.monotonic() + seconds
    while not holds(found := jobs.get(job_id)):
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return found


def ended(found: Job) -> bool:
    return found.ended


def under_way(found: Job) -> bool:
    return found.state == "running" and found.done > 0


def test_a_job_is_begun_within_a_second_and_says_what_came_of_it(database: Database, make: Callable[..., Crew]) -> None:
    make()
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 3})
    found = until(jobs, asked, ended)
    assert (found.state, found.outcome, found.done, found.total) == ("done", Outcome("counted", {"count": 3}), 3, 3)
    assert found.started_at
    assert (found.started_at - found.created_at).total_seconds() < 1.5


def test_it_can_be_seen_how_far_a_job_is_and_it_can_be_cancelled(database: Database, make: Callable[..., Crew]) -> None:
    make()
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": LONG})
    found = until(jobs, asked, under_way)
    assert (found.total, found.cancelling) == (LONG, False)
    jobs.cancel(asked)
    assert until(jobs, asked, ended).state == "cancelled"


def test_a_job_that_waits_is_cancelled_at_once(database: Database, make: Callable[..., Crew]) -> None:
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 1})
    jobs.cancel(asked)
    make()
    later = jobs.start("count", {"to": 1})
    until(jobs, later, ended)
    assert (jobs.get(asked).state, jobs.get(asked).started_at) == ("cancelled", None)


def test_a_job_that_a_worker_leaves_is_finished_by_the_next(database: Database, make: Callable[..., Crew]) -> None:
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 150})
    first = make("first")
    until(jobs, asked, under_way)
    first.stop()
    assert jobs.get(asked).state == "waiting"
    make("second")
    assert until(jobs, asked, ended).state == "done"


@pytest.mark.parametrize("name", ["same", "other"])
def test_a_job_whose_worker_is_killed_is_finished_by_the_next(
    database_url: str,
    database: Database,
    make: Callable[..., Crew],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setattr(crews, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(crews, "DEAD_SECONDS", 2.5)
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 300})
    command = [sys.executable, "-m", "tests.engine.jobs.slow", database_url, str(tmp_path), "same"]
    killed = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    until(jobs, asked, under_way)
    killed.kill()
    killed.wait()
    assert jobs.get(asked).state == "running"
    begun = time.monotonic()
    make(name)
    found = until(jobs, asked, ended)
    assert (found.state, found.outcome) == ("done", Outcome("counted", {"count": 300}))
    assert name == "other" or time.monotonic() - begun < 8


def test_a_job_that_lives_is_left_alone(
    database: Database, make: Callable[..., Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(crews, "DEAD_SECONDS", 2.5)
    jobs = Jobs(database, SYSTEM)
    make("first")
    asked = jobs.start("count", {"to": 500})
    until(jobs, asked, under_way)
    make("second")
    until(jobs, asked, ended)
    with database.read() as connection:
        assert connection.execute(text("SELECT attempt FROM _job")).scalar_one() == 1


def test_a_job_that_waits_without_a_message_gets_one(
    database: Database, make: Callable[..., Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(crews, "DEAD_SECONDS", 1.0)
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 1})
    with database.write() as connection:
        rows.clear_queue(connection)
    make()
    assert until(jobs, asked, ended).state == "done"


def test_a_job_that_workers_die_of_is_given_up(database: Database, make: Callable[..., Crew]) -> None:
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 1})
    for attempt in (1, 2, 3):
        with database.write() as connection:
            assert rows.begin(connection, asked, "killed")
            assert rows.hand_back(connection, asked, attempt, died=True)
    make()
    found = until(jobs, asked, ended)
    assert (found.state, [one.code for one in found.problems]) == ("failed", ["job-given-up"])


def test_who_comes_back_from_the_dead_changes_nothing(database: Database) -> None:
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("count", {"to": 1})
    with database.write() as connection:
        rows.begin(connection, asked, "first")
        rows.hand_back(connection, asked, 1, died=True)
        rows.begin(connection, asked, "second")
        assert rows.see(connection, asked, 1, 5, 5) is None
        assert not rows.end(connection, asked, 1, {"state": "done"})
        assert not rows.hand_back(connection, asked, 1)
        assert rows.see(connection, asked, 2, 5, 5) is False


def test_a_mistake_of_the_program_is_a_number_that_the_log_has_too(
    database: Database, make: Callable[..., Crew], caplog: pytest.LogCaptureFixture
) -> None:
    make()
    jobs = Jobs(database, SYSTEM)
    with caplog.at_level(logging.ERROR, "kartoteka"):
        found = until(jobs, jobs.start("fail", {}), ended)
    assert found.state == "failed"
    assert found.reference
    assert found.reference in caplog.text
    assert "secret of" in caplog.text
    assert "secret" not in str(found)


def test_what_is_refused_is_told_as_on_a_page(database: Database, make: Callable[..., Crew]) -> None:
    made = make(start=False)

    def refuse(_: Work) -> Outcome:
        raise Refused([problem("export-too-long", path=("a",), limit="7")])

    made.kinds = {"refuse": Kind(refuse)}
    made.start()
    jobs = Jobs(database, SYSTEM)
    found = until(jobs, jobs.start("refuse", {}), ended)
    assert found.problems == (problem("export-too-long", path=("a",), limit="7"),)


def test_a_file_is_for_the_one_who_asked_and_goes_after_a_day(
    database: Database, make: Callable[..., Crew], tmp_path: Path
) -> None:
    made = make().made
    ann, bob = (
        Principal(People(database).add(login, login, password="three quiet herons")[0], login, login == "bob")
        for login in ("ann", "bob")
    )
    jobs = Jobs(database, ann)
    found = until(jobs, jobs.start("write", {"to": 1}), ended)
    path = made.path(found, ann)
    assert path
    assert path.read_text(encoding="utf-8") == "made\n"
    assert made.path(found, bob) is None
    assert made.sweep(database) == 0
    old = time.time() - 25 * 3600
    os.utime(path, (old, old))
    assert made.sweep(database) == 1
    assert made.path(found, ann) is None


def test_a_file_of_a_job_that_is_cancelled_does_not_stay(
    database: Database, make: Callable[..., Crew], tmp_path: Path
) -> None:
    make()
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("write", {"to": LONG})
    until(jobs, asked, under_way)
    assert len(list((tmp_path / "made").iterdir())) == 1
    jobs.cancel(asked)
    until(jobs, asked, ended)
    assert list((tmp_path / "made").iterdir()) == []


def test_everybody_sees_their_own_jobs_and_an_administrator_all(database: Database) -> None:
    people = People(database)
    ann = Principal(people.add("ann", "Ann", password="three quiet herons")[0], "Ann")
    bob = Principal(people.add("bob", "Bob", password="three quiet herons")[0], "Bob")
    chief = Principal(people.add("eve", "Eve", password="three quiet herons")[0], "Eve", administrator=True)
    asked = Jobs(database, ann).start("count", {"to": 1})
    assert [(found.id, found.asker) for found in Jobs(database, ann).list()] == [(asked, "Ann")]
    assert Jobs(database, bob).list() == ()
    assert [found.id for found in Jobs(database, chief).list()] == [asked]
    for nothing in (asked, 0, -1, 2**70):
        with pytest.raises(Missing):
            Jobs(database, bob).get(nothing)
    with pytest.raises(Missing):
        Jobs(database, bob).cancel(asked)
    assert Jobs(database, chief).get(asked).state == "waiting"


def test_what_somebody_asked_who_may_sign_in_no_more_is_not_done(database: Database, make: Callable[..., Crew]) -> None:
    made = make(start=False)
    made.kinds = {"look": Kind(lambda work: Outcome(work.records().principal.name))}
    people = People(database)
    people.add("eve", "Eve", administrator=True, password="three quiet herons")
    ann = Principal(people.add("ann", "Ann", password="three quiet herons")[0], "Ann")
    jobs = Jobs(database, ann)
    first, second = jobs.start("look", {}), 0
    made.start()
    assert until(jobs, first, ended).outcome == Outcome("Ann")
    people.set_active(ann.id or 0, active=False)
    second = jobs.start("look", {})
    assert [one.code for one in until(jobs, second, ended).problems] == ["job-asker-gone"]
