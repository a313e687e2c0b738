"""A small business whose records name its people, as users and as employees: for handing them over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.model import Configuration
from engine.records import Edit, LineEdit, Records
from tests.guarded import described, open_guarded

ENTITIES: dict[str, Any] = {
    "employee": {
        "fields": {
            "name": {"type": "text"},
            "account": {"type": "user", "unique": True},
            "boss": {"type": "reference", "to": "employee"},
            "clients": {"type": "related", "of": "client", "by": "keeper"},
            "orders": {"type": "related", "of": "order", "by": "seller"},
            "sold": {"type": "money", "currency": "EUR", "formula": "SUM(orders.total)"},
        }
    },
    "client": {
        "title": "name & ' (' & keeper.name & ')'",
        "fields": {
            "name": {"type": "text"},
            "city": {"type": "text"},
            "manager": {"type": "user"},
            "keeper": {"type": "reference", "to": "employee"},
            "team": {"type": "multi_reference", "to": "employee"},
            "called": {"type": "text", "formula": "manager.name"},
        },
        "views": {
            "oslo": {"columns": ["name"], "where": 'city = "Oslo"'},
            "all": {"columns": ["name", "manager"]},
        },
    },
    "order": {
        "kind": "document",
        "fields": {
            "client": {"type": "reference", "to": "client"},
            "seller": {"type": "reference", "to": "employee", "readonly_if": 'status = "paid"'},
            "status": {"type": "choice", "options": ["new", "paid"]},
            "lines": {"type": "lines", "of": "order_line"},
            "total": {"type": "money", "currency": "EUR", "formula": "SUM(lines.price)"},
        },
    },
    "order_line": {
        "kind": "child",
        "fields": {"price": {"type": "money", "currency": "EUR"}, "packer": {"type": "user"}},
    },
}
ROLES: dict[str, Any] = {
    "head": {
        "grants": [
            {"entity": "*", "can": ["read", "update"]},
            {"entity": "client", "can": ["hand_over"], "where": 'city = "Oslo"'},
        ]
    },
    "seller": {
        "grants": [
            {
                "entity": "client",
                "can": ["read", "hand_over"],
                "where": "manager = USER()",
                "fields": {"manager": "readonly"},
            }
        ]
    },
    "reader": {"grants": [{"entity": "*", "can": ["read"]}]},
}
ANN, BOB, CID = 1, 2, 3
"""Users; Ann and Bob are employees too, with the same numbers."""


def staffed(**changes: Any) -> Configuration:
    return described(**{"entities": ENTITIES, "roles": ROLES, **changes})


def open_staffed(url: str, configuration: Configuration | None = None) -> Records:
    """The business with the records of `people_and_records`."""
    records = open_guarded(url, configuration or staffed())
    people_and_records(records)
    return records


def people_and_records(records: Records) -> None:
    """Two employees and one without an account; Ann has three clients and three orders, one of them paid; Bob one of each."""
    for name, account, boss in (("Ann", ANN, None), ("Bob", BOB, 1), ("Dan", None, 1)):
        records.create("employee", Edit({"name": name, "account": account, "boss": boss}))
    for name, city, whose in (
        ("Alfa", "Oslo", ANN),
        ("Beta", "Turku", ANN),
        ("Gamma", "Oslo", ANN),
        ("Delta", "Oslo", BOB),
    ):
        team = (3, ANN, BOB) if name == "Alfa" else (ANN,) if name == "Beta" else None
        records.create("client", Edit({"name": name, "city": city, "manager": whose, "keeper": whose, "team": team}))
    for client, status in ((1, "new"), (2, "paid"), (3, "new"), (4, "new")):
        line = LineEdit(None, {"price": Decimal(10 * client), "packer": ANN}, key="a")
        seller = BOB if client == 4 else ANN
        records.create("order", Edit({"client": client, "seller": seller, "status": status}, lines={"lines": (line,)}))
