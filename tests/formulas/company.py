"""A scope as a small company has it, for the tests of the language, and a record to compute with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from formulas.scope import USER, Member, Simple
from formulas.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    MONEY,
    NUMBER,
    TEXT,
    TIME,
    list_of,
    money,
    record,
)

EUR, USD = money("EUR"), money("USD")

ORDER = {
    "number": Member(TEXT, ("Number", "Номер")),
    "date": Member(DATE, ("Date",)),
    "due": Member(DATE),
    "created": Member(DATETIME),
    "starts": Member(TIME),
    "ends": Member(TIME),
    "worked": Member(DURATION),
    "net": Member(EUR, ("Net amount",), digits=17, places=2),
    "total": Member(EUR, ("Total price", "Total"), digits=17, places=2),
    "price": Member(EUR, digits=17, places=2),
    "price_usd": Member(USD, digits=17, places=2),
    "paid": Member(MONEY, digits=19, places=4),
    "quantity": Member(NUMBER, ("Quantity", "Total"), digits=18, places=3),
    "count": Member(NUMBER, digits=15, places=0),
    "discount": Member(NUMBER, digits=19, places=4),
    "status": Member(TEXT, options=("new", "paid", "shipped")),
    "note": Member(TEXT),
    "archived": Member(BOOLEAN),
    "client": Member(record("client"), ("Client",)),
    "other_client": Member(record("client")),
    "manager": Member(record("_user")),
    "lines": Member(list_of(record("line")), ("Lines",)),
    "payments": Member(list_of(record("payment"))),
    "tags": Member(list_of(TEXT)),
    "age": Member(NUMBER, volatile=True),
    "from": Member(NUMBER),
    USER: Member(record("_user"), volatile=True),
}
ENTITIES = {
    "order": ORDER,
    "line": {
        "amount": Member(EUR, digits=17, places=2),
        "quantity": Member(NUMBER, digits=18, places=3),
        "kind": Member(TEXT, options=("sale", "gift")),
        "day": Member(DATE),
        "product": Member(record("product")),
    },
    "payment": {"amount": Member(MONEY, digits=19, places=4), "kind": Member(TEXT, options=("cash", "refund"))},
    "product": {"name": Member(TEXT), "price": Member(EUR)},
    "client": {
        "name": Member(TEXT),
        "city": Member(record("city")),
        "discount": Member(NUMBER, digits=19, places=4),
        "orders": Member(list_of(record("order"))),
    },
    "city": {"name": Member(TEXT)},
    "_user": {"name": Member(TEXT), "employee": Member(record("employee"))},
    "employee": {"branch": Member(TEXT), "orders": Member(list_of(record("order")))},
}
SCOPE = Simple("order", ENTITIES)
CHECKS = Simple("order", ENTITIES, old=True)
NOBODY = Simple("client", ENTITIES)

RECORD: dict[str, Any] = {
    "number": "ORD-7",
    "date": dt.date(2024, 1, 31),
    "due": None,
    "net": Decimal("10.05"),
    "total": Decimal("12.16"),
    "quantity": Decimal("2.500"),
    "count": 3,
    "discount": Decimal("0.1"),
    "status": "paid",
    "archived": False,
    "client.name": "Anna",
    "client.city.name": "Rīga",
    "lines": (
        {"amount": Decimal("2.50"), "quantity": Decimal(2), "kind": "sale", "product.name": "Tea"},
        {"amount": Decimal("1.50"), "quantity": Decimal(4), "kind": "gift", "product.name": "Cup"},
        {"amount": None, "quantity": Decimal(1), "kind": None, "product.name": None},
    ),
    "tags": ("new", "vip"),
}
