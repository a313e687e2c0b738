"""The exchange rates of one database, for one principal: what CONVERT computes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.exchange import ImportResult, Sheet
from engine.fields.locale import Locale
from engine.problems import Refused, problem
from engine.rates.entry import Entry, read_entry
from engine.rates.importing import RateImport
from engine.rights import Principal, rights_of
from engine.storage import Collided, Connection, Database
from engine.storage import rates as storage
from engine.storage.changes import Changes
from engine.storage.rates import Rate
from engine.storage.recompute import Recompute
from engine.storage.tables import Tables

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RatePage:
    """Some of the rates, the newest first, and how many there are in all."""

    rates: tuple[Rate, ...]
    count: int


@dataclass(frozen=True)
class ExchangeRates:
    """The door to the rates. Everybody computes with them; who may see and change the table, their role says.

    Every method raises Refused for somebody else.
    """

    database: Database
    tables: Tables
    principal: Principal

    @property
    def own(self) -> str:
        """The currency of the business, in which the others are worth something."""
        return self.tables.configuration.currency

    def page(self, number: int = 1, size: int = PAGE_SIZE) -> RatePage:
        """One page of the table, counted from 1."""
        self._allowed()
        with self.database.read() as connection:
            found = storage.rates(connection, self.own, limit=size, offset=(number - 1) * size)
            return RatePage(tuple(found), storage.count(connection, self.own))

    def get(self, currency: str, day: dt.date) -> Rate | None:
        """The rate that was entered for exactly this day."""
        self._allowed()
        with self.database.read() as connection:
            return storage.get(connection, self.own, currency, day)

    def set(self, entry: Entry, locale: Locale, instead_of: Rate | None = None) -> tuple[Rate, Rate | None]:
        """Enter a rate as typed; the rate, and the one that it replaces.

        Args:
            instead_of: the rate that somebody has changed, which goes when the currency or the day is another now.

        Raises:
            Refused: something is wrong with it.
        """
        self._allowed()
        rate = read_entry(entry, self.own, locale)

        def work(connection: Connection) -> tuple[Rate, Rate | None]:
            before = storage.get(connection, self.own, rate.currency, rate.date)
            if instead_of:
                storage.remove(connection, self.own, instead_of.currency, instead_of.date)
            storage.put(connection, self.own, [rate])
            return rate, before

        return self._changing(work)

    def remove(self, currency: str, day: dt.date) -> Rate | None:
        """Remove a rate; the one before it holds again. What was removed, None where there was nothing."""
        self._allowed()

        def work(connection: Connection) -> Rate | None:
            before = storage.get(connection, self.own, currency, day)
            storage.remove(connection, self.own, currency, day)
            return before

        return self._changing(work)

    def import_sheet(self, sheet: Sheet, locale: Locale) -> ImportResult:
        """Enter all rates of a sheet with the columns currency, date and rate, or none where a cell is wrong.

        Raises:
            Refused: the columns are others.
        """
        self._allowed()

        def enter(rates: Sequence[Rate]) -> tuple[int, int]:
            return self._changing(lambda connection: self._entered(connection, rates))

        return RateImport(sheet, self.own, locale).run(enter)

    def _entered(self, connection: Connection, rates: Sequence[Rate]) -> tuple[int, int]:
        before = (
            {
                (one.currency, one.date): one.rate
                for one in storage.between(connection, self.own, min(r.date for r in rates), max(r.date for r in rates))
            }
            if rates
            else {}
        )
        different = [one for one in rates if before.get((one.currency, one.date)) != one.rate]
        added = sum((one.currency, one.date) not in before for one in different)
        storage.put(connection, self.own, different)
        return added, len(different) - added

    def _changing(self, work: Callable[[Connection], T]) -> T:
        """Run a change, and bring every result that converts up to date with it."""
        for _ in range(3):
            try:
                with self.database.write() as connection:
                    storage.lock(connection)
                    done = work(connection)
                    Recompute(self.database, self.tables).run(connection, Changes(), rates=True)
                    return done
            except Collided:
                continue
        raise Refused([problem("save-collided")])

    def _allowed(self) -> None:
        if not rights_of(self.tables.configuration, self.principal).may_use("rates"):
            raise Refused([problem("administrators-only")])
