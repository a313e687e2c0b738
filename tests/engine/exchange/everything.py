"""One entity with a field of every type that a sheet can hold, and random records of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database

FIELDS: dict[str, Any] = {
    "code": {"type": "text", "unique": True},
    "text": {"type": "text", "max_length": 1000},
    "long": {"type": "long_text"},
    "whole": {"type": "integer"},
    "weight": {"type": "decimal", "scale": 3, "label": "Weight; kg"},
    "rate": {"type": "decimal", "scale": 10},
    "price": {"type": "money", "currency": "EUR"},
    "coin": {"type": "currency"},
    "share": {"type": "percent"},
    "fine_share": {"type": "percent", "scale": 5},
    "yes": {"type": "boolean"},
    "day": {"type": "date"},
    "clock": {"type": "time"},
    "moment": {"type": "datetime"},
    "spent": {"type": "duration"},
    "kind": {
        "type": "choice",
        "options": [
            {"value": "a", "label": {"en": "b", "ru": "=Б"}},
            {"value": "b", "label": "C, d"},
            {"value": "c", "label": "1"},
        ],
    },
    "tags": {
        "type": "multi_choice",
        "options": [
            {"value": "x", "label": "One, two"},
            {"value": "y", "label": {"en": "Three; four", "ru": "Да"}},
            "z",
        ],
    },
    "next": {"type": "reference", "to": "thing", "on_delete": "clear"},
    "others": {"type": "multi_reference", "to": "thing"},
    "phone": {"type": "phone", "country": "FI"},
    "email": {"type": "email"},
    "site": {"type": "url"},
    "tax": {"type": "tax_id", "country": "FI"},
    "colour": {"type": "color"},
    "stars": {"type": "rating"},
}
CONFIGURATION = Configuration.model_validate(
    {
        "kartoteka": 1,
        "name": "everything",
        "entities": {
            "thing": {"title": "code", "fields": FIELDS | {"number": {"type": "sequence", "mask": "={####}"}}}
        },
    }
)
SIGNS = "'=+-@|% \t\n;,\".01aЁș\u00a0\u2028\u2014🙂"
TEXTS = st.text(alphabet=st.sampled_from(SIGNS), max_size=12) | st.text(st.characters(codec="utf-8"), max_size=12)
RAW: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "long": TEXTS,
    "whole": st.integers(1 - 10**15, 10**15 - 1) | st.integers(-3, 3),
    "weight": st.decimals(-(10**12) + 1, 10**12 - 1, places=3) | st.decimals(-9, 9, places=3),
    "rate": st.decimals(-(10**5) + 1, 10**5 - 1, places=10) | st.decimals(-2, 2, places=4),
    "price": st.decimals(-(10**13) + 1, 10**13 - 1, places=2) | st.decimals(-9999, 9999, places=2),
    "coin": st.sampled_from(["EUR", "USD", "RUB"]),
    "share": st.decimals(-99, 99, places=4) | st.decimals(0, 1, places=4),
    "fine_share": st.decimals(-1, 1, places=5),
    "yes": st.booleans(),
    "day": st.dates() | st.dates(dt.date(1899, 12, 1), dt.date(1900, 4, 1)),
    "clock": st.times(),
    "moment": st.datetimes(dt.datetime(3, 1, 1), dt.datetime(9990, 1, 1), timezones=st.just(dt.UTC))
    | st.datetimes(dt.datetime(2026, 10, 24, 22), dt.datetime(2026, 10, 25, 4), timezones=st.just(dt.UTC)),
    "spent": st.timedeltas(dt.timedelta(-1000), dt.timedelta(100_000)),
    "kind": st.sampled_from(["a", "b", "c"]),
    "tags": st.sets(st.sampled_from(["x", "y", "z"]), min_size=1).map(tuple),
    "next": st.integers(1, 3),
    "others": st.lists(st.integers(1, 3), unique=True, min_size=1).map(tuple),
    "phone": st.sampled_from(["+358401234567", "+358401234567;ext=12"]),
    "email": st.sampled_from(["a@example.com", "=a@example.com"]),
    "site": st.sampled_from(["https://example.com/a?b=c;d,e", "example.com"]),
    "tax": st.just("2077474-0"),
    "colour": st.just("#2a62b8"),
    "stars": st.integers(1, 5),
}
RECORDS = st.fixed_dictionaries({name: st.none() | values for name, values in RAW.items()})


def open_everything(url: str) -> Records:
    """An empty database of it."""
    database = ready_database(url, CONFIGURATION)
    return Records(database, describe_tables(CONFIGURATION), SYSTEM)
