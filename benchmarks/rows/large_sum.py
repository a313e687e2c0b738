"""Saving one figure of an order whose client has 3,000 of them: the turnover is their sum."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from benchmarks import trade
from benchmarks.facts import Facts, expect
from benchmarks.floor import trade as by_hand
from benchmarks.product import computed
from benchmarks.product import trade as by_product
from benchmarks.product.load import money
from benchmarks.row import Row, Stage, Work
from benchmarks.rows.save_order import TURNOVER
from engine.records import Edit

Said = tuple[object, ...]
"""The order's total, and whether the client's turnover is the sum of its orders."""


def key(index: int) -> int:
    """The order that the index-th save changes."""
    return trade.FIRST_LARGE + index % trade.LARGE_ORDERS


def floor(stage: Stage) -> Work[None, Said]:
    connection = stage.exits.enter_context(closing(by_hand.filled(stage.folder / "floor.sqlite")))
    return Work(
        lambda index: by_hand.deliver(connection, key(index), 100 + index),
        lambda index, _: said(connection, index),
    )


def product(stage: Stage) -> Work[object, Said]:
    path = stage.folder / "product.sqlite"
    records = stage.exits.enter_context(by_product.filled(path))
    reader = stage.exits.enter_context(closing(computed.beside(path)))
    return Work(
        lambda index: records.update("order", key(index), Edit({"delivery": money(100 + index)})),
        lambda index, _: said(reader, index),
    )


def said(connection: sqlite3.Connection, index: int) -> Said:
    """What stands in the tables."""
    (total,) = connection.execute('SELECT total FROM "order" WHERE id = ?', (key(index),)).fetchone()
    turnover, added_up = connection.execute(TURNOVER, (trade.LARGE,)).fetchone()
    return total, turnover == added_up


def check(_: Facts, index: int, said: Said) -> None:
    line = trade.typed(index % trade.LARGE_ORDERS, 1).lines
    expect("changed order", (trade.Order(trade.LARGE, line, 100 + index).totals[2], True), said)


ROW = Row("large-sum", "a save that touches a sum over 3,000 rows", check, floor, product, requests=20)
