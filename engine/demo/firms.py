"""What client firms are called, each differently, and their domains."""

from __future__ import annotations

from engine.demo.chance import Chance
from engine.demo.latin import latin
from engine.demo.people import person
from engine.demo.words import City, Country
from engine.demo.words.country import listed

_LEGAL = frozenset(listed("Oy, Ky, Tmi, SRL, SA, SC, PFA, shpk, sha, Ltd, ООО, АО, ТД, ИП"))
_ATTEMPTS = 8


class Names:
    """Gives out names of firms and remembers them, so that no two firms are called the same."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def firm(self, country: Country, city: City) -> str:
        """A new name; when the words of a country run short, the city and at last a number tell firms apart."""
        for _ in range(_ATTEMPTS):
            name = self._drawn(country)
            if name not in self._given:
                break
        else:
            name = self._apart(f"{name} {city.name}")
        self._given.add(name)
        return name

    def _apart(self, name: str) -> str:
        numbered, number = name, 1
        while numbered in self._given:
            number += 1
            numbered = f"{name} {number}"
        return numbered

    def _drawn(self, country: Country) -> str:
        owner = person(self._chance, country)
        trade = self._chance.pick(country.trades)
        return self._chance.pick(country.firms).format(
            stem=self._chance.pick(country.stems),
            trade=trade,
            small=trade.lower(),
            given=owner.given,
            surname=owner.surname,
            initials=owner.initials,
        )


def domain(name: str) -> str:
    """The domain of a firm: its name in Latin letters without the legal form, below the reserved `.example`."""
    words = [word for word in name.split() if word not in _LEGAL]
    return f"{latin(' '.join(words))[:40].strip('-')}.example"
