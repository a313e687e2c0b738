"""Fixtures for every test: a fresh database on each of the two systems."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql
from tests.compiled import compile_once
from tests.surroundings import IN_CI, absent, write_into_memory

# A busy machine is slow now and then, which is no fault; in CI the same examples every time.
settings.register_profile("house", deadline=None, derandomize=IN_CI, print_blob=True)
settings.load_profile("house")
# Before any test module takes the names of what it makes.
compile_once()


LONG = ("noninterference", "browser", "calc", "security")
"""Folders of files that take minutes: they begin first, so that none is left to one worker at the end."""


def pytest_configure() -> None:
    write_into_memory()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(folder in item.path.parts for folder in LONG))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of this test process alone; stopped and removed at the end."""
    with postgresql.running() as server:
        yield server


@contextmanager
def empty_postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    missing = postgresql.missing()
    if missing:
        absent(missing)
    server: postgresql.Server = request.getfixturevalue("postgresql_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that only this test uses."""
    with empty_postgresql(request) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{(tmp_path / 'records.sqlite').as_posix()}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on SQLite and once on PostgreSQL: what the engine promises, it promises on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def lasting_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for all tests of a module together: for those that only read, or that do not mind each other."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path_factory.mktemp('lasting') / 'records.sqlite').as_posix()}"
        return
    with empty_postgresql(request) as url:
        yield url
