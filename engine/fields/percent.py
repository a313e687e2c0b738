"""A percentage, kept as a fraction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.decimal import Exact
from engine.fields.field import Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit


class PercentField(Exact):
    """A fraction that people see and type as a percentage: 0.3 is 30 %."""

    type: Literal["percent"]
    scale: Annotated[int, Key(ge=2, le=10)] = Key(
        4, description="Decimal places of the stored fraction, 2 to 10; 4 keeps two places of the percentage."
    )

    summary: ClassVar[str] = "A percentage: a discount, a tax rate, a share; 0.3 in the configuration is 30 %."
    example: ClassVar[str] = "{type: percent, min: 0, max: 1}"
    pads: ClassVar[bool] = False

    @property
    def places(self) -> int:
        return self.scale

    @property
    def shown_places(self) -> int:
        return self.scale - 2

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        """Also what looks like a percentage where the fraction is meant: 30 for 0.3."""
        yield from super().faults()
        for key in ("default", "min", "max"):
            fraction = fraction_of(getattr(self, key))
            if fraction is not None and abs(fraction) > 1:
                yield key, Unfit("percent-not-a-fraction", value=str(fraction), percent=f"{fraction * 100:f}")

    def typed(self, value: Decimal) -> str:
        return super().typed(value.scaleb(2)) + " %"

    def unit_in(self, language: str) -> str:
        return "%"

    def read(self, text: str, locale: Locale) -> Value:
        """Typed `30`, `30%` and `30 %` all mean 0.3."""
        return locale.read_decimal(text.removesuffix("%")).scaleb(-2)

    def cell_number(self, cell: object, locale: Locale) -> Value:
        """The fraction in a spreadsheet cell.

        A Decimal is one already: whoever reads the file makes it of a cell that is formatted as a percentage. What
        stands in other cells may be meant either way when it lies between 0 and 1.

        Raises:
            Unfit: `percent-or-fraction`.
        """
        if isinstance(cell, Decimal):
            return cell
        if isinstance(cell, str):
            fraction = self.read(cell.strip(), locale) if cell.strip() else None
            said = cell.rstrip().endswith("%")
        else:
            number = super().cell_number(cell, locale)
            fraction, said = None if number is None else Decimal(number).scaleb(-2), False
        if fraction is not None and not said and 0 < abs(fraction) < Decimal("0.01"):
            raise Unfit("percent-or-fraction", value=str(cell).strip())
        return fraction

    def formatter(self, locale: Locale) -> Formatter:
        show, sign = locale.decimal_formatter(self.shown_places, fixed=False), locale.percent_sign
        return lambda value: show(value.scaleb(2)) + sign

    def entry(self, value: Value, locale: Locale) -> str:
        if value is None:
            return ""
        return locale.decimal_formatter(self.shown_places, fixed=False, grouped=False)(value.scaleb(2))


def fraction_of(written: object) -> Decimal | None:
    """The number that a key holds as the configuration writes it; None where it is no number."""
    try:
        return Decimal(str(written))
    except InvalidOperation:
        return None
