"""The floor's statements, and its connection with the durability of the product."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.facts import Typed

PAGE = 50
SORTS = {"date": "date DESC, id DESC", "amount": "amount DESC, id DESC", "number": "number, id"}
COLUMNS = "o.id, o.number, o.date, c.name, o.status, o.amount"
LIST = f"""SELECT {COLUMNS} FROM (SELECT id FROM "order" ORDER BY %s LIMIT {PAGE} OFFSET ?) page
    JOIN "order" o ON o.id = page.id JOIN client c ON c.id = o.client ORDER BY %s"""
FOUND = 'FROM "order" o JOIN client c ON c.id = o.client WHERE o.status = ? AND (o.number LIKE ? OR c.name LIKE ?)'
SEARCH = f"SELECT {COLUMNS} {FOUND} ORDER BY o.date DESC, o.id DESC LIMIT {PAGE}"
CARD = """SELECT o.id, o.number, o.date, o.client, c.name, o.status, o.amount, o.note
    FROM "order" o JOIN client c ON c.id = o.client WHERE o.id = ?"""
LINES = """SELECT l.position, l.product, p.name, l.quantity, l.price
    FROM line l JOIN product p ON p.id = l.product WHERE l."order" = ? ORDER BY l.position"""
EXPORT = """SELECT o.number, o.date, c.name, o.status, o.amount
    FROM "order" o JOIN client c ON c.id = o.client ORDER BY o.id"""
NUMBER = """INSERT INTO counter (year, value) VALUES (?, ?)
    ON CONFLICT (year) DO UPDATE SET value = value + excluded.value RETURNING value"""
CREATE = 'INSERT INTO "order" (number, date, client, status, amount, note) VALUES (?, ?, ?, ?, ?, ?)'
UPDATE = 'UPDATE "order" SET date = ?, client = ?, status = ?, amount = ?, note = ? WHERE id = ?'


def connect(path: Path) -> sqlite3.Connection:
    """A connection that leaves transactions to us."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000"
    )
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def page(connection: sqlite3.Connection, sort: str, offset: int) -> tuple[list[tuple[object, ...]], int]:
    """A page of all orders and how many there are."""
    order = SORTS[sort]
    rows = connection.execute(LIST % (order, "o." + order.replace(", ", ", o.")), (offset,)).fetchall()
    return rows, connection.execute('SELECT count(*) FROM "order"').fetchone()[0]


def search(connection: sqlite3.Connection, status: str, text: str) -> tuple[list[tuple[object, ...]], int]:
    """The first page of the orders with this status and text in number or client, and how many there are."""
    like = f"%{text}%"
    rows = connection.execute(SEARCH, (status, like, like)).fetchall()
    return rows, connection.execute(f"SELECT count(*) {FOUND}", (status, like, like)).fetchone()[0]


def create(connection: sqlite3.Connection, order: Typed) -> int:
    """A new order under the next number of its year."""
    with transaction(connection):
        number = reserve(connection, order[0], 1)
        written = connection.execute(CREATE, (label(order[0], number), *order))
    return written.lastrowid or 0


def update(connection: sqlite3.Connection, key: int, order: Typed) -> None:
    """Write what a person typed."""
    with transaction(connection):
        connection.execute(UPDATE, (*order, key))


def reserve(connection: sqlite3.Connection, day: str, count: int) -> int:
    """Take so many numbers of the day's year and give the last."""
    return int(connection.execute(NUMBER, (int(day[:4]), count)).fetchone()[0])


def label(day: str, number: int) -> str:
    """The number as people read it."""
    return f"ORD-{day[:4]}-{number:05d}"
