"""An empty shop on each database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from engine.records import Edit, Records
from tests import postgresql
from tests.shop import open_shop
from tests.surroundings import absent


@pytest.fixture
def shop(database_url: str) -> Iterator[Records]:
    records = open_shop(database_url)
    yield records
    records.database.close()


CLIENTS: tuple[dict[str, Any], ...] = (
    {
        "name": "Alfa",
        "city": "Oslo",
        "since": dt.date(2020, 1, 1),
        "status": "regular",
        "tags": ("a", "b"),
        "vip": True,
    },
    {
        "name": "Ёлкин Пётр",
        "city": "Москва",
        "since": dt.date(2021, 6, 1),
        "status": "new",
        "tags": ("b",),
        "phone": "+358401234567",
    },
    {
        "name": "Șef 100% SRL",
        "city": "Chișinău",
        "status": "gone",
        "seen": dt.datetime(2026, 1, 1, 23, 30, tzinfo=dt.UTC),
    },
    {"name": "beta_x", "since": dt.date(2021, 6, 2), "status": None},
)


def _fill(shop: Records) -> None:
    for values in CLIENTS:
        shop.create("client", Edit(values))


@pytest.fixture
def fresh(shop: Records) -> Records:
    """A shop with four clients, for tests that add to it."""
    _fill(shop)
    return shop


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """The same shop, made once for all tests that only read."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{(tmp_path_factory.mktemp('shop') / 'shop.sqlite').as_posix()}"
        elif missing := postgresql.missing():
            absent(missing)
        else:
            server: postgresql.Server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        records = open_shop(url)
        _fill(records)
        yield records
        records.database.close()
