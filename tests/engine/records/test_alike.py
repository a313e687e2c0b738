"""Records that may be the same thing entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.model import Configuration
from engine.records import Edit, Records
from engine.records.alike import alike, telling_fields
from engine.rights import SYSTEM, Principal
from engine.storage.tables import describe_tables
from tests.ready import ready_database

FIRMS: dict[str, Any] = {
    "kartoteka": 1,
    "name": "firms",
    "country": "FI",
    "entities": {
        "firm": {
            "fields": {
                "name": {"type": "text"},
                "tax": {"type": "tax_id", "country": "FI"},
                "phone": {"type": "phone", "country": "FI"},
                "mobile": {"type": "phone", "country": "FI"},
                "mail": {"type": "email"},
                "number": {"type": "integer", "unique": True},
                "code": {"type": "sequence", "mask": "{###}", "unique": True},
                "city": {"type": "text"},
            }
        },
        "visit": {"kind": "document", "fields": {"what": {"type": "text"}, "when": {"type": "date"}}},
    },
    "roles": {
        "clerk": {
            "grants": [{"entity": "firm", "can": ["read"], "where": 'city <> "Oslo"', "fields": {"tax": "hidden"}}]
        }
    },
}


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    configuration = Configuration.model_validate(FIRMS)
    database = ready_database(database_url, configuration)
    found = Records(database, describe_tables(configuration), SYSTEM)
    for values in (
        {
            "name": "Nordic Timber Oy",
            "tax": "2077474-0",
            "phone": "040 123 4567",
            "mail": "Info@Timber.fi",
            "number": 7,
        },
        {"name": "Северная верфь ООО", "mobile": "+358 50 765 4321"},
        {"name": "Oslo Fjord Ltd", "city": "Oslo", "mail": "fjord@oslo.example"},
    ):
        described = configuration.entities["firm"].fields
        found.create("firm", Edit({name: described[name].accept(value) for name, value in values.items()}))
    yield found
    database.close()


def told(records: Records, besides: int | None = None, **typed: Any) -> list[tuple[str, str, int, bool]]:
    fields = records.tables.configuration.entities["firm"].fields
    values = {name: fields[name].accept(value) for name, value in typed.items()}
    return [(one.field, one.by, one.id, one.similar) for one in alike(records, "firm", values, besides)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"tax": "FI20774740"}, [("tax", "tax", 1, False)]),
        ({"phone": "+358401234567"}, [("phone", "phone", 1, False)]),
        ({"phone": "050 7654321"}, [("phone", "mobile", 2, False)]),
        ({"mail": "INFO@timber.fi"}, [("mail", "mail", 1, False)]),
        ({"number": 7}, [("number", "number", 1, False)]),
        ({"name": "nordic  TIMBER"}, [("name", "name", 1, True)]),
        ({"name": "Timber Nordic Ltd"}, [("name", "name", 1, True)]),
        ({"name": "Nordik Timber"}, [("name", "name", 1, True)]),
        ({"name": "Северная верфъ"}, [("name", "name", 2, True)]),
        ({"name": "Nordic Paper"}, []),
        ({"name": "Oy"}, []),
        ({"name": "N"}, []),
        ({"name": "%", "city": "Oslo", "number": 8, "phone": None}, []),
        ({"name": "Nordic Timber Oy", "mail": "info@timber.fi"}, [("mail", "mail", 1, False)]),
    ],
)
def test_equal_numbers_and_similar_names(
    records: Records, typed: dict[str, Any], found: list[tuple[str, str, int, bool]]
) -> None:
    assert told(records, **typed) == found


def test_a_record_is_not_like_itself_nor_like_what_was_deleted(records: Records) -> None:
    assert told(records, 1, name="Nordic Timber", number=7) == []
    records.delete("firm", [1])
    assert told(records, name="Nordic Timber", tax="2077474-0") == []


def test_what_one_may_not_see_is_like_nothing(records: Records) -> None:
    clerk = Records(records.database, records.tables, Principal(1, "Clerk", roles=frozenset({"clerk"})))
    assert telling_fields(records, "firm") == ("tax", "phone", "mobile", "mail", "number", "name")
    assert telling_fields(clerk, "firm") == ("phone", "mobile", "mail", "number", "name")
    assert told(clerk, tax="2077474-0", mail="fjord@oslo.example", name="Oslo Fjord") == []
    assert told(clerk, name="Nordic Timber") == [("name", "name", 1, True)]
    with pytest.raises(KeyError):
        alike(clerk, "visit", {})
    assert telling_fields(records, "visit") == ()
