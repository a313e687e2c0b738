"""What is true of the data set: the right answers, asked of the untouched file and not of either side."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from benchmarks.answers import Card, Listed, Order, Sheet, Wrong, sheet
from benchmarks.data import STATUSES, Data, imported

ORDER = """SELECT o.number, o.date, c.name, o.status, o.amount FROM "order" o JOIN client c ON c.id = o.client"""
FOUND = "o.status = :status AND (o.number LIKE :text OR c.name LIKE :text)"


Typed = tuple[str, int, str, int, str | None]
"""Date, client, status, amount in cents, note: what a person types into a card."""


class Facts:
    """Questions about the data set. Where rows tie in the order of a list, any sequence of them is right."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.connection = sqlite3.connect(f"{data.database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self._sheets: dict[Path | None, Sheet] = {}

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def order(self, key: int) -> Order:
        """One order as a list shows it."""
        found: Order | None = self.connection.execute(f"{ORDER} WHERE o.id = ?", (key,)).fetchone()
        if found is None:
            raise Wrong(f"there is no order {key}")
        return found

    def card(self, key: int) -> Card:
        """One order with its lines."""
        lines = """SELECT p.name, l.quantity, l.price FROM line l JOIN product p ON p.id = l.product
            WHERE l."order" = ? ORDER BY l.position"""
        return Card(self.order(key), tuple(self.connection.execute(lines, (key,))))

    def check_listed(self, said: Listed, column: str, offset: int, found: dict[str, str] | None = None) -> None:
        """A page must have the right total, rows that exist as shown, none twice, and the right values to sort by."""
        where = f"WHERE {FOUND}" if found else ""
        counted = self.connection.execute(
            f'SELECT count(*) FROM "order" o JOIN client c ON c.id = o.client {where}', found or {}
        )
        expect("total", counted.fetchone()[0], said.total)
        keys = self.connection.execute(
            f"""SELECT o."{column}" FROM "order" o JOIN client c ON c.id = o.client {where}
                ORDER BY o."{column}" DESC LIMIT 50 OFFSET {offset}""",
            found or {},
        )
        position = {"date": 1, "amount": 4}[column]
        expect(f"values of {column}", [key for (key,) in keys], [row[position] for row in said.rows])
        expect("number of different rows", len(said.rows), len({row[0] for row in said.rows}))
        for row in said.rows:
            expect("row", self.connection.execute(f"{ORDER} WHERE o.number = ?", row[:1]).fetchone(), row)
            if found:
                expect("status", found["status"], row[3])

    def exported(self) -> Sheet:
        """All orders in short."""
        if None not in self._sheets:
            self._sheets[None] = sheet(iter(self.connection.execute(f"{ORDER} ORDER BY o.id")))
        return self._sheets[None]

    def imported(self) -> Sheet:
        """The orders to import in short; they have no numbers yet."""
        path = self.data.workbook
        if path not in self._sheets:
            rows = imported(self.data.size)
            self._sheets[path] = sheet(("", str(d), str(c), str(s), int(a or 0)) for d, c, s, a, _ in rows)
        return self._sheets[path]

    def check_imported(self, said: Sheet) -> None:
        """Count, sum, first and last of what was imported; the numbers are the importer's own."""
        unnumbered = replace(said, first=("", *said.first[1:]), last=("", *said.last[1:]))
        expect("imported orders", self.imported(), unnumbered)


def typed(index: int, clients: int) -> Typed:
    """What is typed into the index-th form."""
    return "2026-01-15", 1 + index * 31 % clients, STATUSES[index % 4], 10_000 + index, f"note {index}"


def expect(what: str, right: object, said: object) -> None:
    """Refuse an answer that differs from the right one."""
    if right != said:
        raise Wrong(f"{what}: expected {_short(right)}, the answer says {_short(said)}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}..."
