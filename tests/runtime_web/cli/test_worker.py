"""kartoteka worker: does jobs without any page, ends when it is told, and says what is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from engine.jobs import Jobs
from engine.rights import SYSTEM
from tests.runtime_web.cli.conftest import Terminal
from tests.shop import open_shop
from tests.surroundings import ROOT

WINDOWS = sys.platform == "win32"


def start(url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "runtime_web.cli", "--database", url, "worker"]
    key = {"KARTOTEKA_SECRET_KEY": "only-for-these-tests-0123456789-abcdef", "PYTHONUNBUFFERED": "1"}
    flags = subprocess.CREATE_NEW_PROCESS_GROUP if WINDOWS else 0  # type: ignore[attr-defined,unused-ignore]
    pipe = subprocess.PIPE
    environment = {**os.environ, **key}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", creationflags=flags
    )


def test_it_works_until_it_is_told_to_stop(database_url: str) -> None:
    database = open_shop(database_url).database
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("nothing", {})
    working = start(database_url)
    end = time.monotonic() + 30
    while not jobs.get(asked).ended and time.monotonic() < end:
        time.sleep(0.05)
    assert [found.code for found in jobs.get(asked).problems] == ["job-unknown"]
    database.close()
    working.send_signal(signal.CTRL_BREAK_EVENT if WINDOWS else signal.SIGINT)  # type: ignore[attr-defined,unused-ignore]
    out, err = working.communicate(timeout=20)
    assert "Traceback" not in out + err
    if not WINDOWS:
        assert (working.returncode, out.splitlines()[-1]) == (0, "Stopped.")


def test_without_a_configuration_it_says_what_to_do(terminal: Terminal) -> None:
    assert "kartoteka apply" in terminal.run("worker", code=1).output


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing", "mysql://nobody@localhost/nothing"])
def test_a_database_that_is_not_there_is_said(terminal: Terminal, url: str) -> None:
    answer = terminal.run("--database", url, "worker", code=1)
    assert answer.output.startswith("The database cannot be")
