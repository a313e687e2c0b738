"""The floor of computed fields: the same sums, written by hand in Python and SQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks import trade
from benchmarks.floor import database
from benchmarks.trade import Order

SCHEMA = """
CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT NOT NULL, turnover INTEGER);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, date TEXT NOT NULL,
    client INTEGER NOT NULL REFERENCES client, status TEXT NOT NULL, delivery INTEGER,
    net INTEGER, vat INTEGER, total INTEGER);
CREATE TABLE order_line (id INTEGER PRIMARY KEY, "order" INTEGER NOT NULL REFERENCES "order",
    position INTEGER NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL, discount INTEGER, amount INTEGER);
CREATE TABLE counter (year INTEGER PRIMARY KEY, value INTEGER NOT NULL);
CREATE INDEX order_client ON "order" (client);
CREATE INDEX line_order ON order_line ("order");
"""
ORDER = 'INSERT INTO "order" (number, date, client, status, delivery, net, vat, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
LINE = 'INSERT INTO order_line ("order", position, quantity, price, discount, amount) VALUES (?, ?, ?, ?, ?, ?)'
TURNOVER = """UPDATE client SET turnover =
    (SELECT COALESCE(SUM(total), 0) FROM "order" WHERE client = ?1 AND status <> 'cancelled') WHERE id = ?1"""
DELIVERY = 'UPDATE "order" SET delivery = ?1, total = net + vat + ?1 WHERE id = ?2 RETURNING client'


def filled(path: Path) -> sqlite3.Connection:
    """A new file with the orders that are there before."""
    connection = database.connect(path)
    connection.executescript(SCHEMA)
    with database.transaction(connection):
        names = [(key, f"Client {key}") for key in range(1, trade.LARGE + 1)]
        connection.executemany("INSERT INTO client (id, name) VALUES (?, ?)", names)
        for order in trade.stored():
            _insert(connection, order)
        connection.executemany(TURNOVER, [(key,) for key, _ in names])
    return connection


def create(connection: sqlite3.Connection, order: Order) -> int:
    """Save an order with its lines, its totals and its client's turnover; its id."""
    with database.transaction(connection):
        key = _insert(connection, order)
        connection.execute(TURNOVER, (order.client,))
    return key


def deliver(connection: sqlite3.Connection, key: int, delivery: int) -> None:
    """Save what delivery costs, and what follows."""
    with database.transaction(connection):
        (client,) = connection.execute(DELIVERY, (delivery, key)).fetchone()
        connection.execute(TURNOVER, (client,))


def _insert(connection: sqlite3.Connection, order: Order) -> int:
    number = database.label(trade.DAY, database.reserve(connection, trade.DAY, 1))
    amounts = [(line.quantity * line.price * (100 - line.discount) + 50_000) // 100_000 for line in order.lines]
    net = sum(amounts)
    vat = (net * 21 + 50) // 100
    row = number, trade.DAY, order.client, "new", order.delivery, net, vat, net + vat + order.delivery
    key = connection.execute(ORDER, row).lastrowid or 0
    lines = enumerate(zip(order.lines, amounts, strict=True))
    connection.executemany(
        LINE, [(key, at, line.quantity, line.price, line.discount, amount) for at, (line, amount) in lines]
    )
    return key
