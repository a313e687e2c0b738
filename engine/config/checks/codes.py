"""Codes that others have defined: languages, countries, currencies, time zones."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from functools import lru_cache

import babel

from engine.config.draft import Draft
from engine.fields.country import known_country
from engine.fields.currency import currencies_in_use, known_currency
from engine.fields.locale import LANGUAGES
from engine.problems import Problem, nearest


def language(draft: Draft) -> Iterator[Problem]:
    """The first language is one of the program's."""
    code = draft.configuration.language
    if code not in LANGUAGES:
        yield unknown_language(draft, ("language",), code)


def unknown_language(draft: Draft, path: tuple[str | int, ...], code: str) -> Problem:
    """What is said of a language that the program does not speak."""
    near = nearest(code, LANGUAGES) or nearest(code[:2], LANGUAGES)
    return draft.found_at_key("language-unknown", path, value=code, allowed=", ".join(LANGUAGES), nearest=near)


def country(draft: Draft) -> Iterator[Problem]:
    """The country is a code of ISO 3166."""
    code = draft.configuration.country
    if not known_country(code):
        yield draft.found("country-unknown", ("country",), value=code, nearest=nearest_code(code, countries()))


def currency(draft: Draft) -> Iterator[Problem]:
    """The currency is a code of ISO 4217."""
    code = draft.configuration.currency
    if not known_currency(code):
        yield draft.found("currency-unknown", ("currency",), value=code, nearest=nearest_currency(code))


def timezone(draft: Draft) -> Iterator[Problem]:
    """The time zone is one of the tz database."""
    name = draft.configuration.timezone
    if name not in zones():
        yield draft.found("timezone-unknown", ("timezone",), value=name, nearest=nearest_zone(name))


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def nearest_zone(name: str) -> str | None:
    """A zone that sounds like a name, which is often only the city."""
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones()) if "/" in zone}
    found = nearest(name, zones())
    city = nearest(name.rpartition("/")[2].replace(" ", "_"), cities)
    return found or (cities[city] if city else None)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """The English name of each country by its code."""
    territories = babel.Locale("en").territories
    return {code: str(name) for code, name in territories.items() if known_country(code)}


def nearest_currency(code: str) -> str | None:
    """The currency that somebody meant, who wrote its name, or its code in small letters."""
    names = babel.Locale("en").currencies
    return nearest_code(code, {known: str(names.get(known, known)) for known in currencies_in_use()})


def nearest_code(written: str, names: Mapping[str, str]) -> str | None:
    """The code that is like what was written, or whose name is."""
    if written.upper() in names:
        return written.upper()
    by_name = {name: code for code, name in names.items()}
    name = nearest(written, by_name)
    return by_name[name] if name else nearest(written.upper(), names)
