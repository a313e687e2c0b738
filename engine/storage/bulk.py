"""Many rows at once, given column by column: what imports and demo data are written with.

A column of five thousand values costs one call of the driver and a few of Python; a row of its own costs dozens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from engine.storage.database import Database

Columns = Mapping[str, Sequence[Any]]


def insert_columns(database: Database, connection: Connection, table: Table, columns: Columns) -> None:
    """Insert rows whose values stand in columns of equal length."""
    names = tuple(columns)
    rows = zip(*(each_once(columns[name], _binder(database, table, name)) for name in names), strict=True)
    quote = database.dialect.identifier_preparer.quote
    place = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    cursor: Any = connection.connection.cursor()
    try:
        if database.sqlite:
            cursor.executemany(f"INSERT INTO {place} VALUES ({', '.join('?' * len(names))})", rows)
        else:
            _copy(cursor, place, rows)
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


def _binder(database: Database, table: Table, name: str) -> Callable[[Any], Any] | None:
    return table.c[name].type.dialect_impl(database.dialect).bind_processor(database.dialect)


def _copy(cursor: Any, place: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {place} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
