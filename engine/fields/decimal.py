"""An exact decimal number; money and percent build on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import Column
from engine.fields.field import NUMBER_OPERATORS, Field, Formatter, Value, is_blank
from engine.fields.integer import LIMIT
from engine.fields.label import Label, text_in
from engine.fields.locale import Locale
from engine.problems import Unfit

Scale = Annotated[int, Key(ge=0, le=10)]
# Decimal() itself would also take spaces, underscores, "NaN" and the digits of other alphabets.
_CANONICAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)


class Exact(Field):
    """What fields of exact decimals share: bounds, a scale, no float anywhere."""

    min: Decimal | None = Key(None, description="The smallest value allowed.")
    max: Decimal | None = Key(None, description="The largest value allowed.")

    align_end: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = NUMBER_OPERATORS
    pads: ClassVar[bool] = True
    """Whether trailing zeros are shown."""

    @property
    def places(self) -> int:
        """Digits after the decimal sign that are stored."""
        return 2

    @cached_property
    def limit(self) -> Decimal:
        """Magnitudes stay below this."""
        return Decimal(LIMIT).scaleb(-self.places)

    @cached_property
    def step(self) -> Decimal:
        """The smallest step between two values."""
        return Decimal(1).scaleb(-self.places)

    def column(self) -> Column:
        return self._column

    @cached_property
    def _column(self) -> Column:
        return Column("decimal", digits=15 + self.places, scale=self.places)

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        for key, bound in (("min", self.min), ("max", self.max)):
            if bound is not None and abs(bound) >= self.limit:
                yield key, Unfit("number-too-large", value=str(bound)[:50], maximum=self.typed(self.limit))
        if self.min is not None and self.max is not None and self.min > self.max:
            yield "min", Unfit("range-reversed", minimum=self.typed(self.min), maximum=self.typed(self.max))

    def read(self, text: str, locale: Locale) -> Value:
        return locale.read_decimal(text)

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        if not isinstance(value, Decimal) or not value.is_finite():
            raise Unfit("value-wrong-kind")
        self._bounded(value)
        stored = value.quantize(self.step, ROUND_HALF_UP)
        if stored != value:
            raise Unfit("too-many-decimals", value=self.typed(value), scale=self.shown_places)
        return stored + 0

    def _bounded(self, value: Decimal) -> None:
        if abs(value) >= self.limit:
            raise Unfit("too-large", value=self.typed(value), maximum=self.typed(self.limit))
        if self.min is not None and value < self.min:
            raise Unfit("too-small", value=self.typed(value), minimum=self.typed(self.min))
        if self.max is not None and value > self.max:
            raise Unfit("too-large", value=self.typed(value), maximum=self.typed(self.max))

    @property
    def shown_places(self) -> int:
        """Digits after the decimal sign that people see."""
        return self.places

    def typed(self, value: Decimal) -> str:
        """The value as a person types it, locale aside: for messages."""
        # Written out, 1e999999 would have a million digits.
        return format(value, "f") if -50 < value.adjusted() < 50 else str(value)[:50]

    def load(self, value: Any) -> Value:
        if isinstance(value, str) and value:
            if not _CANONICAL.fullmatch(value):
                raise Unfit("not-a-number", value=value[:50])
            return self.accept(Decimal(value))
        return self.accept(None if value == "" else value)

    def dump(self, value: Value) -> Any:
        return None if value is None else format(value, "f")

    def read_cell(self, cell: object, locale: Locale) -> Value:
        return None if is_blank(cell) else self.accept(self.cell_number(cell, locale))

    def cell_number(self, cell: object, locale: Locale) -> Value:
        """The number in a spreadsheet cell that is not blank, not yet validated."""
        if isinstance(cell, bool):
            raise Unfit("value-wrong-kind")
        if isinstance(cell, float):
            # Spreadsheets keep doubles and show 15 digits of them: 0.1 + 0.2 is 0.3 there too.
            return Decimal(format(cell, ".15g"))
        if isinstance(cell, int | Decimal):
            return cell
        text = str(cell).strip()
        return self.read(text, locale) if text else None

    def formatter(self, locale: Locale) -> Formatter:
        return locale.decimal_formatter(self.places, fixed=self.pads)

    def entry(self, value: Value, locale: Locale) -> str:
        # Without group signs: where the comma or the point groups, "1,234" would be read differently elsewhere.
        return "" if value is None else locale.decimal_formatter(self.places, fixed=self.pads, grouped=False)(value)


class DecimalField(Exact):
    """A number with a fixed number of decimal places."""

    type: Literal["decimal"]
    scale: Scale = Key(2, description="Decimal places that are stored, 0 to 10.")
    unit: Label | None = Key(None, description="Shown after the number, such as kg.")

    summary: ClassVar[str] = "An exact number with decimals: a weight, a quantity, a rate."
    example: ClassVar[str] = "{type: decimal, scale: 3, unit: kg}"
    pads: ClassVar[bool] = False

    @property
    def places(self) -> int:
        return self.scale

    def unit_in(self, language: str) -> str:
        return text_in(self.unit, language, "") if self.unit else ""
