"""The floor of pasting: rows of texts into orders that are there, with what each held written down, by hand in SQL."""

from __future__ import annotations

import json
import sqlite3

from benchmarks import trade
from benchmarks.floor import database
from benchmarks.floor import trade as by_hand

HISTORY = "CREATE TABLE history (record_id INTEGER NOT NULL, at TEXT NOT NULL, changes TEXT NOT NULL)"
HELD = 'SELECT id, status, delivery, total FROM "order" WHERE id >= ? AND id < ?'
CHANGE = 'UPDATE "order" SET status = ?1, delivery = ?2, total = net + vat + ?2 WHERE id = ?3'
TELL = "INSERT INTO history VALUES (?, '2026-01-15 12:00:00.000000', ?)"
CHOICES = frozenset({"new", "paid", "cancelled"})


def paste(connection: sqlite3.Connection, first: int, text: str) -> None:
    """Save what a spreadsheet program has copied: status and delivery of one order after the other."""
    rows = [_read(line) for line in text.split("\n")]
    with database.transaction(connection):
        held = connection.execute(HELD, (first, first + len(rows))).fetchall()
        connection.executemany(CHANGE, [(*row, key) for key, row in enumerate(rows, first)])
        told = [(key, _change(was, row)) for (key, *was), row in zip(held, rows, strict=True)]
        connection.executemany(TELL, told)
        connection.execute(by_hand.TURNOVER, (trade.LARGE,))


def _read(line: str) -> tuple[str, int]:
    status, delivery = line.split("\t")
    if status not in CHOICES:
        raise ValueError(status)
    whole, _, part = delivery.partition(".")
    return status, int(whole) * 100 + int(part)


def _change(was: list[object], row: tuple[str, int]) -> str:
    status, delivery, total = was
    after = int(str(total)) - int(str(delivery)) + row[1]
    fields = {"status": [status, row[0]], "delivery": [delivery, row[1]]}
    return json.dumps({"fields": fields, "computed": {"total": [total, after]}})
