"""What a save left in the database, read behind the back of the side that saved."""

from __future__ import annotations

import sqlite3

from benchmarks.facts import expect
from benchmarks.forms import Reply

Saved = tuple[object, ...]
"""The number of an order, then what was typed as it stands in the table; the same columns on both sides."""
STORED = 'SELECT number, date, client, status, amount, note FROM "order" WHERE id = ?'


def stored(connection: sqlite3.Connection, key: int) -> Saved:
    """A saved order."""
    found: Saved | None = connection.execute(STORED, (key,)).fetchone()
    return found or ()


def key_of(reply: Reply) -> int:
    """The order to whose card the answer to a save leads."""
    expect("status of the reply", 303, reply.status)
    return int(reply.location.rpartition("/")[2])
