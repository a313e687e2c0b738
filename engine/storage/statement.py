"""A statement built once and kept: its SQL text, its parameters in order, and how to read its rows.

Building a statement costs more than running it, and a list page runs the same few all day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

from formulas.to_sql import functions_of

Row = tuple[Any, ...]
Loader = Callable[[Any], Any] | None
MOMENTS = frozenset({"formula_today", "formula_now", "formula_user"})


class Prepared:
    """A compiled statement. Values are always bound; the driver gets the text and a row of parameters."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self.sql = str(compiled)
        self.functions = functions_of(statement) if dialect.name == "sqlite" else ()
        self.order: list[str] | None = compiled.positiontup
        """The names of the parameters, where the driver takes them by their places."""
        self.fixed = dict(compiled.params)
        self.binders = {
            name: binder
            for parameter, name in compiled.bind_names.items()
            if (binder := parameter.type.dialect_impl(dialect).bind_processor(dialect))
        }
        selected = getattr(statement, "selected_columns", None)
        columns: Sequence[Any] = tuple(getattr(statement, "_returning", ()) if selected is None else selected)
        self.names = tuple(str(column.name) for column in columns)
        self.loaders: tuple[Loader, ...] = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        )
        self.asks = bool(MOMENTS & self.fixed.keys())
        """Whether it depends on the moment or on who asks, which `asking` says."""
        self._loading = tuple((at, load) for at, load in enumerate(self.loaders) if load)

    def asking(self, moments: Mapping[str, Any]) -> Prepared:
        """The same statement for one moment and one person."""
        found = copy(self)
        found.fixed = {**self.fixed, **moments}
        return found

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values in the form the driver takes: in order, or by name."""
        bound = {**self.fixed, **values}
        for name, binder in self.binders.items():
            bound[name] = binder(bound[name])
        return tuple(bound[name] for name in self.order) if self.order is not None else bound

    def raw(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """The rows as the driver gives them; `loaders` turns their items into values."""
        cursor = self._cursor(connection)
        try:
            cursor.execute(self.sql, self.parameters(values))
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """The rows as Python values."""
        raw = self.raw(connection, values)
        return [self.load(row) for row in raw] if self._loading else raw

    def records(self, connection: Connection, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows as mappings of column name to value."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows(connection, values)]

    def load(self, row: Sequence[Any]) -> Row:
        items = list(row)
        for at, load in self._loading:
            items[at] = load(items[at])
        return tuple(items)

    def stream(self, connection: Connection, values: Mapping[str, Any], size: int = 2000) -> Iterable[list[Row]]:
        """Raw rows in batches, for exports that must not hold everything in memory."""
        named = {} if self.order is not None else {"name": "kartoteka_stream"}
        cursor = self._cursor(connection, **named)  # PostgreSQL keeps a named cursor's rows on the server
        try:
            cursor.execute(self.sql, self.parameters(values))
            while batch := cursor.fetchmany(size):
                yield list(batch)
        finally:
            cursor.close()

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Execute for its effect; how many rows it touched."""
        cursor = self._cursor(connection)
        try:
            cursor.execute(self.sql, self.parameters(values))
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def run_many(self, connection: Connection, many: Iterable[Mapping[str, Any]]) -> None:
        """Execute for each set of values in one call of the driver."""
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(self.sql, [self.parameters(values) for values in many])
        finally:
            cursor.close()

    def _cursor(self, connection: Connection, **options: Any) -> Any:
        """A cursor of a connection that knows the functions which the statement calls."""
        for function in self.functions:
            known = connection.info.setdefault("functions", set())
            if function.name not in known:
                driver: Any = connection.connection.driver_connection
                driver.create_function(function.name, function.arity, function.make(), deterministic=True)
                known.add(function.name)
        return connection.connection.cursor(**options)
