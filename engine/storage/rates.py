"""Exchange rates: what one unit of a currency is worth in the currency of the business, from a day on.

A rate belongs to the currency that the business had when it was entered (`base`): should that ever change, rates of
another base are not taken for what they are not.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, text

from engine.storage.system import system_table

_RATE = system_table("_rate")
SINGLY = 8
"""So many days of a currency are asked for one by one; after that all its rates are read at once."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of a currency is worth so much from this day on, until the next one says otherwise."""

    currency: str
    date: dt.date
    rate: Decimal


@dataclass
class Rates:
    """Gives formulas the rates of days, each read once. One per transaction; made at no cost, read when asked.

    Args:
        own: the currency of the business, whose rate is 1.
        held: nobody may change rates until this transaction ends, since results that stay depend on them.
    """

    connection: Connection
    own: str
    held: bool = False
    _days: dict[str, dict[dt.date, Decimal | None]] = field(default_factory=dict)
    _known: dict[str, tuple[list[dt.date], list[Decimal]]] = field(default_factory=dict)

    def __call__(self, have: str, want: str, day: dt.date) -> Decimal | Fraction | None:
        """What one unit of `have` is in `want`, exactly: a fraction where division would have to round."""
        worth = self.worth(have, day)
        if worth is None or want == self.own:
            return worth
        unit = self.worth(want, day)
        return None if unit is None else Fraction(worth) / Fraction(unit)

    def worth(self, currency: str, day: dt.date) -> Decimal | None:
        """What one unit was worth on a day: by the last rate on it or before."""
        if currency == self.own:
            return Decimal(1)
        days = self._days.setdefault(currency, {})
        if day not in days:
            days[day] = self._found(currency, day, asked=len(days))
        return days[day]

    def _found(self, currency: str, day: dt.date, asked: int) -> Decimal | None:
        if self.held and not any(self._days.values()) and self.connection.dialect.name == "postgresql":
            self.connection.execute(text("LOCK TABLE _rate IN SHARE MODE"))
        if asked < SINGLY:
            return rate_on(self.connection, self.own, currency, day)
        if currency not in self._known:
            self._known[currency] = _history(self.connection, self.own, currency)
        since, rates = self._known[currency]
        at = bisect_right(since, day)
        return rates[at - 1] if at else None


def lock(connection: Connection) -> None:
    """Keep others from computing with rates until this transaction ends: they would not see the new ones.

    SQLite's writer is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE _rate IN EXCLUSIVE MODE"))


def rate_on(connection: Connection, base: str, currency: str, day: dt.date) -> Decimal | None:
    """The last rate of a currency on a day or before."""
    mine = (_RATE.c.base == base) & (_RATE.c.currency == currency)
    last = select(_RATE.c.rate).where(mine, _RATE.c.date <= day).order_by(_RATE.c.date.desc()).limit(1)
    found = connection.execute(last).scalar()
    return None if found is None else Decimal(found)


def rates(connection: Connection, base: str, *, limit: int, offset: int = 0) -> list[Rate]:
    """Rates, the newest first."""
    newest = (
        select(_RATE.c.currency, _RATE.c.date, _RATE.c.rate)
        .where(_RATE.c.base == base)
        .order_by(_RATE.c.date.desc(), _RATE.c.currency)
        .limit(limit)
        .offset(offset)
    )
    return [Rate(currency, day, Decimal(rate)) for currency, day, rate in connection.execute(newest)]


def between(connection: Connection, base: str, first: dt.date, last: dt.date) -> list[Rate]:
    """The rates of all currencies in a stretch of days."""
    days = (_RATE.c.date >= first) & (_RATE.c.date <= last)
    found = select(_RATE.c.currency, _RATE.c.date, _RATE.c.rate).where(_RATE.c.base == base, days)
    return [Rate(currency, day, Decimal(rate)) for currency, day, rate in connection.execute(found)]


def count(connection: Connection, base: str) -> int:
    """How many rates there are."""
    return int(connection.execute(select(func.count()).select_from(_RATE).where(_RATE.c.base == base)).scalar_one())


def get(connection: Connection, base: str, currency: str, day: dt.date) -> Rate | None:
    """The rate that was entered for a currency and exactly this day."""
    mine = and_(_RATE.c.base == base, _RATE.c.currency == currency, _RATE.c.date == day)
    found = connection.execute(select(_RATE.c.rate).where(mine)).scalar()
    return None if found is None else Rate(currency, day, Decimal(found))


def put(connection: Connection, base: str, entered: Iterable[Rate]) -> None:
    """Enter rates, in place of those of the same currencies and days."""
    rows = [{"c": one.currency, "d": one.date, "r": format(one.rate, "f")} for one in entered]
    if rows:
        _remove(connection, base, rows)
        row = {"base": base, "currency": bindparam("c"), "date": bindparam("d"), "rate": bindparam("r")}
        connection.execute(insert(_RATE).values(row), rows)


def remove(connection: Connection, base: str, currency: str, day: dt.date) -> None:
    _remove(connection, base, [{"c": currency, "d": day}])


def _remove(connection: Connection, base: str, rows: Sequence[dict[str, object]]) -> None:
    same = and_(_RATE.c.base == base, _RATE.c.currency == bindparam("c"), _RATE.c.date == bindparam("d"))
    connection.execute(delete(_RATE).where(same), [{"c": row["c"], "d": row["d"]} for row in rows])


def _history(connection: Connection, base: str, currency: str) -> tuple[list[dt.date], list[Decimal]]:
    mine = (_RATE.c.base == base) & (_RATE.c.currency == currency)
    rows = connection.execute(select(_RATE.c.date, _RATE.c.rate).where(mine).order_by(_RATE.c.date)).all()
    return [day for day, _ in rows], [Decimal(rate) for _, rate in rows]
