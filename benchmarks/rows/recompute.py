"""Computing one formula of a million lines anew, as when the formula has changed: beside the bare UPDATE of the same table.

The floor computes in whole numbers as exactly, but knows that nothing overflows, is blank or is in the trash.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.facts import Facts, expect
from benchmarks.floor.database import transaction
from benchmarks.product import computed
from benchmarks.row import Row, Stage, Work
from engine.records import Records
from engine.storage.recompute import Recompute

CONFIGURATION = """
kartoteka: 1
name: lines
currency: EUR
entities:
  line:
    fields:
      quantity: {type: decimal, scale: 3}
      price: {type: money}
      discount: {type: percent, scale: 2}
      amount: {type: money, formula: ROUND(quantity * price * (1 - discount); 2)}
"""
COPY = """INSERT INTO line (id, _created_at, _updated_at, quantity, price, discount)
    SELECT id, '2026-01-15 12:00:00.000000', '2026-01-15 12:00:00.000000', quantity * 1000, price, position % 4 * 5
    FROM given.line"""
BARE = "UPDATE line SET amount = (quantity * price * (100 - discount) + 50000) / 100000"
DISCOUNTED = """SELECT count(*), sum((quantity * 1000 * price * (100 - position % 4 * 5) + 50000) / 100000),
    sum(id % 7 * ((quantity * 1000 * price * (100 - position % 4 * 5) + 50000) / 100000)), 0 FROM line"""
WRITTEN = "SELECT count(amount), sum(amount), sum(id % 7 * amount), count(amount__error) FROM line"
Sums = tuple[int, ...]
"""How many amounts there are, their sum, a sum that tells which stands where, and how many errors."""


def floor(stage: Stage) -> Work[None, Sums]:
    path, _ = filled(stage)
    connection = stage.exits.enter_context(closing(computed.beside(path)))

    def bare(_: int) -> None:
        with transaction(connection):
            connection.execute(BARE)

    return Work(bare, lambda _, __: sums(connection), lambda _: forget(connection))


def product(stage: Stage) -> Work[None, Sums]:
    path, records = filled(stage)
    connection = stage.exits.enter_context(closing(computed.beside(path)))

    def recompute(_: int) -> None:
        with records.database.write() as writing:
            Recompute(records.database, records.tables).everything(writing, ["line"])

    return Work(recompute, lambda _, __: sums(connection), lambda _: forget(connection))


def filled(stage: Stage) -> tuple[Path, Records]:
    """The product's table with every line, nothing computed."""
    path = stage.folder / "product.sqlite"
    configuration = computed.described(stage.folder, CONFIGURATION)
    records = stage.exits.enter_context(computed.opened(path, configuration))
    with closing(computed.beside(path)) as connection:
        connection.execute("ATTACH ? AS given", (str(stage.data.database),))
        connection.execute(COPY)
    return path, records


def forget(connection: sqlite3.Connection) -> None:
    """Take away what the round before computed, and empty the log, so that both sides begin alike."""
    connection.execute("UPDATE line SET amount = NULL, amount__error = NULL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sums(connection: sqlite3.Connection) -> Sums:
    """What stands in the table."""
    found: Sums = connection.execute(WRITTEN).fetchone()
    return found


def check(facts: Facts, _: int, said: Sums) -> None:
    expect("amounts", facts.connection.execute(DISCOUNTED).fetchone(), said)


ROW = Row("recompute", "recompute a formula of every line", check, floor, product, bar=2, requests=1, rounds=5)
