"""The product as people run it: a folder with a configuration and a database, and `kartoteka serve`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.data import Data
from benchmarks.product import load, opened, pages
from benchmarks.row import Stage
from benchmarks.serving import Server, free_port, serving
from engine.storage import Database


@dataclass(frozen=True)
class Installation:
    """A folder with `kartoteka.yaml`, and the database with the data set and one account."""

    folder: Path
    database: Path


@contextmanager
def installed(data: Data) -> Iterator[Installation]:
    """A fresh installation; removed afterwards."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copyfile(load.CONFIGURATION, folder / load.CONFIGURATION.name)
        path = opened.copy(Stage(data, folder))
        with closing(Database(load.url(path))) as database:
            pages.add_person(database)
        yield Installation(folder, path)


@contextmanager
def served(place: Installation) -> Iterator[Server]:
    """The installation served as `kartoteka serve` does it."""
    port = free_port()
    command = [sys.executable, "-m", "runtime_web.cli", "-C", str(place.folder), "--database", load.url(place.database)]
    with serving([*command, "serve", "--port", str(port)], port, "/login") as server:
        yield server
