"""How values that databases disagree about are stored."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, DateTime, Dialect, Numeric, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine


class Exactly(TypeDecorator[Decimal]):
    """Exact decimals: an integer scaled by the field's places on SQLite, which has no decimals; NUMERIC elsewhere."""

    impl = Numeric
    cache_ok = True

    def __init__(self, digits: int, scale: int) -> None:
        super().__init__(digits, scale)
        self.scale = scale
        self.digits = digits

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        scaled = dialect.name == "sqlite"
        return dialect.type_descriptor(BigInteger() if scaled else Numeric(self.digits, self.scale))

    def bind_processor(self, dialect: Dialect) -> Any:
        if dialect.name != "sqlite":
            return None
        scale = self.scale

        def scaled(value: Decimal | None) -> int | None:
            return None if value is None else int(Decimal(value).scaleb(scale))

        return scaled

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name != "sqlite":
            return None
        scale = self.scale

        def unscaled(value: int | bytes | None) -> Decimal | None:
            # A sum beyond the numbers of SQLite comes in digits, see engine/storage/exact_sums.py.
            return None if value is None else Decimal(int(value)).scaleb(-scale)

        return unscaled


class Moment(TypeDecorator[dt.datetime]):
    """A moment in time, aware and in UTC in Python; on SQLite, which knows none, text in the order of time, without a zone.

    A record has two of them and each of its lines as well, so they are read and written by the shortest way there is.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def bind_processor(self, dialect: Dialect) -> Any:
        if dialect.name != "sqlite":
            return lambda value: None if value is None else value.astimezone(dt.UTC)

        def written(value: dt.datetime | None) -> str | None:
            if value is None:
                return None
            return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

        return written

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name != "sqlite":
            return lambda value: None if value is None else value.astimezone(dt.UTC)

        def read(value: str | None) -> dt.datetime | None:
            return None if value is None else dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)

        return read


class Seconds(TypeDecorator[dt.timedelta]):
    """A stretch of time as whole seconds, which every database can add up and compare."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.timedelta | None:
        return None if value is None else dt.timedelta(seconds=value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes as one text with a bar around each, so that one code is found by LIKE."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return f"|{'|'.join(value)}|" if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return tuple(value.strip("|").split("|")) if value else None


class BlankFirst(ColumnElement[Any]):
    """A column of an index in which blanks count as the smallest value: SQLite's own order, said for PostgreSQL."""

    inherit_cache = False

    def __init__(self, column: Column[Any]) -> None:
        self.column = column
        self.type = column.type


@compiles(BlankFirst)
def _blank_first(element: BlankFirst, compiler: SQLCompiler, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} NULLS FIRST"


@compiles(BlankFirst, "sqlite")
def _blank_first_already(element: BlankFirst, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.process(element.column, **options))
