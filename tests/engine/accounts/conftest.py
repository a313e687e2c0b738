"""Cheap hashes for tests that are not about hashes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from engine.accounts import passwords
from engine.storage import Database
from tests.shop import open_shop


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing, unless the test asks for `real_hashes`."""
    if "real_hashes" not in request.fixturenames:
        monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def real_hashes() -> None:
    """Ask for this to have hashes as the program makes them."""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty shop on SQLite; on both databases for tests that also ask for `database_url`."""
    wanted = "database_url" if "database_url" in request.fixturenames else "sqlite_url"
    shop = open_shop(request.getfixturevalue(wanted))
    yield shop.database
    shop.database.close()
