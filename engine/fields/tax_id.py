"""A tax number, or another number that an authority gives."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType
from typing import Annotated, ClassVar, Literal, cast

import stdnum
from pydantic import Field as Key
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError

from engine.fields.country import Country, known_country, nearest_country
from engine.fields.defaults import Defaults
from engine.fields.field import BLANK, Formatter, Value
from engine.fields.locale import Locale
from engine.fields.text import Worded, one_line
from engine.problems import Unfit, nearest

_USUAL: dict[str, tuple[str, ...]] = {
    "AT": ("uid", "tin"),
    "AU": ("abn",),
    "BE": ("vat",),
    "BR": ("cnpj", "cpf"),
    "CU": ("ni",),
    "DE": ("vat", "stnr", "idnr"),
    "FI": ("ytunnus",),
    "FR": ("siren", "siret", "tva"),
    "LI": ("peid",),
    "MD": ("idno",),
    "MU": ("nid",),
    "MY": ("nric",),
    "PK": ("cnic",),
    "RO": ("cui", "cnp"),
    "RU": ("inn",),
    "UA": ("edrpou", "rntrc"),
    "US": ("ein", "tin"),
    "ZA": ("tin",),
}
"""The numbers that businesses and people of a country give as their tax number, the usual one first.

Countries that are not listed have the number that stdnum calls their VAT number, or else none that is known.
"""
_ANY = re.compile(r"[^\W_]{4,20}")
_BETWEEN = re.compile(r"[\s./\-\u2010-\u2015]+")


class TaxIdField(Worded):
    """A number with a check digit, kept without spaces and dashes, shown as is usual in its country."""

    type: Literal["tax_id"]
    country: Country = None
    number: Annotated[str, Key(pattern="^[a-z][a-z0-9_]{0,39}$")] | None = Key(
        None, description="Which of the country's numbers, such as inn or ogrn; by default the usual tax number."
    )

    summary: ClassVar[str] = "A tax or registration number, checked by the rules of its country."
    example: ClassVar[str] = "{type: tax_id, country: RO, unique: true}"
    operators: ClassVar[tuple[str, ...]] = ("contains", "starts", *BLANK)

    def completed(self, defaults: Defaults) -> TaxIdField:
        return self if self.country else self.model_copy(update={"country": defaults.country})

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        if self.country and not (known_country(self.country) or numbers_of(self.country)):
            yield "country", Unfit("country-unknown", value=self.country, nearest=nearest_country(self.country))
        elif self.country and self.number and self.number not in numbers_of(self.country):
            known = numbers_of(self.country)
            yield "number", Unfit("tax-number-unknown", value=self.number, nearest=nearest(self.number, known))

    def accept(self, value: Value) -> Value:
        text = one_line(value, 60)
        if text is None:
            return None
        modules = _modules(self.country or "", self.number)
        return _checked(text, modules) if modules else _unchecked(text)

    def operand(self, text: str, locale: Locale) -> Value:
        """Without the spaces and dashes that the stored form does not have."""
        return _BETWEEN.sub("", text)[:60]

    def search_text(self, value: Value) -> str:
        shown = self._shown(value)
        return str(value) if shown == value else f"{value} {shown}"

    def formatter(self, locale: Locale) -> Formatter:
        return self._shown

    def _shown(self, value: str) -> str:
        for module in _modules(self.country or "", self.number):
            if module.is_valid(value) and hasattr(module, "format"):
                return str(module.format(value))
        return value


def numbers_of(country: str) -> tuple[str, ...]:
    """The names of the numbers that are known of a country."""
    package = _package(country)
    return tuple(module.name for module in pkgutil.iter_modules(package.__path__)) if package else ()


def _package(country: str) -> ModuleType | None:
    for name in (country.lower(), f"{country.lower()}_"):
        try:
            return importlib.import_module(f"stdnum.{name}")
        except ModuleNotFoundError:
            continue
    return None


@lru_cache(maxsize=256)
def _modules(country: str, number: str | None) -> tuple[ModuleType, ...]:
    """The modules of stdnum that check a number, the first being tried first; none where nothing is known."""
    package = _package(country) if len(country) == 2 else None
    if package is None:
        return ()
    names = (number,) if number else _USUAL.get(country, ())
    if not names:
        vat = stdnum.get_cc_module(country.lower(), "vat")
        return (cast("ModuleType", vat),) if vat else ()
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names if name in numbers_of(country))


def _checked(text: str, modules: tuple[ModuleType, ...]) -> str:
    code = "not-a-tax-id"
    for module in modules:
        try:
            return str(module.validate(text))
        except (InvalidChecksum, InvalidComponent):
            code = "tax-id-digits"
        except ValidationError:
            continue
    raise Unfit(code, value=text[:50])


def _unchecked(text: str) -> str:
    compact = _BETWEEN.sub("", text).upper()
    if not _ANY.fullmatch(compact):
        raise Unfit("not-a-tax-id", value=text[:50])
    return compact
