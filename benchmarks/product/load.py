"""The data set in the product's own tables, written through its own door and kept in the temporary folder."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import engine
from benchmarks.answers import Wrong
from benchmarks.data import Data, Row, chunks, clients, products, sales
from engine import schema
from engine.config import load
from engine.model import Configuration
from engine.records import Records
from engine.records.batch import Batch
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage.tables import describe_tables

CONFIGURATION = Path(__file__).with_name("kartoteka.yaml")
SPARED = 3600
"""Seconds for which a file of another version is left alone: somebody may be measuring with it."""
CLIENT = ("code", "name", "city", "phone", "email")
PRODUCT = ("code", "name", "price")
ORDER = ("number", "date", "client", "status", "amount", "note")
LINE = ("order", "_position", "product", "quantity", "price")


def configuration() -> Configuration:
    """The floor's four tables as the product describes them."""
    found, problems = load(CONFIGURATION)
    if found is None:
        raise Wrong(f"the benchmark's configuration has problems: {problems}")
    return found


def url(path: Path) -> str:
    """A database file as the product names it."""
    return f"sqlite:///{path.as_posix()}"


def prepare(data: Data) -> Data:
    """The data set with the product's database, which is made anew whenever what writes it has changed."""
    path = data.database.with_name(f"product-{data.size.name}-{version()}.sqlite")
    if not path.exists():
        write_database(data, path)
    return replace(data, product=path)


def write_database(data: Data, path: Path) -> None:
    """All rows through the product's own door, into a file that replaces older ones."""
    for stale in path.parent.glob(f"product-{data.size.name}-*"):
        if time.time() - stale.stat().st_mtime > SPARED:
            stale.unlink(missing_ok=True)
    unfinished = path.with_name(f"{os.getpid()}-{path.name}")
    with closing(Database(url(unfinished))) as database:
        described = configuration()
        schema.apply(database, described, "benchmark")
        records = Records(database, describe_tables(described), SYSTEM)
        with records.batch() as batch:
            fill(batch, data)
    unfinished.replace(path)


def version() -> str:
    """Changes with the configuration and with what decides on tables and on what stands in them."""
    home = Path(engine.__file__).parent
    sources = sorted((home / "fields/column.py", *(home / "schema").glob("*.py"), *(home / "storage").glob("*.py")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*sources, CONFIGURATION))).hexdigest()[:12]


def fill(batch: Batch, data: Data) -> None:
    """All rows; the ids come out as the generator numbered them."""
    add(batch, "client", CLIENT, (row[1:] for row in clients(data.size)))
    add(batch, "product", PRODUCT, ((*row[1:3], money(row[3])) for row in products(data.size)))
    for chunk in chunks(sales(data.size)):
        add(batch, "order", ORDER, (order(row) for row, _ in chunk))
        add(batch, "order_line", LINE, (line(row) for _, lines in chunk for row in lines))


def add(batch: Batch, entity: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of one entity."""
    batch.add(entity, columns, list(rows))


def order(row: Row) -> Sequence[Any]:
    """An order as the product's fields take it."""
    _, number, day, client, status, amount, note = row
    return number, date.fromisoformat(str(day)), client, status, money(amount), note


def line(row: Row) -> Sequence[Any]:
    """A line as the product's fields take it; positions count from zero there."""
    _, of, position, product, quantity, price = row
    return of, int(position or 0) - 1, product, quantity, money(price)


def money(cents: str | int | None) -> Decimal:
    """An exact amount."""
    return Decimal(int(cents or 0)).scaleb(-2)
