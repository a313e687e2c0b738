"""A business that buys and sells in many currencies: amounts converted at the day's rate, and what depends on them."""

from __future__ import annotations

import copy
from typing import Any

from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database

ABROAD: dict[str, Any] = {
    "kartoteka": 1,
    "name": "abroad",
    "currency": "EUR",
    "entities": {
        "customer": {
            "fields": {
                "name": {"type": "text", "required": True},
                "bills": {"type": "related", "of": "bill", "by": "customer"},
                "turnover": {"type": "money", "currency": "EUR", "formula": "SUM(bills.home)"},
            }
        },
        "bill": {
            "kind": "document",
            "fields": {
                "date": {"type": "date"},
                "customer": {"type": "reference", "to": "customer"},
                "money": {"type": "currency"},
                "amount": {"type": "money", "currency": "money"},
                "home": {"type": "money", "currency": "EUR", "formula": 'ROUND(CONVERT(amount; "EUR"; date); 2)'},
                "dollars": {"type": "money", "currency": "USD", "formula": 'CONVERT(amount; "USD"; date)'},
                "words": {"type": "text", "formula": 'IF(home > 100; "large"; "small")'},
                "limit": {"type": "money", "currency": "EUR", "default": '=CONVERT(amount; "EUR"; date) * 2'},
            },
            "checks": [{"that": 'CONVERT(amount; "EUR"; date) < 1000000', "else": "Too much at once."}],
        },
        "note": {"fields": {"text": {"type": "text"}, "loud": {"type": "text", "formula": "UPPER(text)"}}},
    },
}


def abroad(**changes: Any) -> Configuration:
    """The configuration as a valid tree, with other root keys where they are given."""
    return Configuration.model_validate({**copy.deepcopy(ABROAD), **changes})


def open_abroad(url: str) -> Records:
    """An empty business in the database at `url`."""
    configuration = abroad()
    database = ready_database(url, configuration)
    return Records(database, describe_tables(configuration), SYSTEM)
