"""A moment: a day and a time."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Literal

from engine.fields.column import Column
from engine.fields.field import DATE_OPERATORS, Field, Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit

# A zone may lie a day off UTC, and Python's calendar ends at the year 9999.
_FIRST = dt.datetime(2, 1, 1, tzinfo=dt.UTC)
_LAST = dt.datetime(9998, 12, 31, tzinfo=dt.UTC)


class DateTimeField(Field):
    """A moment to the second, kept in UTC, typed and shown on the reader's clock; filters ask for days."""

    type: Literal["datetime"]

    summary: ClassVar[str] = "A moment: of a call, of a delivery, of a visit."
    example: ClassVar[str] = "{type: datetime, required: true}"
    operators: ClassVar[tuple[str, ...]] = DATE_OPERATORS
    recurring: ClassVar[tuple[str, ...]] = ("weekday", "month_of_year", "hour")

    def column(self) -> Column:
        return Column("datetime")

    def read(self, text: str, locale: Locale) -> Value:
        return locale.read_datetime(text)

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise Unfit("value-wrong-kind")
        try:
            moment = value.astimezone(dt.UTC).replace(microsecond=0, fold=0)
        except OverflowError:
            moment = _LAST
        if not _FIRST <= moment < _LAST:
            raise Unfit("moment-out-of-range", first=_FIRST.year, last=_LAST.year - 1)
        return moment

    def load(self, value: Any) -> Value:
        if not isinstance(value, str):
            return self.accept(value)
        try:
            moment = dt.datetime.fromisoformat(value) if value else None
        except ValueError:
            raise _not_a_moment(value) from None
        if moment and moment.tzinfo is None:
            raise _not_a_moment(value)
        return self.accept(moment)

    def dump(self, value: Value) -> Any:
        return None if value is None else value.isoformat().replace("+00:00", "Z")

    def read_cell(self, cell: object, locale: Locale) -> Value:
        if isinstance(cell, dt.datetime):
            return self._on_the_clock(cell, locale)
        if isinstance(cell, dt.date):
            return self._on_the_clock(dt.datetime.combine(cell, dt.time()), locale)
        return super().read_cell(cell, locale)

    def _on_the_clock(self, moment: dt.datetime, locale: Locale) -> Value:
        try:
            return self.accept(locale.to_utc(moment))
        except OverflowError:
            raise Unfit("moment-out-of-range", first=_FIRST.year, last=_LAST.year - 1) from None

    def operand(self, text: str, locale: Locale) -> Value:
        """A day, on the clock of the business."""
        return locale.read_date(text) if text.strip() else None

    def title_text(self, value: Value) -> str:
        return f"{value:%Y-%m-%d %H:%M} UTC"

    def formatter(self, locale: Locale) -> Formatter:
        return locale.show_datetime

    def entry(self, value: Value, locale: Locale) -> str:
        """The local moment as the browser's own input for it wants it."""
        if value is None:
            return ""
        local = value.astimezone(locale.zone).replace(tzinfo=None)
        return str(local.isoformat(timespec="seconds" if local.second else "minutes"))


def _not_a_moment(value: str) -> Unfit:
    return Unfit("not-a-datetime", value=value[:50], example="2026-12-31T14:30:00Z")
