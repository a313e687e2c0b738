"""A small configuration that many tests share: clients, products, orders with lines, payments."""

from __future__ import annotations

from typing import Any

from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM, Principal
from engine.storage.tables import describe_tables
from tests.ready import ready_database

SHOP: dict[str, Any] = {
    "kartoteka": 1,
    "name": "shop",
    "entities": {
        "client": {
            "fields": {
                "name": {"type": "text", "required": True},
                "code": {"type": "text", "unique": True},
                "city": {"type": "text"},
                "vip": {"type": "boolean"},
                "since": {"type": "date"},
                "seen": {"type": "datetime"},
                "status": {"type": "choice", "options": ["new", "regular", "gone"], "default": "new"},
                "tags": {"type": "multi_choice", "options": ["a", "b", "c"]},
                "partners": {"type": "multi_reference", "to": "client"},
                "agent": {"type": "reference", "to": "client", "on_delete": "clear"},
                "phone": {"type": "phone", "country": "FI"},
                "orders": {"type": "related", "of": "order", "by": "client"},
            },
            "notes": ["comment", "call", "email", "meeting"],
        },
        "product": {
            "fields": {
                "name": {"type": "text"},
                "price": {"type": "money", "currency": "EUR"},
                "weight": {"type": "decimal", "scale": 3},
            }
        },
        "order": {
            "kind": "document",
            "fields": {
                "number": {"type": "sequence", "mask": "ORD-{YYYY}-{####}", "reset": "year"},
                "date": {"type": "date", "required": True, "default": "2026-03-01"},
                "client": {"type": "reference", "to": "client", "required": True},
                "total": {"type": "money", "currency": "EUR"},
                "comment": {"type": "long_text"},
                "lines": {"type": "lines", "of": "order_line"},
                "payments": {"type": "related", "of": "payment", "by": "order"},
            },
            "views": {"all": {"columns": ["number", "date", "client", "total"], "sort": ["-date"]}},
        },
        "order_line": {
            "kind": "child",
            "fields": {
                "product": {"type": "reference", "to": "product", "required": True},
                "quantity": {"type": "decimal", "scale": 3},
                "price": {"type": "money", "currency": "EUR"},
            },
        },
        "payment": {
            "kind": "document",
            "fields": {
                "date": {"type": "date"},
                "order": {"type": "reference", "to": "order", "on_delete": "cascade"},
                "amount": {"type": "money", "currency": "EUR"},
            },
        },
    },
}


def shop_configuration() -> Configuration:
    """The configuration as a valid tree."""
    return Configuration.model_validate(SHOP)


def open_shop(url: str, principal: Principal = SYSTEM) -> Records:
    """An empty shop in the database at `url`."""
    configuration = shop_configuration()
    database = ready_database(url, configuration)
    return Records(database, describe_tables(configuration), principal)
