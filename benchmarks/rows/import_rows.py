"""A workbook of orders with their clients by name, read into a fresh copy of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.answers import Order, Sheet, sheet
from benchmarks.facts import Facts, expect
from benchmarks.floor import database, exchange
from benchmarks.product import opened
from benchmarks.row import Row, Stage, Work
from engine.exchange import Import, ImportResult, read_sheet

WRITTEN = """SELECT o.number, o.date, c.name, o.status, o.amount FROM "order" o JOIN client c ON c.id = o.client
    WHERE o.id > ? ORDER BY o.id"""


def floor(stage: Stage) -> Work[int, Sheet]:
    path = stage.folder / "import.sqlite"

    def fresh(_: int) -> None:
        forget(path)
        stage.copy(path.name)

    def load(_: int) -> int:
        with closing(database.connect(path)) as connection:
            return exchange.import_orders(connection, stage.data.workbook)

    return Work(load, lambda _, count: written(path, stage, count), fresh)


def product(stage: Stage) -> Work[ImportResult, Sheet]:
    path = stage.folder / "product.sqlite"

    def fresh(_: int) -> None:
        forget(path)
        opened.copy(stage, path.name)

    def load(_: int) -> ImportResult:
        with opened.records(path) as records:
            return Import(records, "order", read_sheet(stage.data.workbook), opened.ENGLISH).run()

    def read(_: int, result: ImportResult) -> Sheet:
        expect("bad cells", (), result.bad)
        return written(path, stage, result.added)

    return Work(load, read, fresh)


def forget(path: Path) -> None:
    """Remove what the round before wrote."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def written(path: Path, stage: Stage, count: int) -> Sheet:
    """The orders that came to those of the data set; their number must be what the importer says."""
    with closing(sqlite3.connect(path)) as connection:
        orders: Iterator[Order] = iter(connection.execute(WRITTEN, (stage.data.size.orders,)))
        found = sheet(orders)
    expect("imported rows", found.rows, count)
    return found


def check(facts: Facts, _: int, said: Sheet) -> None:
    facts.check_imported(said)


ROW = Row("import", "import of a workbook", check, floor, product, bar=2.5, requests=1, rounds=5)
