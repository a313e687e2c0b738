"""Pasting 1,000 rows into orders: texts are read and checked, totals and the client's turnover follow, history is kept.

Below the pages. The floor writes the same rows and the same history by hand, without a right or a rule to ask.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from benchmarks import trade
from benchmarks.facts import Facts, expect
from benchmarks.floor import paste as by_hand
from benchmarks.floor import trade as floor_trade
from benchmarks.product import computed
from benchmarks.product import trade as by_product
from benchmarks.row import Row, Stage, Work
from engine.fields.locale import Locale
from engine.records import Records, RowEdit
from engine.records.several import Several

ROWS = 1000
STATUSES = ("new", "paid")
SUMS = 'SELECT count(*), sum(delivery), sum(total - net - vat), sum(status = ?) FROM "order" WHERE id >= ? AND id < ?'
TURNOVER = 'SELECT turnover - (SELECT sum(total) FROM "order" WHERE client = client.id) FROM client WHERE id = ?'
TOLD = {"floor": "SELECT count(*) FROM history", "product": "SELECT count(*) FROM _change WHERE kind = 'changed'"}
Pasted = tuple[int, ...]
"""How many rows, the sums of what they hold, and how many changes history tells of."""


def text(index: int) -> str:
    """What is pasted by the index-th request: another status and other amounts each time."""
    status = STATUSES[index % 2]
    return "\n".join(f"{status}\t{1 + (index + at) % 90}.{at % 100:02d}" for at in range(ROWS))


def floor(stage: Stage) -> Work[None, Pasted]:
    connection = stage.exits.enter_context(closing(floor_trade.filled(stage.folder / "floor.sqlite")))
    connection.execute(by_hand.HISTORY)
    texts: dict[int, str] = {}
    return Work(
        lambda index: by_hand.paste(connection, trade.FIRST_LARGE, texts[index]),
        lambda index, _: pasted(connection, index, "floor"),
        lambda index: texts.update({index: text(index)}),
    )


def product(stage: Stage) -> Work[None, Pasted]:
    path = stage.folder / "product.sqlite"
    records = stage.exits.enter_context(by_product.filled(path))
    reader = stage.exits.enter_context(closing(computed.beside(path)))
    texts: dict[int, str] = {}
    return Work(
        lambda index: paste(records, texts[index]),
        lambda index, _: pasted(reader, index, "product"),
        lambda index: texts.update({index: text(index)}),
    )


def paste(records: Records, pasted_text: str) -> None:
    """Save it as a list does."""
    fields, locale = records.configuration.entities["order"].fields, Locale("en")
    status, delivery = fields["status"], fields["delivery"]
    edits = [
        RowEdit(
            str(at),
            trade.FIRST_LARGE + at,
            {"status": status.parse(one, locale), "delivery": delivery.parse(two, locale)},
        )
        for at, (one, two) in enumerate(line.split("\t") for line in pasted_text.split("\n"))
    ]
    Several.through(records).save("order", edits, "paste")


def pasted(connection: sqlite3.Connection, index: int, side: str) -> Pasted:
    """What stands in the tables."""
    first = trade.FIRST_LARGE
    sums = connection.execute(SUMS, (STATUSES[index % 2], first, first + ROWS)).fetchone()
    (apart,) = connection.execute(TURNOVER, (trade.LARGE,)).fetchone()
    (told,) = connection.execute(TOLD[side]).fetchone()
    return *sums, apart, told % ROWS


def check(_: Facts, index: int, said: Pasted) -> None:
    amounts = [(1 + (index + at) % 90) * 100 + at % 100 for at in range(ROWS)]
    expect("pasted rows", (ROWS, sum(amounts), sum(amounts), ROWS, 0, 0), said)


ROW = Row("paste", "paste 1,000 rows: totals, turnover, history", check, floor, product, requests=1)
