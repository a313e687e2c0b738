"""The data set: a third of the clients Cyrillic, orders spread over them by Pareto, five lines an order on average.

Rows are plain tuples in the order of the columns of `SCHEMA`; money is whole cents and a date is ISO text. The same
rows come out on every machine, because nothing but `Random.random()` of a fixed seed decides. `prepare` writes them
to the floor's SQLite file once and keeps it in the temporary folder under a name made of this module's own text.
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import xlsxwriter

from benchmarks import words

Row = tuple[str | int | None, ...]

STATUSES = ("new", "confirmed", "shipped", "paid", "cancelled")
SEARCHES = ("larss", "walsh", "bakker", "lindg", "popesc")
"""Parts of Latin surnames: LIKE, which folds ASCII only, finds the same rows as a search that knows every alphabet."""

FIRST_DAY = date(2019, 1, 1)
DAYS = (date(2025, 12, 31) - FIRST_DAY).days
CHUNK = 10_000
SCHEMA = """
CREATE TABLE client (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    city TEXT, phone TEXT, email TEXT);
CREATE TABLE product (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, price INTEGER NOT NULL);
CREATE TABLE "order" (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, date TEXT NOT NULL,
    client INTEGER NOT NULL REFERENCES client, status TEXT NOT NULL, amount INTEGER NOT NULL, note TEXT);
CREATE TABLE line (id INTEGER PRIMARY KEY, "order" INTEGER NOT NULL REFERENCES "order", position INTEGER NOT NULL,
    product INTEGER NOT NULL REFERENCES product, quantity INTEGER NOT NULL, price INTEGER NOT NULL);
