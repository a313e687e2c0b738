"""A small trade with roles: who sees which clients and orders, and which fields of them."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

from engine.model import Configuration
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.storage.accounts import add_user
from engine.storage.tables import describe_tables
from tests.ready import ready_database

GUARDED: dict[str, Any] = {
    "kartoteka": 1,
    "name": "guarded",
    "entities": {
        "client": {
            "fields": {
                "name": {"type": "text", "required": True},
                "city": {"type": "text"},
                "manager": {"type": "user"},
                "discount": {"type": "percent"},
                "secret": {"type": "text", "unique": True},
                "orders": {"type": "related", "of": "order", "by": "client"},
                "turnover": {"type": "money", "currency": "EUR", "formula": "SUM(orders.total)"},
            },
            "colors": [
                {"where": 'secret = "gold"', "color": "yellow"},
                {"where": 'city = "Oslo"', "color": "blue"},
            ],
            "views": {
                "all": {"columns": ["name", "city", "manager", "secret", "turnover"], "sort": ["name"]},
                "secretive": {"columns": ["name"], "where": 'secret <> ""'},
            },
        },
        "product": {
            "fields": {
                "name": {"type": "text"},
                "price": {"type": "money", "currency": "EUR"},
                "cost": {"type": "money", "currency": "EUR"},
            }
        },
        "order": {
            "kind": "document",
            "title": "number & ' ' & client.name",
            "fields": {
                "number": {"type": "sequence", "mask": "{####}"},
                "date": {"type": "date"},
                "client": {"type": "reference", "to": "client", "required": True},
                "manager": {"type": "user", "default": "=USER()"},
                "status": {"type": "choice", "options": ["new", "paid"], "default": "new"},
                "rebate": {"type": "money", "currency": "EUR"},
                "note": {"type": "text"},
                "lines": {"type": "lines", "of": "order_line"},
                "total": {"type": "money", "currency": "EUR", "formula": "SUM(lines.amount)"},
                "margin": {"type": "money", "currency": "EUR", "formula": "total - SUM(lines.cost)"},
                "archived": {"type": "boolean"},
                "tags": {"type": "multi_reference", "to": "product"},
            },
            "views": {"all": {"columns": ["number", "client", "total", "margin", "note"], "sort": ["number"]}},
        },
        "order_line": {
            "kind": "child",
            "fields": {
                "product": {"type": "reference", "to": "product"},
                "quantity": {"type": "decimal", "scale": 2},
                "price": {"type": "money", "currency": "EUR"},
                "cost": {"type": "money", "currency": "EUR"},
                "amount": {"type": "money", "currency": "EUR", "formula": "quantity * price"},
            },
        },
    },
    "roles": {
        "chief": {"can": ["administer"], "grants": [{"entity": "*", "can": ["all"]}]},
        "manager": {
            "grants": [
                {
                    "entity": "order",
                    "can": ["read", "create", "update", "delete", "export"],
                    "where": "manager = USER()",
                    "fields": {
                        "rebate": "readonly",
                        "lines.cost": "hidden",
                        "note": {"hidden_if": 'status = "paid"'},
                        "date": {"readonly_if": 'status = "paid"'},
                    },
                },
                {
                    "entity": "client",
                    "can": ["read", "create"],
                    "fields": {"secret": "hidden", "discount": "hidden"},
                },
                {"entity": "client", "can": ["update"], "where": "manager = USER()"},
                {"entity": "product", "can": ["read"], "fields": {"cost": "hidden"}},
            ]
        },
        "buyer": {"grants": [{"entity": "product", "can": ["read", "update"], "fields": {"price": "hidden"}}]},
        "auditor": {
            "grants": [
                {"entity": "order", "can": ["read"], "where": 'status = "paid"', "publish": ["margin"]},
                {"entity": "client", "can": ["read"], "publish": ["turnover"], "fields": {"secret": "hidden"}},
            ]
        },
        "everyone": {"restrictions": [{"entity": "order", "where": "NOT archived"}]},
    },
}
"""Ann and Bob are managers, Cid buys, Dora audits; Eve has no role."""


def described(**changes: Any) -> Configuration:
    found = copy.deepcopy(GUARDED)
    found.update(changes)
    return Configuration.model_validate(found)


def open_guarded(url: str, configuration: Configuration | None = None) -> Records:
    """The trade with its people, as the system sees it; ann is 1, bob 2, cid 3, dora 4, eve 5."""
    configuration = configuration or described()
    database = ready_database(url, configuration)
    with database.write() as connection:
        for name in ("ann", "bob", "cid", "dora", "eve"):
            row = {"login": name, "name": name.title(), "password": "none", "created_at": dt.datetime.now(dt.UTC)}
            add_user(connection, row)
    return Records(database, describe_tables(configuration), SYSTEM)


def as_person(records: Records, number: int, *roles: str, looking: bool = False) -> Records:
    """The same trade as somebody with these roles sees it."""
    principal = Principal(number, f"user {number}", roles=frozenset(roles), looking=looking)
    return Records(records.database, records.tables, principal)


def fill(records: Records) -> None:
    """Two clients, two products; an order of Ann's and one of Bob's, both with one line."""
    records.create("client", Edit({"name": "Alfa", "city": "Oslo", "manager": 1, "secret": "gold"}))
    records.create(
        "client", Edit({"name": "Beta", "city": "Turku", "manager": 2, "secret": "tin", "discount": Decimal("0.1")})
    )
    for name, price, cost in (("Saw", "10", "6"), ("Axe", "20", "15")):
        records.create("product", Edit({"name": name, "price": Decimal(price), "cost": Decimal(cost)}))
    for client, manager, quantity in ((1, 1, "2"), (2, 2, "3")):
        order(records, client, manager, quantity)


def order(records: Records, client: int, manager: int, quantity: str = "1", **values: Any) -> int:
    """An order with one line of the first product, at a cost."""
    line = LineEdit(
        None, {"product": 1, "quantity": Decimal(quantity), "price": Decimal(10), "cost": Decimal(6)}, key="a"
    )
    return records.create("order", Edit({"client": client, "manager": manager, **values}, lines={"lines": (line,)})).id
