"""Each code about jobs has a reproducer in jobs.yaml that is also its golden text."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.accounts import People
from engine.jobs import Jobs, Kind, Outcome
from engine.problems.entering import JOBS
from engine.rights import SYSTEM, Principal
from engine.storage import Database
from engine.storage import jobs as rows
from tests.engine.jobs.slow import crew
from tests.shop import open_shop

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("jobs.yaml"))


def test_every_code_about_jobs_has_a_case() -> None:
    assert [case["code"] for case in CASES] == list(JOBS)


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_job_that_is_not_done_is_two_sentences(case: dict[str, Any], sqlite_url: str, tmp_path: Path) -> None:
    database = open_shop(sqlite_url).database
    asked = provoke(database, case["does"])
    working = crew(sqlite_url, tmp_path)
    working.kinds = {"look": Kind(lambda work: Outcome(work.principal.name))}
    working.start()
    jobs, end = Jobs(database, SYSTEM), time.monotonic() + 20
    while not jobs.get(asked).ended and time.monotonic() < end:
        time.sleep(0.02)
    (found,) = jobs.get(asked).problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["text"])
    working.stop()
    working.database.close()
    database.close()


def provoke(database: Database, does: str) -> int:
    """Ask for the job of a case; its id."""
    if does == "asks and leaves":
        people = People(database)
        people.add("eve", "Eve", administrator=True, password="three quiet herons")
        ann = Principal(people.add("ann", "Ann", password="three quiet herons")[0], "Ann")
        asked = Jobs(database, ann).start("look", {})
        people.set_active(ann.id or 0, active=False)
        return asked
    asked = Jobs(database, SYSTEM).start("look" if does == "kills three workers" else "fly", {})
    for attempt in (1, 2, 3) if does == "kills three workers" else ():
        with database.write() as connection:
            rows.begin(connection, asked, "killed")
            rows.hand_back(connection, asked, attempt, died=True)
    return asked
