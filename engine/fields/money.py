"""An amount of money in one currency."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from babel.numbers import get_currency_precision
from pydantic import Field as Key

from engine.fields.currency import currencies_in_use, known_currency, symbol
from engine.fields.decimal import Exact, Scale
from engine.fields.defaults import Defaults
from engine.fields.field import Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit, nearest


class MoneyField(Exact):
    """An exact amount; the value is a Decimal, its currency is fixed here or stands in another field."""

    type: Literal["money"]
    currency: Annotated[str, Key(min_length=1, max_length=82)] | None = Key(
        None,
        description="A code such as EUR, or the name of a currency field; by default the configuration's currency.",
    )
    scale: Scale | None = Key(None, description="Decimal places that are stored; by default those of the currency.")

    summary: ClassVar[str] = "An exact amount of money: a price, a total, a wage."
    example: ClassVar[str] = "{type: money, currency: EUR}"

    @cached_property
    def fixed_currency(self) -> str | None:
        """The code, or None where a field of the record names it."""
        return self.currency if self.currency and self.currency.isupper() else None

    @property
    def places(self) -> int:
        if self.scale is not None:
            return self.scale
        # Money of variable currency keeps four places: no currency in use has more.
        return get_currency_precision(self.fixed_currency) if self.fixed_currency else 4

    def completed(self, defaults: Defaults) -> MoneyField:
        return self if self.currency else self.model_copy(update={"currency": defaults.currency})

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        if self.fixed_currency and not known_currency(self.fixed_currency):
            likely = nearest(self.fixed_currency, currencies_in_use())
            yield "currency", Unfit("currency-unknown", value=self.fixed_currency, nearest=likely)

    def unit_in(self, language: str) -> str:
        return symbol(self.fixed_currency, language) if self.fixed_currency else ""

    def formatter(self, locale: Locale) -> Formatter:
        return self._writer(locale, grouped=True)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else self._writer(locale, grouped=False)(value)

    def _writer(self, locale: Locale, *, grouped: bool) -> Formatter:
        """Every place that is stored; but of money in any currency, places beyond the cents only where they are used."""
        whole = locale.decimal_formatter(self.places, grouped=grouped)
        if self.fixed_currency or self.scale is not None:
            return whole
        cents = locale.decimal_formatter(2, grouped=grouped)
        return lambda value: cents(value) if value == round(value, 2) else whole(value)

    def read(self, text: str, locale: Locale) -> Value:
        """An amount, with or without its own currency's code or sign beside it."""
        if self.fixed_currency:
            for sign in (self.fixed_currency, symbol(self.fixed_currency, locale.language)):
                text = text.removeprefix(sign).removesuffix(sign).strip()
        return super().read(text, locale)
