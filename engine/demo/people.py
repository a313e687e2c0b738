"""Persons: what they are called, and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass

from engine.demo.chance import Chance
from engine.demo.latin import latin
from engine.demo.words import City, Country

MAIL = ("mail.example", "post.example", "inbox.example")
"""Domains of private mail. Names below `.example` are reserved: no message ever reaches anybody."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's names, in the parts that other texts are made of."""

    full: str
    given: str
    surname: str
    middle: str

    @property
    def initials(self) -> str:
        return " ".join(f"{part[0]}." for part in (self.given, self.middle) if part)

    def email(self, domain: str) -> str:
        """A Latin address: `ольга.соколова` is `olga.sokolova`."""
        return f"{latin(self.given)}.{latin(self.surname)}@{domain}"


def person(chance: Chance, country: Country) -> Person:
    """Somebody of that country, half of the time a woman."""
    woman = chance.happens(0.5)
    given = chance.pick(country.women if woman else country.men)
    surname = chance.pick(country.surnames)
    if woman:
        surname = country.feminine(surname)
    middle = chance.pick(country.middles)[woman] if country.middles else ""
    full = country.person.format(given=given, surname=surname, middle=middle)
    return Person(full, given, surname, middle)


def mobile(chance: Chance, country: Country, city: City) -> str:
    """A mobile telephone, or one at a desk where the country keeps no mobile numbers for fiction."""
    if not country.mobiles:
        return landline(chance, country, city)
    return country.calling + chance.digits(chance.pick(country.mobiles))


def landline(chance: Chance, country: Country, city: City) -> str:
    """A telephone at a desk in the city."""
    return country.calling + chance.digits(city.area + country.landline)


def address(chance: Chance, country: Country, city: City) -> str:
    """A postal address as it is written on a letter there."""
    return country.address.format(
        street=chance.pick(country.streets),
        house=chance.between(1, 120),
        postcode=chance.digits(city.postcode),
        city=city.name,
    )
