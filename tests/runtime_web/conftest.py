"""An application over an empty shop, with an administrator and a user, as the tests of pages need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from engine.accounts import passwords
from tests.runtime_web.visitor import Site, open_site


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing; that the real ones cost enough is a test of its own."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Opens sites and closes their databases at the end."""
    opened: list[Site] = []

    def make(url: str, **settings: object) -> Site:
        site = open_site(url, tmp_path / "files", **settings)
        opened.append(site)
        return site

    yield make
    for site in opened:
        site.workspace.database.close()


@pytest.fixture
def site(make_site: Callable[..., Site], sqlite_url: str) -> Site:
    """A site on SQLite with the users ana (administrator) and ben."""
    found = make_site(sqlite_url)
    found.add_people()
    return found


@pytest.fixture
def any_site(make_site: Callable[..., Site], database_url: str) -> Site:
    """The same, once on each database."""
    found = make_site(database_url)
    found.add_people()
    return found
