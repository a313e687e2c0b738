"""Whether the database itself is sound."""

from __future__ import annotations

import sqlite3

from engine.storage.database import Database


def sqlite_version() -> tuple[int, ...]:
    """The version of SQLite that this Python brings."""
    return sqlite3.sqlite_version_info


def integrity_faults(database: Database) -> list[str]:
    """What SQLite finds wrong with its file and references; PostgreSQL keeps itself, and has none to tell."""
    if not database.sqlite:
        return []
    with database.read() as connection:
        sound = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
        dangling = [
            f"{row[0]} refers to a missing {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
    return [text for text in sound if text != "ok"] + dangling[:20]


def server_faults(database: Database) -> list[str]:
    """What a PostgreSQL server lacks that this program needs; SQLite brings everything itself."""
    if database.sqlite:
        return []
    with database.read() as connection:
        found = {name: connection.exec_driver_sql(query).scalar() for name, query in _NEEDED.items()}
    return [name for name, present in found.items() if not present]


_NEEDED = {
    "the database is not encoded in UTF-8": "SELECT pg_encoding_to_char(encoding) = 'UTF8' FROM pg_database "
    "WHERE datname = current_database()",
    "the collation und-x-icu is missing": "SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'",
}
"""What is wrong, and the query that gives nothing, false or 0 then."""
