"""A configuration whose fields are computed from each other every way there is: five entities, in a circle of links."""

from __future__ import annotations

from typing import Any

from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from tests.ready import ready_database

TRADE: dict[str, Any] = {
    "kartoteka": 1,
    "name": "trade",
    "entities": {
        "client": {
            "fields": {
                "name": {"type": "text", "required": True},
                "discount": {"type": "percent"},
                "boss": {"type": "reference", "to": "client", "on_delete": "clear"},
                "staff": {"type": "related", "of": "client", "by": "boss"},
                "orders": {"type": "related", "of": "order", "by": "client"},
                "turnover": {"type": "money", "currency": "EUR", "formula": "SUM(orders.total)"},
                "debt": {"type": "money", "currency": "EUR", "formula": "SUM(orders.debt)"},
                "group_turnover": {
                    "type": "money",
                    "currency": "EUR",
                    "formula": "turnover + SUM(staff.turnover)",
                },
                "tier": {
                    "type": "choice",
                    "options": ["none", "silver", "gold"],
                    "formula": 'IFS(turnover >= 1000, "gold", turnover >= 100, "silver", TRUE, "none")',
                },
                "last": {"type": "date", "formula": "MAX(orders.date)"},
                "receipts": {"type": "related", "of": "payment", "by": "of"},
                "received": {"type": "money", "currency": "EUR", "formula": "SUM(receipts.amount)"},
            }
        },
        "product": {
            "fields": {
                "name": {"type": "text"},
                "price": {"type": "money", "currency": "EUR"},
                "lines": {"type": "related", "of": "order_line", "by": "product"},
                "sold": {"type": "decimal", "scale": 3, "formula": "SUM(lines.quantity)"},
            }
        },
        "order": {
            "kind": "document",
            "fields": {
                "number": {"type": "sequence", "mask": "O-{YYYY}-{###}", "reset": "year"},
                "date": {"type": "date"},
                "client": {"type": "reference", "to": "client", "on_delete": "clear"},
                "extra": {"type": "multi_reference", "to": "product"},
                "lines": {"type": "lines", "of": "order_line"},
                "payments": {"type": "related", "of": "payment", "by": "order"},
                "net": {
                    "type": "money",
                    "currency": "EUR",
                    "formula": "SUM(lines.amount) + SUM(extra.price)",
                },
                "vat": {"type": "money", "currency": "EUR", "formula": "ROUND(net * 21%; 2)"},
                "total": {"type": "money", "currency": "EUR", "formula": "net + vat"},
                "paid": {
                    "type": "money",
                    "currency": "EUR",
                    "formula": 'SUM(payments.amount; payments.kind <> "refund") - SUM(payments.amount; payments.kind = "refund")',
                },
                "debt": {"type": "money", "currency": "EUR", "formula": "total - paid"},
                "city": {"type": "text", "formula": "UPPER(client.name)"},
                "share": {"type": "percent", "scale": 6, "formula": "debt / total"},
                "settled": {"type": "boolean", "formula": "debt = 0"},
            },
            "views": {"all": {"columns": ["number", "client", "total", "debt", "share", "settled"]}},
        },
        "order_line": {
            "kind": "child",
            "fields": {
                "product": {"type": "reference", "to": "product"},
                "quantity": {"type": "decimal", "scale": 3},
                "price": {"type": "money", "currency": "EUR"},
                "amount": {
                    "type": "money",
                    "currency": "EUR",
                    "formula": "ROUND(quantity * COALESCE(price; product.price) * (1 - order.client.discount); 2)",
                },
            },
        },
        "payment": {
            "kind": "document",
            "fields": {
                "date": {"type": "date"},
                "order": {"type": "reference", "to": "order", "on_delete": "cascade"},
                "kind": {"type": "choice", "options": ["cash", "card", "refund"]},
                "amount": {"type": "money", "currency": "EUR"},
                "of": {"type": "reference", "to": "client", "on_delete": "clear", "formula": "order.client"},
            },
        },
    },
}


def trade_configuration() -> Configuration:
    """The configuration as a valid tree."""
    return Configuration.model_validate(TRADE)


def open_trade(url: str) -> Records:
    """An empty business in the database at `url`."""
    configuration = trade_configuration()
    database = ready_database(url, configuration)
    return Records(database, describe_tables(configuration), SYSTEM)
