"""The product opened below its pages: its records on a copy of the data set."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.answers import Wrong
from benchmarks.product import load
from benchmarks.row import Stage
from engine.fields.locale import Locale
from engine.query import Query
from engine.records import Records
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage.tables import describe_tables

ENGLISH = Locale("en", "UTC")
EXPORTED = Query("order", ("number", "date", "client", "status", "amount"))


def copy(stage: Stage, name: str = "product.sqlite") -> Path:
    """A fresh copy of the product's database, free to change."""
    prepared = stage.data.product or load.prepare(stage.data).product
    if prepared is None:
        raise Wrong("the product's database was not made")
    return Path(shutil.copyfile(prepared, stage.folder / name))


@contextmanager
def records(path: Path) -> Iterator[Records]:
    """The door to the records of this file, as the system."""
    with closing(Database(load.url(path))) as database:
        yield Records(database, describe_tables(load.configuration()), SYSTEM)
