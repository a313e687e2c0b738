"""The business abroad, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.rates import ExchangeRates
from engine.records import Records
from engine.rights import SYSTEM
from tests.engine.rates.abroad import open_abroad


@pytest.fixture
def business(database_url: str) -> Iterator[Records]:
    records = open_abroad(database_url)
    yield records
    records.database.close()


@pytest.fixture
def rates(business: Records) -> ExchangeRates:
    return ExchangeRates(business.database, business.tables, SYSTEM)
