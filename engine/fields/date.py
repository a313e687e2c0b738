"""A calendar day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from engine.fields.column import Column
from engine.fields.field import DATE_OPERATORS, Field, Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit


class DateField(Field):
    """A day without a time; the form has the system's own date picker, which speaks ISO."""

    type: Literal["date"]

    summary: ClassVar[str] = "A calendar day: of an order, of birth, of a deadline."
    example: ClassVar[str] = "{type: date, required: true}"
    operators: ClassVar[tuple[str, ...]] = DATE_OPERATORS
    recurring: ClassVar[tuple[str, ...]] = ("weekday", "month_of_year")

    def column(self) -> Column:
        return Column("date")

    def read(self, text: str, locale: Locale) -> Value:
        return locale.read_date(text)

    def accept(self, value: Value) -> Value:
        if value is not None and (isinstance(value, dt.datetime) or not isinstance(value, dt.date)):
            raise Unfit("value-wrong-kind")
        return value

    def load(self, value: Any) -> Value:
        if not isinstance(value, str):
            return self.accept(value)
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError:
            raise Unfit("not-a-date", value=value[:50], example="2026-12-31") from None

    def dump(self, value: Value) -> Any:
        return None if value is None else value.isoformat()

    def read_cell(self, cell: object, locale: Locale) -> Value:
        if isinstance(cell, dt.datetime):
            if cell.time() != dt.time():
                raise Unfit("not-a-date", value=str(cell), example=locale.date_example)
            return cell.date()
        return cell if isinstance(cell, dt.date) else super().read_cell(cell, locale)

    def title_text(self, value: Value) -> str:
        # Titles are stored once for readers of all languages, and sorted as text.
        return str(value.isoformat())

    def formatter(self, locale: Locale) -> Formatter:
        return locale.show_date

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else str(value.isoformat())