CREATE TABLE counter (year INTEGER PRIMARY KEY, value INTEGER NOT NULL);
"""
COUNTED = 'INSERT INTO counter SELECT CAST(substr(date, 1, 4) AS INTEGER), count(*) FROM "order" GROUP BY 1'
INDEXES = """
CREATE INDEX client_name ON client (name);
CREATE INDEX order_date ON "order" (date);
CREATE INDEX order_client ON "order" (client);
CREATE INDEX line_order ON line ("order");
CREATE INDEX line_product ON line (product);
"""


@dataclass(frozen=True)
class Size:
    """How many rows there are; every order has five lines on average, exactly five in total."""

    name: str
    clients: int
    products: int
    orders: int
    imported: int


FULL = Size("full", 20_000, 2_000, 200_000, 100_000)
SMALL = Size("small", 400, 60, 4_000, 2_000)


@dataclass(frozen=True)
class Data:
    """A prepared data set, its files to be copied or read only: the databases of both sides, a workbook to import."""

    size: Size
    database: Path
    workbook: Path
    product: Path | None = None


def clients(size: Size) -> Iterator[Row]:
    """(id, code, name, city, phone, email). Names differ, even without case and accents, so that a name tells its client."""
    for number in range(1, size.clients + 1):
        cyrillic = number % 3 == 0
        cities = words.CYRILLIC_CITIES if cyrillic else words.LATIN_CITIES
        phone = f"+3737{9_000_000 + number:07d}" if cyrillic else f"+49301{2_000_000 + number:07d}"
        city, email = cities[number % len(cities)], f"office{number}@example.org"
        yield number, f"C{number:05d}", _name(number, cyrillic), city, phone, email


def _name(number: int, cyrillic: bool) -> str:
    parts: list[str] = []
    rest = number
    for kind in words.CYRILLIC if cyrillic else words.LATIN:
        rest, place = divmod(rest, len(kind))
        parts.append(kind[place])
    surname, trade, given = parts
    return f"{trade} {surname} {given} {rest + 1}" if rest else f"{trade} {surname} {given}"


def products(size: Size) -> Iterator[Row]:
    """(id, code, name, price)."""
    dice = random.Random(2)
    for number in range(1, size.products + 1):
        thing = words.PRODUCTS[number % len(words.PRODUCTS)]
        material = words.MATERIALS[number % len(words.MATERIALS)]
        yield number, f"P{number:04d}", f"{thing} {material} {number}", 150 + int(dice.random() * 40_000)


def sales(size: Size) -> Iterator[tuple[Row, list[Row]]]:
    """Each order with its lines.

    An order is (id, number, date, client, status, amount, note),
    a line (id, order, position, product, quantity, price).
    """
    roll = random.Random(3).random
    prices = [int(row[3] or 0) for row in products(size)]
    counters: dict[int, int] = {}
    line_id, few = 0, 5
    for number in range(1, size.orders + 1):
        day = FIRST_DAY + timedelta(days=(number - 1) * DAYS // max(size.orders - 1, 1))
        counters[day.year] = counters.get(day.year, 0) + 1
        few = 1 + int(roll() * 9) if number % 2 else 10 - few
        lines: list[Row] = []
        amount = 0
        for position in range(1, few + 1):
            product, quantity = int(roll() * size.products), 1 + int(roll() * 12)
            line_id += 1
            amount += quantity * prices[product]
            lines.append((line_id, number, position, product + 1, quantity, prices[product]))
        buyer, status, note = _buyer(roll(), size.clients), _status(roll()), _note(roll())
        code = f"ORD-{day.year}-{counters[day.year]:05d}"
        yield (number, code, day.isoformat(), buyer, status, amount, note), lines


def imported(size: Size) -> Iterator[Row]:
    """Orders to import: (date, client's name, status, amount, note). Whoever imports them gives the numbers."""
    names = [str(row[2]) for row in clients(size)]
    roll = random.Random(4).random
    for number in range(size.imported):
        day = date(2026, 1, 1) + timedelta(days=number * 180 // size.imported)
        buyer = names[_buyer(roll(), size.clients) - 1]
        yield day.isoformat(), buyer, _status(roll()), 100 + int(roll() * 900_000), _note(roll())


def _buyer(chance: float, count: int) -> int:
    """A client by a bounded Pareto law (the largest has one order in forty), spread over the ids by a coprime step."""
    root = 1 + chance * (round((count + 1) ** 0.2, 6) - 1)
    rank = int(root * root * root * root * root) - 1  # no power: its last digit may differ between machines
    return 1 + min(rank, count - 1) * 7919 % count


def _status(chance: float) -> str:
    return STATUSES[0 if chance < 0.1 else 1 if chance < 0.25 else 2 if chance < 0.45 else 3 if chance < 0.95 else 4]


def _note(chance: float) -> str | None:
    return words.NOTES[int(chance * len(words.NOTES))] or None


def prepare(size: Size, folder: Path | None = None) -> Data:
    """The data set of this size, made at the first call and found again at later ones."""
    folder = folder or Path(tempfile.gettempdir()) / f"kartoteka-benchmarks-{version()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = Data(size, folder / f"floor-{size.name}.sqlite", folder / f"orders-{size.name}.xlsx")
    for path, make in ((data.database, write_database), (data.workbook, write_workbook)):
        if not path.exists():
            unfinished = path.with_name(f"{os.getpid()}-{path.name}")
            make(size, unfinished)
            unfinished.replace(path)
    return data


def version() -> str:
    """Changes when the generator does, so that a stale file is never found again."""
    sources = (Path(__file__), Path(words.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def write_database(size: Size, path: Path) -> None:
    """The whole set into one SQLite file; indexes come last, statistics after them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA + "BEGIN;")
        insert(connection, "client", clients(size))
        insert(connection, "product", products(size))
        for chunk in chunks(sales(size)):
            insert(connection, "order", [order for order, _ in chunk])
            insert(connection, "line", [line for _, lines in chunk for line in lines])
        connection.execute(COUNTED)
        connection.execute("COMMIT")
        connection.executescript(INDEXES + "ANALYZE; PRAGMA journal_mode=DELETE;")


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """All rows by one prepared statement."""
    source = iter(rows)
    first = next(source, None)
    if first is not None:
        statement = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(first))})'
        connection.execute(statement, first)
        connection.executemany(statement, source)


def chunks(source: Iterable[tuple[Row, list[Row]]]) -> Iterator[Sequence[tuple[Row, list[Row]]]]:
    """A long stream in lists that fit into memory."""
    stream = iter(source)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def write_workbook(size: Size, path: Path) -> None:
    """The orders to import, with dates and amounts as a spreadsheet program writes them."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("orders")
        sheet.write_row(0, 0, ("date", "client", "status", "amount", "note"))
        for line, (day, client, status, amount, note) in enumerate(imported(size), start=1):
            sheet.write_datetime(line, 0, date.fromisoformat(str(day)))
            sheet.write_row(line, 1, (client, status, int(amount or 0) / 100, note))
