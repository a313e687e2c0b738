"""What makes a rate: its three fields, as forms and files give them, and what may be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from engine.fields import Field
from engine.fields.currency import CurrencyField
from engine.fields.date import DateField
from engine.fields.decimal import DecimalField
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.problems import Problem, Refused, Unfit, problem
from engine.storage.rates import Rate
from formulas.decimals import canonical

ENTITY: Final = "rate"
"""As an entity its name is taken by no table: it only says what the columns of a file may be called."""
FIELDS: Final = ("currency", "date", "rate")


class RateField(DecimalField):
    """A rate: more than nothing, with as many digits as spreadsheets and central banks give."""

    @property
    def places(self) -> int:
        return 18

    @property
    def limit(self) -> Decimal:
        return Decimal(10) ** 10

    def accept(self, value: Any) -> Any:
        found = super().accept(value)
        if found is None:
            return None
        plain = Decimal(canonical(found))  # without the zeros that fill it up
        if plain <= 0:
            raise Unfit("rate-not-positive", value=self.typed(plain))
        return plain


_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "currency": {"en": "Currency", "ru": "Валюта", "ro": "Valută", "sq": "Monedha", "fi": "Valuutta"},
        "date": {"en": "Date", "ru": "Дата", "ro": "Data", "sq": "Data", "fi": "Päivä"},
        "rate": {"en": "Rate", "ru": "Курс", "ro": "Curs", "sq": "Kursi", "fi": "Kurssi"},
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A rate as somebody typed it."""

    currency: str = ""
    date: str = ""
    rate: str = ""


def fields_of_rates() -> Mapping[str, Field]:
    """The fields of a rate, with what people call them."""
    return describing().entities[ENTITY].fields


@lru_cache(maxsize=1)
def describing() -> Configuration:
    """Rates as if they were an entity, so that their files are read as those of any other."""
    fields: dict[str, Field] = {
        "currency": CurrencyField(type="currency", label=dict(_LABELS["currency"]), required=True),
        "date": DateField(type="date", label=dict(_LABELS["date"]), required=True),
        "rate": RateField(type="decimal", label=dict(_LABELS["rate"]), required=True),
    }
    plain = {name: {"type": field.kind} for name, field in fields.items()}
    found = Configuration.model_validate({"kartoteka": 1, "name": "rates", "entities": {ENTITY: {"fields": plain}}})
    entity = found.entities[ENTITY].model_copy(update={"fields": fields})
    return found.model_copy(update={"entities": {ENTITY: entity}})


def read_entry(entry: Entry, own: str, locale: Locale) -> Rate:
    """The rate that somebody typed.

    Raises:
        Refused: with what is wrong, each at its field.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, field in fields_of_rates().items():
        try:
            values[name] = field.parse(getattr(entry, name), locale)
        except Unfit as unfit:
            problems.append(unfit.at(name))
            continue
        problems += wrong_with(name, values[name], own)
    if problems:
        raise Refused(problems)
    return Rate(**values)


def wrong_with(name: str, value: Any, own: str) -> Iterator[Problem]:
    """What is wrong with a value beyond its own type."""
    if value is None:
        yield problem("required", path=(name,))
    elif name == "currency" and value == own:
        yield problem("rate-own-currency", path=(name,), currency=own)
