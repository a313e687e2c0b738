"""Many lines at once with three formulas each and the sum of their order: through the product's door, and by set SQL.

The floor inserts the same rows and computes with one UPDATE a field. Grist's engine took 186 to 221 microseconds a row
for as much, by its own figures.
"""

from __future__ import annotations

import sqlite3
import statistics
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.clock import timed
from benchmarks.data import FULL, Data
from benchmarks.facts import expect
from benchmarks.floor import database
from benchmarks.product import computed
from benchmarks.product.load import money
from benchmarks.trial import Outcome, Trial
from engine.model import Configuration

GRIST = 186
BAR = GRIST / 5
ROUNDS, EACH = 3, 10
CONFIGURATION = """
kartoteka: 1
name: bulk
currency: EUR
entities:
  order:
    title: number
    fields:
      number: {type: text}
      total: {type: money, formula: SUM(lines.gross)}
      lines: {type: lines, of: order_line}
  order_line:
    kind: child
    fields:
      quantity: {type: integer}
      price: {type: money}
      net: {type: money, formula: quantity * price}
      vat: {type: money, formula: ROUND(net * 21%; 2)}
      gross: {type: money, formula: net + vat}
"""
SCHEMA = """
CREATE TABLE "order" (id INTEGER PRIMARY KEY, number TEXT, total INTEGER);
CREATE TABLE order_line (id INTEGER PRIMARY KEY, "order" INTEGER NOT NULL REFERENCES "order", position INTEGER NOT NULL,
    quantity INTEGER, price INTEGER, net INTEGER, vat INTEGER, gross INTEGER);
CREATE INDEX line_order ON order_line ("order");
"""
INSERT = 'INSERT INTO order_line ("order", position, quantity, price) VALUES (?, ?, ?, ?)'
SETS = (
    "UPDATE order_line SET net = quantity * price",
    "UPDATE order_line SET vat = (net * 21 + 50) / 100",
    "UPDATE order_line SET gross = net + vat",
    'UPDATE "order" SET total = (SELECT SUM(gross) FROM order_line WHERE "order" = "order".id)',
)
LINE = ("order", "_position", "quantity", "price")
SUMS = 'SELECT count(*), sum(total), sum(total * (id % 7)) FROM "order"'
Line = tuple[int, int, int, int]
"""Order, position, quantity, price in cents."""


def run(data: Data) -> list[Outcome]:
    """Both sides in turn, each on new files; the medians of CPU time."""
    lines = [_line(number) for number in range(20_000 if data.size == FULL else 1_000)]
    spent: dict[str, list[float]] = {"set SQL": [], "product": []}
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        configuration = computed.described(Path(name), CONFIGURATION)
        for turn in range(ROUNDS + 1):
            spent["set SQL"].append(floor(Path(name, f"floor{turn}.sqlite"), lines))
            spent["product"].append(product(Path(name, f"product{turn}.sqlite"), configuration, lines))
    each = {party: statistics.median(taken[1:]) / len(lines) * 1_000_000 for party, taken in spent.items()}
    ratio = statistics.median(p / f for p, f in zip(spent["product"][1:], spent["set SQL"][1:], strict=True))
    told = {
        "µs a row": each["product"],
        "times set SQL": ratio,
        "times faster than Grist's engine": GRIST / each["product"],
    }
    return [
        Outcome("set SQL", {"µs a row": each["set SQL"]}),
        Outcome("product", told, each["product"] > BAR),
    ]


def _line(number: int) -> Line:
    return 1 + number // EACH, number % EACH, 1 + number * 7 % 12, 150 + number * 7919 % 40_000


def floor(path: Path, lines: list[Line]) -> float:
    """Seconds of CPU by hand."""
    with closing(database.connect(path)) as connection:
        connection.executescript(SCHEMA)
        with database.transaction(connection):
            connection.executemany('INSERT INTO "order" (number) VALUES (?)', _numbers(lines))
        with timed() as spent, database.transaction(connection):
            connection.executemany(INSERT, lines)
            for statement in SETS:
                connection.execute(statement)
        check(connection, lines)
    return spent.cpu


def product(path: Path, configuration: Configuration, lines: list[Line]) -> float:
    """Seconds of CPU through the door that imports use."""
    rows = [(order, position, quantity, money(price)) for order, position, quantity, price in lines]
    with computed.opened(path, configuration) as records, closing(computed.beside(path)) as reader:
        with records.batch() as batch:
            batch.add("order", ("number",), _numbers(lines))
        with timed() as spent, records.batch() as batch:
            batch.add("order_line", LINE, rows)
        check(reader, lines)
    return spent.cpu


def _numbers(lines: list[Line]) -> list[tuple[str]]:
    return [(f"O-{key:05d}",) for key in range(1, lines[-1][0] + 1)]


def check(connection: sqlite3.Connection, lines: list[Line]) -> None:
    """Every order has the sum of its lines."""
    totals: dict[int, int] = {}
    for order, _, quantity, price in lines:
        net = quantity * price
        totals[order] = totals.get(order, 0) + net + (net * 21 + 50) // 100
    right = len(totals), sum(totals.values()), sum(total * (key % 7) for key, total in totals.items())
    expect("totals", right, connection.execute(SUMS).fetchone())


TRIAL = Trial("bulk", "many lines with 3 formulas and a sum", f"{BAR:.0f} µs a row, a fifth of Grist's", run)
