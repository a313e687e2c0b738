"""Orders with lines, totals and the turnover of their clients, in whole cents: what is there, what is typed, what is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

CLIENTS, ORDERS_EACH, LINES = 20, 10, 10
LARGE, LARGE_ORDERS = CLIENTS + 1, 3_000
"""A client with many orders, of one line each."""
DAY = "2026-01-15"


@dataclass(frozen=True)
class Line:
    """Quantity in thousandths, price in cents, discount in hundredths."""

    quantity: int
    price: int
    discount: int

    @property
    def amount(self) -> int:
        """In cents, rounded half up; nothing here is negative."""
        return half_up(Fraction(self.quantity * self.price * (100 - self.discount), 100_000))


@dataclass(frozen=True)
class Order:
    """What is typed of an order; its client by number."""

    client: int
    lines: tuple[Line, ...]
    delivery: int = 0

    @property
    def totals(self) -> tuple[int, int, int]:
        """Net, VAT and total."""
        net = sum(line.amount for line in self.lines)
        vat = half_up(Fraction(net * 21, 100))
        return net, vat, net + vat + self.delivery


def half_up(value: Fraction) -> int:
    """A number that is not negative, to the nearest whole one."""
    return int(value + Fraction(1, 2))


def typed(index: int, lines: int = LINES) -> Order:
    """The index-th order that somebody types."""
    return Order(1 + index % CLIENTS, tuple(_line(index * LINES + number) for number in range(lines)))


def _line(number: int) -> Line:
    return Line(500 + number * 37 % 9_000, 100 + number * 7919 % 40_000, number % 4 * 5)


def stored() -> Iterator[Order]:
    """The orders that are there before: of ordinary clients, then of the large one. Their ids are 1, 2 and so on."""
    yield from (typed(index) for index in range(CLIENTS * ORDERS_EACH))
    yield from (Order(LARGE, typed(index, 1).lines) for index in range(LARGE_ORDERS))


FIRST_LARGE = CLIENTS * ORDERS_EACH + 1
"""The id of the large client's first order."""
