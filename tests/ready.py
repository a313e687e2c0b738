"""A database in which a configuration is applied already: applied once in each test process, and copied from then on.

Applying makes some 40 tables, a file is copied in a millisecond; nearly every test needs one. What applying itself
does is tried in tests/engine/schema.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from engine.model import Configuration
from engine.schema import apply
from engine.storage import Database

KEPT = tempfile.TemporaryDirectory(prefix="kartoteka-ready-", ignore_cleanup_errors=True)
NAMES: dict[tuple[str, str], str] = {}


def ready_database(url: str, configuration: Configuration) -> Database:
    """Open the new, still empty database at `url` with the configuration in force."""
    place = make_url(url)
    copied = _copied_file if place.get_backend_name() == "sqlite" else _copied_database
    key = (f"{place.host}:{place.port}", configuration.model_dump_json())
    if key in NAMES:
        copied(place, NAMES[key], back=True)
        return Database(url)
    database = Database(url)
    apply(database, configuration, "tests")
    database.close()
    copied(place, name := f"ready_{len(NAMES)}", back=False)
    NAMES[key] = name
    return Database(url)


def _copied_file(place: URL, name: str, *, back: bool) -> None:
    files = [Path(KEPT.name) / name, Path(place.database or "")]
    source, target = files if back else reversed(files)
    shutil.copyfile(source, target)


def _copied_database(place: URL, name: str, *, back: bool) -> None:
    import psycopg  # noqa: PLC0415  (part of an extra)

    source, target = (name, place.database) if back else (place.database, name)
    server = place.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {target}".encode())
        connection.execute(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy".encode())
