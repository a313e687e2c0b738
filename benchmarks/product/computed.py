"""The product with computed fields: small configurations of their own, opened in a folder that is removed afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.answers import Wrong
from benchmarks.product.load import url
from engine import schema
from engine.config import load
from engine.model import Configuration
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage.tables import describe_tables

TRADE = Path(__file__).with_name("trade.yaml")
"""Orders with lines and totals, and the turnover of their clients."""


def described(folder: Path, text: str) -> Configuration:
    """A configuration that is written out, as the product reads it."""
    path = folder / "kartoteka.yaml"
    path.write_text(text, encoding="utf-8")
    found, problems = load(path)
    if found is None:
        raise Wrong(f"the benchmark's configuration has problems: {problems}")
    return found


@contextmanager
def opened(path: Path, configuration: Configuration) -> Iterator[Records]:
    """The door to the records of a file that has the tables of this configuration, as the system."""
    with closing(Database(url(path))) as database:
        schema.apply(database, configuration, "benchmark")
        yield Records(database, describe_tables(configuration), SYSTEM)


def beside(path: Path) -> sqlite3.Connection:
    """A second connection to the file: to fill it, and to see what was written."""
    return sqlite3.connect(path, isolation_level=None)
