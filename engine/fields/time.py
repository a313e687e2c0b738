"""A time of day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from engine.fields.column import Column
from engine.fields.field import NUMBER_OPERATORS, Field, Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit

# The day on which spreadsheets put a time that has none.
_DAY_ZERO = dt.datetime(1899, 12, 31)  # noqa: DTZ001 - spreadsheets know no zones


class TimeField(Field):
    """A time on the clock, to the second, of no particular day or zone."""

    type: Literal["time"]

    summary: ClassVar[str] = "A time of day: when a shift begins, when a shop opens."
    example: ClassVar[str] = '{type: time, default: "09:00"}'
    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS

    def column(self) -> Column:
        return Column("time")

    def read(self, text: str, locale: Locale) -> Value:
        return locale.read_time(text)

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, dt.time) or value.tzinfo:
            raise Unfit("value-wrong-kind")
        return value.replace(microsecond=0, fold=0)

    def load(self, value: Any) -> Value:
        if not isinstance(value, str):
            return self.accept(value)
        try:
            return self.accept(dt.time.fromisoformat(value)) if value else None
        except ValueError:
            raise Unfit("not-a-time", value=value[:50], example="14:30") from None

    def dump(self, value: Value) -> Any:
        return None if value is None else value.isoformat()

    def read_cell(self, cell: object, locale: Locale) -> Value:
        if isinstance(cell, dt.timedelta):
            # Some readers give the time of day as what has passed since midnight.
            cell = _DAY_ZERO + cell if dt.timedelta(0) <= cell < dt.timedelta(days=1) else str(cell)
        if isinstance(cell, dt.datetime) and cell.date() <= _DAY_ZERO.date():
            cell = cell.time()
        return self.accept(cell) if isinstance(cell, dt.time) else super().read_cell(cell, locale)

    def formatter(self, locale: Locale) -> Formatter:
        return locale.show_time

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else str(value.isoformat("seconds" if value.second else "minutes"))
