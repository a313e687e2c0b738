"""Bills whose sums are those of their lines: computed fields that read one record alone, and one that reads another."""

from __future__ import annotations

from typing import Any

from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database

EUR = {"type": "money", "currency": "EUR"}
BILLS: dict[str, Any] = {
    "kartoteka": 1,
    "name": "bills",
    "entities": {
        "client": {"fields": {"name": {"type": "text", "required": True}, "discount": {"type": "percent"}}},
        "bill": {
            "fields": {
                "client": {"type": "reference", "to": "client"},
                "rate": {"type": "percent"},
                "paid": EUR,
                "lines": {"type": "lines", "of": "bill_line"},
                "net": {**EUR, "formula": "SUM(lines.amount)"},
                "vat": {**EUR, "formula": "ROUND(net * rate, 2)"},
                "total": {**EUR, "formula": "net + vat"},
                "share": {"type": "percent", "scale": 4, "formula": "total / paid"},
                "due": {**EUR, "formula": "total * (1 - client.discount)"},
            }
        },
        "bill_line": {
            "kind": "child",
            "fields": {
                "quantity": {"type": "decimal", "scale": 3},
                "price": EUR,
                "amount": {**EUR, "formula": "quantity * price"},
            },
        },
    },
}


def open_bills(url: str) -> Records:
    """No bills yet, in the database at `url`."""
    configuration = Configuration.model_validate(BILLS)
    database = ready_database(url, configuration)
    return Records(database, describe_tables(configuration), SYSTEM)
