"""Sums beyond the whole numbers of a database are exact, on each database, whoever adds them up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from engine.grouping import Amount, Grouping, Key
from engine.model import Configuration
from engine.records import Edit, Records
from engine.records.reporting import Reporting
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database

LARGE = Decimal("99999999999.9999")
FIRM: dict[str, Any] = {
    "kartoteka": 1,
    "name": "firm",
    "entities": {
        "client": {"fields": {"city": {"type": "text"}}},
        "deal": {
            "fields": {
                "client": {"type": "reference", "to": "client"},
                "worth": {"type": "decimal", "scale": 4},
                "pieces": {"type": "integer"},
            }
        },
    },
}


@pytest.fixture
def deals(database_url: str) -> Iterator[Records]:
    """Twelve deals of so much that a handful of them is beyond a whole number of 64 bits."""
    configuration = Configuration.model_validate(FIRM)
    database = ready_database(database_url, configuration)
    records = Records(database, describe_tables(configuration), SYSTEM)
    client = records.create("client", Edit({"city": "Oslo"})).id
    for number in range(12):
        own = client if number < 11 else None
        records.create("deal", Edit({"client": own, "worth": LARGE, "pieces": 10**9}))
    yield records
    database.close()


@pytest.mark.parametrize("large", [0, 50_000])
@pytest.mark.parametrize("path", ["client", "client.city"])
def test_a_sum_has_no_bound(deals: Records, path: str, large: int) -> None:
    amounts = tuple(Amount(kind, expression="worth * 900") for kind in ("sum", "average", "max"))
    asked = Grouping("deal", (Key(path),), amounts, ((), (0,)))
    reporting = Reporting(deals.database, deals.tables, deals.rights, large)
    found = reporting.answer(asked).groups
    (total,) = found[()].values()
    assert [tally.value for tally in total] == [12 * 900 * LARGE, 900 * LARGE, 900 * LARGE]
    assert sorted((keys == (None,), tallies[0].value) for keys, tallies in found[0,].items()) == [
        (False, 11 * 900 * LARGE),
        (True, 900 * LARGE),
    ]
    # The database adds up by itself again.
    assert (
        reporting.answer(Grouping("deal", (), (Amount("sum", "pieces"),), ((),))).groups[()][()][0].value == 12 * 10**9
    )


def test_fewer_decimals_leave_more_digits_before_the_point(deals: Records) -> None:
    amounts = tuple(Amount("max", expression=text) for text in ("worth / 3", "ROUND(worth / 3; 2)"))
    answer = Reporting(deals.database, deals.tables, deals.rights).answer(Grouping("deal", (), amounts, ((),)))
    ((long, short),) = answer.groups[()].values()
    assert (long.value, long.errors) == (None, 12)
    assert (short.value, short.errors) == (Decimal("33333333333.33"), 0)
