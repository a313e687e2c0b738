"""Sums that no whole number of SQLite holds: the one statement that needs it is asked again, added up in Python."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import sum as Sum  # noqa: N812  (a class)

_EXACTLY = "kartoteka_exact_sums"
_MOST = 2**63


class _Sum:
    """Adds up without a bound. A result beyond the numbers of SQLite is written in digits, as bytes."""

    def __init__(self) -> None:
        self.total: int | None = None

    def step(self, value: int | bytes | None) -> None:
        """Add a value, which may be such a sum itself; blanks count nothing."""
        if value is not None:
            self.total = (self.total or 0) + int(value)

    def finalize(self) -> int | bytes | None:
        """The sum; None where there was nothing to add."""
        if self.total is None or -_MOST <= self.total < _MOST:
            return self.total
        return str(self.total).encode()


def is_overflow(error: Exception) -> bool:
    """Whether this is SQLite refusing to give a wrong sum."""
    return "integer overflow" in str(error)


def added_exactly(statement: Select[Any], connection: Connection) -> Select[Any]:
    """The same statement, whose sums have no bound on this connection; it takes longer."""
    driver: Any = connection.connection.driver_connection
    driver.create_aggregate("exact_sum", 1, _Sum)
    return statement.execution_options(**{_EXACTLY: True})


@compiles(Sum, "sqlite")
def _sum(element: Sum[Any], compiler: SQLCompiler, **options: Any) -> str:
    if not compiler.execution_options.get(_EXACTLY):
        return compiler.visit_function(element, **options)
    return str(compiler.process(func.exact_sum(*element.clauses, type_=element.type), **options))
