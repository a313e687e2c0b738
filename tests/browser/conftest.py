"""A real browser for the tests below: any complaint of the page fails the test that opened it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from waitress.server import create_server

from engine.accounts import passwords
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.company import QUICK, Company, fill, open_company
from tests.browser.watched import Pages
from tests.runtime_web.visitor import Site
from tests.surroundings import absent

HERE = Path(__file__).parent
# Nothing waits that long on an idle machine; a busy one is no fault.
expect.set_options(timeout=30_000)
Serve = Callable[[Any], str]
CLIENTS = 40
"""So many make 400 orders: enough to page through, and quickly made."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One browser for all tests of this process; each test gets contexts of its own from `pages`."""
    program = executable()
    if program is None:
        absent("No Chromium, Chrome or Edge is installed.")
    driver: Playwright = request.getfixturevalue("playwright")
    started = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
    yield started
    started.close()


@pytest.fixture
def pages(browser: Browser) -> Iterator[Pages]:
    """Opens pages in contexts of their own and, at the end, fails the test on what any of them complained about."""
    opened = Pages(browser)
    yield opened
    complaints = opened.close()
    assert complaints == []


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serves a WSGI application on a free port of this machine until the module's tests are done; gives its address."""
    running: list[tuple[Any, threading.Thread]] = []

    def start(application: Any) -> str:
        server = create_server(application, host="127.0.0.1", port=0, threads=6)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.effective_port}"

    yield start
    for server, thread in running:
        # In the thread that waits for the socket: closed by another one, it is sometimes asked for once more.
        server.trigger.pull_trigger(server.close)
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def quick_hashes() -> Iterator[None]:
    """Passwords are hashed quickly while these tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", QUICK)
        yield


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo data, which each module copies."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder, CLIENTS)
    return folder


@pytest.fixture(scope="module")
def company(
    browser: Browser, filled: Path, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """The sample company with the users ana (administrator) and ben, for all tests of a module."""
    folder = tmp_path_factory.mktemp("company")
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    with served(open_company(folder), serve) as company:
        yield company


@pytest.fixture(scope="module")
def empty_company(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """The same with nothing in it yet."""
    folder = tmp_path_factory.mktemp("empty")
    fill(folder, 0)
    with served(open_company(folder), serve) as company:
        yield company


@contextmanager
def served(site: Site, serve: Serve) -> Iterator[Company]:
    site.add_people()
    if "senior_manager" in site.workspace.configuration.roles:
        # Whoever is no administrator would see nothing of the sample, whose roles say who sees what.
        site.workspace.people.set_roles(2, ["senior_manager"])
    yield Company(site, serve(site.app))
    site.workspace.database.close()
