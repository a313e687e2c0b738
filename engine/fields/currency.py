"""A currency, by its code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar, Literal

from babel.core import get_global
from babel.numbers import get_currency_symbol, list_currencies
from pydantic import Field as Key

from engine.fields.column import Column
from engine.fields.field import SET_OPERATORS, Field, Value
from engine.fields.locale import Locale, locale_for
from engine.problems import Unfit, nearest


class CurrencyField(Field):
    """The three-letter code of a currency, such as EUR."""

    type: Literal["currency"]
    options: tuple[str, ...] = Key((), description="The codes to choose from; by default every currency in use.")

    summary: ClassVar[str] = "A currency by its code: of an account, of a price list."
    example: ClassVar[str] = "{type: currency, options: [EUR, USD], default: EUR}"
    operators: ClassVar[tuple[str, ...]] = SET_OPERATORS

    def column(self) -> Column:
        return Column("text")

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        for code in self.options:
            if not known_currency(code):
                yield "options", Unfit("currency-unknown", value=code, nearest=nearest(code, currencies_in_use()))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that a form offers."""
        return self.options or currencies_in_use()

    def choices(self, locale: Locale) -> tuple[tuple[str, str], ...]:
        """(code, name) for a form."""
        names = locale.babel.currencies
        return tuple((code, str(names.get(code, code))) for code in self.codes)

    def read(self, text: str, locale: Locale) -> Value:
        code = text.upper()
        if known_currency(code):
            return code
        wanted = text.casefold()
        for known in self.codes:
            if wanted in (symbol(known, locale.language).casefold(), _name(known, locale).casefold()):
                return known
        return text

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, str):
            raise Unfit("value-wrong-kind")
        # Currencies out of use are accepted unless the configuration lists its own: old contracts name them.
        if value not in self.options if self.options else not known_currency(value):
            raise Unfit("choice-unknown", value=value[:50], nearest=nearest(value[:50], self.codes))
        return value


def known_currency(code: str) -> bool:
    """Whether this is the code of a currency, in use or not."""
    return code in _all_currencies()


@lru_cache(maxsize=1)
def _all_currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@lru_cache(maxsize=1)
def currencies_in_use() -> tuple[str, ...]:
    """The codes of the currencies that are legal tender somewhere today, sorted."""
    territories = get_global("territory_currencies").values()
    return tuple(
        sorted({code for spans in territories for code, _, until, tender in spans if until is None and tender})
    )


@lru_cache(maxsize=1024)
def symbol(code: str, language: str) -> str:
    """The sign of a currency in a language: €, ₽ or the code itself."""
    return get_currency_symbol(code, locale_for(language).babel)


def _name(code: str, locale: Locale) -> str:
    return str(locale.babel.currencies.get(code, code))
