"""The product's side of orders with totals and turnover: the same rows through its own door, and edits of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import trade
from benchmarks.answers import Wrong
from benchmarks.product import computed
from benchmarks.product.load import money
from benchmarks.trade import Line, Order
from engine.config import load
from engine.records import Edit, LineEdit, Records

DAY = date.fromisoformat(trade.DAY)
ORDER = ("date", "client", "status", "delivery")
LINE = ("order", "_position", "quantity", "price", "discount")


@contextmanager
def filled(path: Path) -> Iterator[Records]:
    """A new file with the orders that are there before."""
    configuration, problems = load(computed.TRADE)
    if configuration is None:
        raise Wrong(f"the benchmark's configuration has problems: {problems}")
    with computed.opened(path, configuration) as records:
        orders = list(trade.stored())
        with records.batch() as batch:
            batch.add("client", ("name",), [(f"Client {key}",) for key in range(1, trade.LARGE + 1)])
            keys = batch.add("order", ORDER, [_head(order) for order in orders])
            batch.add(
                "order_line", LINE, [row for key, order in zip(keys, orders, strict=True) for row in rows(key, order)]
            )
        yield records


def _head(order: Order) -> tuple[Any, ...]:
    return DAY, order.client, "new", money(order.delivery)


def rows(key: int, order: Order) -> Iterator[tuple[Any, ...]]:
    """The lines of an order, as a batch takes them."""
    return ((key, at, *_values(line)) for at, line in enumerate(order.lines))


def _values(line: Line) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(line.quantity).scaleb(-3), money(line.price), Decimal(line.discount).scaleb(-2)


def edit(order: Order) -> Edit:
    """An order as somebody types it."""
    lines = tuple(
        LineEdit(None, dict(zip(LINE[2:], _values(line), strict=True)), key=str(at))
        for at, line in enumerate(order.lines)
    )
    return Edit(dict(zip(ORDER, _head(order), strict=True)), lines={"lines": lines})
