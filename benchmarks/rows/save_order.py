"""Saving an order with ten lines: its amounts, its totals and its client's turnover follow in the same transaction.

Below the pages, and without a history of changes on either side: the product has none yet.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from benchmarks import trade
from benchmarks.facts import Facts, expect
from benchmarks.floor import trade as by_hand
from benchmarks.product import computed
from benchmarks.product import trade as by_product
from benchmarks.row import Row, Stage, Work
from engine.records import Edit

Saved = tuple[object, ...]
"""Number, amounts of the lines, totals, and whether the client's turnover is the sum of its orders."""
HEAD = 'SELECT number, net, vat, total, client FROM "order" WHERE id = ?'
AMOUNTS = 'SELECT amount FROM order_line WHERE "order" = ? ORDER BY id'
TURNOVER = 'SELECT turnover, (SELECT sum(total) FROM "order" WHERE client = client.id) FROM client WHERE id = ?'


def floor(stage: Stage) -> Work[int, Saved]:
    connection = stage.exits.enter_context(closing(by_hand.filled(stage.folder / "floor.sqlite")))
    return Work(lambda index: by_hand.create(connection, trade.typed(index)), lambda _, key: saved(connection, key))


def product(stage: Stage) -> Work[int, Saved]:
    path = stage.folder / "product.sqlite"
    records = stage.exits.enter_context(by_product.filled(path))
    reader = stage.exits.enter_context(closing(computed.beside(path)))
    edits: dict[int, Edit] = {}

    def typed(index: int) -> None:
        edits[index] = by_product.edit(trade.typed(index))

    return Work(
        lambda index: records.create("order", edits[index]).id,
        lambda _, key: saved(reader, key),
        typed,
    )


def saved(connection: sqlite3.Connection, key: int) -> Saved:
    """What stands in the tables."""
    *head, client = connection.execute(HEAD, (key,)).fetchone()
    turnover, added_up = connection.execute(TURNOVER, (client,)).fetchone()
    return *head, tuple(amount for (amount,) in connection.execute(AMOUNTS, (key,))), turnover == added_up


def check(_: Facts, index: int, said: Saved) -> None:
    order, before = trade.typed(index), trade.CLIENTS * trade.ORDERS_EACH + trade.LARGE_ORDERS
    number, amounts = f"ORD-2026-{before + index + 1:05d}", tuple(line.amount for line in order.lines)
    expect("saved order", (number, *order.totals, amounts, True), said)


ROW = Row("save-order", "save an order: 10 lines, totals, turnover", check, floor, product, bar=2, requests=40)
