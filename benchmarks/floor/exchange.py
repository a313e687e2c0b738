"""The floor's export and import."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.floor import database

HEADER = ("number", "date", "client", "status", "amount")


def csv_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """All orders, a thousand rows to a piece."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    cursor = connection.execute(database.EXPORT)
    while rows := cursor.fetchmany(1000):
        writer.writerows([(*row[:4], f"{row[4] // 100}.{row[4] % 100:02d}") for row in rows])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def write_xlsx(connection: sqlite3.Connection, target: Path) -> None:
    """All orders, by XlsxWriter in its mode of least memory."""
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("order")
        days, amounts = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, HEADER)
        for line, (number, day, client, status, amount) in enumerate(connection.execute(database.EXPORT), start=1):
            sheet.write_string(line, 0, number)
            sheet.write_datetime(line, 1, date.fromisoformat(day), days)
            sheet.write_string(line, 2, client)
            sheet.write_string(line, 3, status)
            sheet.write_number(line, 4, amount / 100, amounts)


def import_orders(connection: sqlite3.Connection, source: Path) -> int:
    """Orders of a workbook with the names of their clients; all or nothing."""
    rows: list[list[Any]] = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()[1:]
    with database.transaction(connection):
        clients = dict(connection.execute("SELECT name, id FROM client"))
        first = database.reserve(connection, rows[0][0].isoformat(), len(rows)) - len(rows) + 1
        connection.executemany(database.CREATE, _orders(rows, clients, first))
    return len(rows)


def _orders(rows: list[list[Any]], clients: dict[str, int], first: int) -> Iterator[tuple[object, ...]]:
    for number, (day, client, status, amount, note) in enumerate(rows, start=first):
        text = day.isoformat()
        yield database.label(text, number), text, clients[client], status, round(amount * 100), note or None
