"""A whole number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import Column
from engine.fields.field import NUMBER_OPERATORS, Field, Formatter, Value
from engine.fields.label import Label, text_in
from engine.fields.locale import Locale
from engine.problems import Unfit

LIMIT = 10**15
"""Magnitudes stay below this, so that sums over many rows stay inside 63 bits."""
# int() itself would also take spaces, underscores and the digits of other alphabets.
_DIGITS = re.compile(r"-?\d{1,40}", re.ASCII)


class Whole(Field):
    """What fields of whole numbers share."""

    align_end: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS

    @property
    def bounds(self) -> tuple[int, int]:
        """The smallest and the largest value allowed."""
        raise NotImplementedError

    def column(self) -> Column:
        return Column("integer")

    def read(self, text: str, locale: Locale) -> Value:
        number = locale.read_decimal(text)
        if number != number.to_integral_value():
            raise Unfit("not-an-integer", value=text)
        return int(number)

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unfit("value-wrong-kind")
        smallest, largest = self.bounds
        if value < smallest:
            raise Unfit("too-small", value=_short(value), minimum=str(smallest))
        if value > largest:
            raise Unfit("too-large", value=_short(value), maximum=str(largest))
        return value

    def load(self, value: Any) -> Value:
        if isinstance(value, str) and value:
            if not _DIGITS.fullmatch(value):
                raise Unfit("not-an-integer", value=value[:50])
            return self.accept(int(value))
        return self.accept(None if value == "" else value)

    def title_text(self, value: Value) -> str:
        # 2026 as a title is a year or a number of something: 2,026 would be neither.
        return str(value)


class IntegerField(Whole):
    """A whole number, optionally within bounds."""

    type: Literal["integer"]
    min: int | None = Key(None, description="The smallest value allowed.")
    max: int | None = Key(None, description="The largest value allowed.")
    unit: Label | None = Key(None, description="Shown after the number, such as pcs.")

    summary: ClassVar[str] = "A whole number: pieces, people, days."
    example: ClassVar[str] = "{type: integer, min: 0}"

    @property
    def bounds(self) -> tuple[int, int]:
        return 1 - LIMIT if self.min is None else self.min, LIMIT - 1 if self.max is None else self.max

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        for key, bound in (("min", self.min), ("max", self.max)):
            if bound is not None and abs(bound) >= LIMIT:
                yield key, Unfit("number-too-large", value=str(bound)[:50], maximum=str(LIMIT - 1))
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", Unfit("range-reversed", minimum=str(self.min), maximum=str(self.max))

    def unit_in(self, language: str) -> str:
        return text_in(self.unit, language, "") if self.unit else ""

    def formatter(self, locale: Locale) -> Formatter:
        return locale.decimal_formatter(0)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else str(value)


def _short(value: int) -> str:
    # str() refuses integers of thousands of digits.
    return str(value) if abs(value) < 10**40 else "…"
