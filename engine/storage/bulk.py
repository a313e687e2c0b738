"""Many rows at once, given column by column: what imports and demo data are written with.

A column of five thousand values costs one call of the driver and a few of Python; a row of its own costs dozens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Table, bindparam, insert

from engine.storage.database import Database

Columns = Mapping[str, Sequence[Any]]


def insert_columns(database: Database, connection: Connection, table: Table, columns: Columns) -> None:
    """Insert rows whose values stand in columns of equal length."""
    names = tuple(columns)

    def build() -> Insert:
        return insert(table).values({name: bindparam(name, type_=table.c[name].type) for name in names})

    prepared = database.prepared((table, "insert_columns", names), build)
    order = prepared.order or names
    rows = zip(*(each_once(columns[name], prepared.binders.get(name)) for name in order), strict=True)
    cursor: Any = connection.connection.cursor()
    try:
        if database.sqlite:
            cursor.executemany(prepared.sql, rows)
        else:
            quote = database.dialect.identifier_preparer.quote
            _copy(cursor, f"{quote(table.name)} ({', '.join(map(quote, order))})", rows)
    finally:
        cursor.close()


def each_once(values: Sequence[Any], change: Callable[[Any], Any] | None) -> Sequence[Any]:
    """The values changed one by one, equal ones only once: dates, prices and statuses come again and again.

    A blank stays blank.
    """
    if change is None:
        return values
    known = {value: None if value is None else change(value) for value in set(values)}
    return [known[value] for value in values]


def _copy(cursor: Any, place: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {place} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
