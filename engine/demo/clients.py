"""The clients of the demo company and their contact persons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal

from engine.demo.batch import Batch, Scale, Table
from engine.demo.chance import Chance, Weights, pareto
from engine.demo.firms import Names, domain
from engine.demo.gallery import gallery
from engine.demo.people import MAIL, Person, address, landline, mobile, person
from engine.demo.seasons import HISTORY
from engine.demo.staff import FIRST_SELLER
from engine.demo.tax_ids import personal_tax_id, tax_id
from engine.demo.words import HOME, TWELVE, City, Country

_BEFORE = timedelta(days=4 * 365)
"""So long before the orders begin the first client came."""
_OLD = 0.4
"""The share of clients that came in that time."""

_DISCOUNTS = ((0.05, "0.10"), (0.15, "0.07"), (0.30, "0.05"), (0.50, "0.03"))
_TAGS = ("wholesale", "retail", "online", "seasonal", "partner", "prepayment")
_PRIVATE_TAGS = ("retail", "online", "seasonal")
_BOXES = ("info", "office", "contact")
_HOURS = tuple(time(hour, minute) for hour in range(7, 13) for minute in (0, 30))


@dataclass(frozen=True, slots=True)
class Client:
    """What orders and the journal need of a client."""

    since: date
    country: Country
    abroad: bool
    """Whether it is a firm in another country, which pays no VAT here."""
    manager: int
    discount: Decimal | None
    payment_days: int
    contacts: range = range(0)
    """The rows of its contact persons."""


@dataclass(frozen=True, slots=True)
class _Who:
    """Who a client is, before it becomes a row."""

    row: int
    firm: bool
    name: str
    domain: str
    country: Country
    city: City
    somebody: Person


class Clients:
    """All clients, in the order in which they came; `clients` is filled while the batches are taken."""

    def __init__(self, scale: Scale, seed: int, until: date) -> None:
        self.clients: list[Client] = []
        self._scale = scale
        self._until = until
        self._chance = Chance(seed, "clients")
        self._births = Chance(seed, "births")
        self._names = Names(Chance(seed, "firms"))
        self._gallery = gallery(scale)
        self._ranks = Chance(seed, "ranks").shuffled(range(scale.clients))
        self._twelve: list[Country] = []

    def batches(self) -> Iterator[Batch]:
        """Clients and their contact persons by turns."""
        clients = Table(
            "client", "name", "kind", "country", "tax_id", "tax_id_abroad", "city", "address", "phone", "email", "website", "since",
            "manager", "discount", "payment_days", "rating", "tags", "delivery_from", "notes", "logo", "files",
            "active", "birthday",
        )  # fmt: skip
        persons = Table("contact_person", "client", "_position", "name", "position", "phone", "email", "birthday")
        for row in range(1, self._scale.clients + 1):
            who = self._who(row)
            clients.rows.append((*self._identity(who), *self._dealings(who), *self._extras(who)))
            known = persons.count
            persons.rows.extend(self._persons(who))
            self.clients[-1] = replace(self.clients[-1], contacts=range(known + 1, persons.count + 1))
            if clients.full:
                yield clients.batch()
                yield persons.batch()
        yield clients.batch()
        yield persons.batch()

    def drawing(self, seed: int, part: str) -> Registered:
        """Draws of clients for orders or calls, good clients far more often than others."""
        return Registered(self.clients, Weights(Chance(seed, part), pareto(self._ranks)))

    def _who(self, row: int) -> _Who:
        if not self._twelve:
            self._twelve = self._chance.shuffled(TWELVE)
        country = self._twelve.pop()
        city = self._chance.pick(country.cities)
        somebody = person(self._chance, country)
        # The first clients have logos, so they are firms.
        if row > self._gallery.logos.count and self._chance.happens(0.24):
            return _Who(row, False, somebody.full, self._chance.pick(MAIL), country, city, somebody)
        name = self._names.firm(country, city)
        return _Who(row, True, name, domain(name), country, city, somebody)

    def _identity(self, who: _Who) -> tuple[object, ...]:
        chance = self._chance
        phone = landline if who.firm else mobile
        return (
            who.name,
            "company" if who.firm else "person",
            who.country.code,
            *self._tax_ids(who),
            who.city.name,
            address(chance, who.country, who.city),
            phone(chance, who.country, who.city),
            f"{chance.pick(_BOXES)}@{who.domain}" if who.firm else who.somebody.email(who.domain),
            f"https://www.{who.domain}" if who.firm and chance.happens(0.8) else None,
        )

    def _tax_ids(self, who: _Who) -> tuple[str | None, str | None]:
        """The number at home or the number abroad; private persons give theirs in Russia only."""
        if who.firm and not who.name.startswith("ИП"):
            number = tax_id(who.country.code, who.row) if self._chance.happens(0.95) else None
        else:
            russian = who.country.code == "RU" and self._chance.happens(0.6)
            number = personal_tax_id(who.row) if russian else None
        return (number, None) if who.country is HOME else (None, number)

    def _dealings(self, who: _Who) -> tuple[object, ...]:
        chance = self._chance
        standing = self._ranks[who.row - 1] / self._scale.clients
        discount = next((Decimal(part) for below, part in _DISCOUNTS if standing < below), None)
        client = Client(
            since=self._since(who.row),
            country=who.country,
            abroad=who.firm and who.country is not HOME,
            manager=chance.between(FIRST_SELLER, self._scale.employees),
            discount=discount if chance.happens(0.8) else None,
            payment_days=chance.pick((7, 14, 14, 14, 30, 30)) if who.firm else 0,
        )
        self.clients.append(client)
        rating = 5 - int(standing * 4.9) if chance.happens(0.7) else None
        tags = chance.some(_TAGS if who.firm else _PRIVATE_TAGS, chance.between(0, 2))
        if standing < 0.1:
            tags = ("key_account", *tags)
        return client.since, client.manager, client.discount, client.payment_days, rating, tags or None

    def _since(self, row: int) -> date:
        """Later rows came later; the first one was there from the beginning."""
        share = (row - 1 + self._chance.draw()) / self._scale.clients if row > 1 else 0.0
        opened = self._until - HISTORY
        if share < _OLD:
            return opened - _BEFORE + timedelta(days=int(_BEFORE.days * share / _OLD))
        return opened + timedelta(days=int(HISTORY.days * (share - _OLD) / (1 - _OLD)))

    def _extras(self, who: _Who) -> tuple[object, ...]:
        chance = self._chance
        return (
            chance.pick(_HOURS) if who.firm and chance.happens(0.4) else None,
            chance.pick(who.country.remarks) if chance.happens(0.3) else None,
            self._gallery.logos.of(who.row),
            self._gallery.papers.of(who.row),
            not chance.happens(0.05),
            None if who.firm or self._births.happens(0.3) else _born(self._births),
        )

    def _persons(self, who: _Who) -> Iterator[tuple[object, ...]]:
        if not who.firm:
            return
        chance = self._chance
        for position in range(chance.pick((1, 1, 2, 2, 3))):
            somebody = who.somebody if position == 0 else person(chance, who.country)
            born = _born(chance)
            yield (
                who.row,
                position,
                somebody.full,
                chance.pick(who.country.positions),
                mobile(chance, who.country, who.city),
                somebody.email(who.domain) if chance.happens(0.85) else None,
                born if chance.happens(0.4) else None,
            )


def _born(chance: Chance) -> date:
    return date(1958 + chance.below(46), 1 + chance.below(12), 1 + chance.below(28))


class Registered:
    """Draws clients among those who had come by a day."""

    def __init__(self, clients: list[Client], weights: Weights) -> None:
        self._days = [client.since for client in clients]
        self._weights = weights

    def count(self, day: date) -> int:
        """How many clients had come by then."""
        return bisect_right(self._days, day)

    def row(self, count: int) -> int:
        """One of so many first clients."""
        return self._weights.row(count)
