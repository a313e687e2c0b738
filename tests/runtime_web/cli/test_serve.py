"""kartoteka serve: two processes on one socket, a clean end, and clear sentences when it cannot start."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from engine.jobs import Jobs
from engine.rights import SYSTEM
from engine.schema import applied, apply
from engine.storage import Database
from runtime_web.cli.serve import AGAIN_SECONDS, PROCESSES
from tests.shop import open_shop
from tests.surroundings import ROOT

WINDOWS = sys.platform == "win32"


def start(url: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "runtime_web.cli", "--database", url, "serve", *arguments]
    environment = {
        **os.environ,
        "KARTOTEKA_SECRET_KEY": "only-for-these-tests-0123456789-abcdef",
        "PYTHONUNBUFFERED": "1",
    }
    flags = subprocess.CREATE_NEW_PROCESS_GROUP if WINDOWS else 0  # type: ignore[attr-defined,unused-ignore]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", creationflags=flags
    )


def address_of(server: subprocess.Popen[str]) -> str:
    assert server.stdout
    line = server.stdout.readline()
    found = re.search(r"http://localhost:\d+", line)
    assert found, line + (server.stderr.read() if server.stderr else "")
    return found.group()


def fetch(address: str) -> str:
    with urllib.request.urlopen(address + "/set-up", timeout=60) as answer:
        return str(answer.read().decode())


@pytest.fixture
def shop_url(sqlite_url: str) -> str:
    open_shop(sqlite_url).database.close()
    return sqlite_url


@pytest.fixture
def server(shop_url: str) -> Iterator[subprocess.Popen[str]]:
    running = start(shop_url, "--port", "0")
    yield running
    if running.poll() is None:
        running.kill()
    running.communicate()


def test_it_serves_until_it_is_told_to_stop(server: subprocess.Popen[str]) -> None:
    address = address_of(server)
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(fetch, [address] * 24))
    assert all("Create the account" in page for page in pages)
    server.send_signal(signal.CTRL_BREAK_EVENT if WINDOWS else signal.SIGINT)  # type: ignore[attr-defined,unused-ignore]
    out, err = server.communicate(timeout=60)
    assert "Traceback" not in out + err
    if not WINDOWS:
        assert server.returncode == 0
        assert "Stopped." in out
    with pytest.raises(OSError, match=r"refused|actively"):
        fetch(address)


def test_what_is_applied_meanwhile_is_served_without_a_new_start(shop_url: str, server: subprocess.Popen[str]) -> None:
    address = address_of(server)
    before = fetch(address)
    database = Database(shop_url)
    found = applied(database)
    assert found is not None
    assert "Bookshop" not in before
    apply(database, found.model_copy(update={"label": {"en": "Bookshop"}}), "tests")
    database.close()
    page, end = "", time.monotonic() + 60
    while "Bookshop" not in page and time.monotonic() < end:
        # A connection that an old process had taken up but not begun may end with it.
        with suppress(OSError):
            page = fetch(address)
    assert "Bookshop" in page


def children(server: subprocess.Popen[str]) -> list[str]:
    """The processes of a server that do something: those that the one which has loaded the program was copied to."""
    loaded = [one for one in begun_by(str(server.pid)) if b"forkserver" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return begun_by(*loaded)


def begun_by(*processes: str) -> list[str]:
    listed = (Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split() for one in processes)
    return [child for children in listed for child in children]


def begun(url: str) -> bool:
    """Whether a worker takes a job, be it one that nobody knows."""
    database = Database(url)
    jobs = Jobs(database, SYSTEM)
    asked = jobs.start("nothing", {})
    end = time.monotonic() + 30
    while not (found := jobs.get(asked)).ended and time.monotonic() < end:
        time.sleep(0.05)
    database.close()
    return [one.code for one in found.problems] == ["job-unknown"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="Children are counted in /proc.")
def test_a_worker_that_dies_is_started_again(shop_url: str, server: subprocess.Popen[str]) -> None:
    address_of(server)
    assert begun(shop_url)
    before = children(server)
    time.sleep(AGAIN_SECONDS)
    os.kill(int(before[-1]), signal.SIGKILL)
    assert begun(shop_url)
    assert len(set(children(server)) - set(before)) == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="Children are counted in /proc.")
def test_it_can_do_without_a_worker(shop_url: str) -> None:
    server = start(shop_url, "--port", "0", "--no-worker")
    fetch(address_of(server))
    assert len(children(server)) == PROCESSES
    server.kill()
    server.communicate()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="Children are counted in /proc.")
def test_there_are_two_processes_and_none_is_left_when_the_first_is_killed(server: subprocess.Popen[str]) -> None:
    address = address_of(server)
    fetch(address)
    servers = children(server)
    assert len(servers) == PROCESSES + 1  # the worker
    server.kill()
    server.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path(f"/proc/{child}").exists() for child in servers):
        time.sleep(0.05)
    assert not [child for child in servers if Path(f"/proc/{child}").exists()]


def test_a_port_that_is_taken_is_said(shop_url: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = start(shop_url, "--port", str(port))
        out, err = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert err.strip() == f"Port {port} is taken by another program. Stop that one, or choose another with --port."
    assert out == ""


def test_without_a_configuration_it_says_what_to_do(sqlite_url: str) -> None:
    refused = start(sqlite_url, "--port", "0")
    _, err = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert "kartoteka apply" in err
    assert "Traceback" not in err
