"""Orders with their lines, day by day, and the payments for them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal

from engine.demo.batch import Batch, Scale, Table
from engine.demo.chance import Chance, Weights, pareto
from engine.demo.clients import Client, Registered
from engine.demo.money import CENT, rounded
from engine.demo.seasons import Day, days, working_day
from engine.demo.taxes import vat_rate
from engine.demo.wares import Ware

_LINES = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 11, 14)
"""Lines of twenty orders, a hundred together, so that any twenty orders in a row have exactly a hundred."""

_SLOTS = tuple(time(hour) for hour in range(8, 17))
_COMMENTS = (
    "Call before delivery.", "Leave at the reception.", "Позвонить за час до доставки.", "Toimitus työmaalle.",
    "Livrare la depozit.", "Dorëzim në magazinë.", "Collects in person.", "Без возврата поддонов.",
)  # fmt: skip
_SETTLED = ("shipped", "paid")


class Orders:
    """The order desk: what it wrote down, and the payments that are still to come in.

    Payments wait in a heap by their day, so that their numbers rise with their dates as the orders' do.
    """

    def __init__(self, scale: Scale, seed: int, until: date) -> None:
        self._scale = scale
        self._seed = seed
        self._until = until
        self._chance = Chance(seed, "orders")
        self._contacts = Chance(seed, "order contacts")
        self._numbers: Counter[tuple[str, int]] = Counter()
        self._expected: list[tuple[date, int, int, int, Decimal, str]] = []
        self._counts: list[int] = []
        self._orders = Table(
            "order", "number", "date", "client", "employee", "status", "discount", "vat_rate", "invoice_number",
            "delivery", "delivery_time", "comment", "payment_days", "contact",
        )  # fmt: skip
        self._lines = Table("order_line", "order", "_position", "product", "quantity", "price", "cost")
        self._payments = Table("payment", "number", "date", "client", "order", "amount", "kind", "note")

    def batches(self, clients: list[Client], registered: Registered, wares: list[Ware]) -> Iterator[Batch]:
        """Orders, then their lines, then what was paid up to that day, again and again."""
        ranks = Chance(self._seed, "bestsellers").shuffled(range(len(wares)))
        wanted = [weight if ware.active else 0 for weight, ware in zip(pareto(ranks), wares, strict=True)]
        products = Weights(Chance(self._seed, "baskets"), wanted)
        for day in days(self._scale.orders, self._until):
            known = registered.count(day.date)
            for _ in range(day.count):
                row = registered.row(known)
                amount = self._basket(day.date, products, wares)
                self._order(day.date, row, clients[row - 1], amount)
            self._collect(day)
            if self._orders.full:
                yield from self._sent()
        yield from self._sent()

    def _sent(self) -> Iterator[Batch]:
        for table in (self._orders, self._lines, self._payments):
            if table.rows:
                yield table.batch()

    def _basket(self, day: date, products: Weights, wares: list[Ware]) -> Decimal:
        """Writes the lines of the next order; returns what they come to, as the database will compute it."""
        if not self._counts:
            self._counts = self._chance.shuffled(_LINES)
        order = self._orders.count + 1
        write, draw, year = self._lines.rows.append, self._chance.draw, day.year
        chosen: set[int] = set()
        total = Decimal(0)
        for position in range(self._counts.pop()):
            product = products.row()
            while product in chosen:
                product = products.row()
            chosen.add(product)
            ware = wares[product - 1]
            price = ware.prices[year]
            quantity = ware.quantities[int(draw() * len(ware.quantities))]
            amount = price * quantity
            if ware.halves:
                # Drops a zero: such prices go in steps of ten cents.
                amount = amount.quantize(CENT)
            total += amount
            write((order, position, product, quantity, price, ware.costs[year]))
        return total

    def _order(self, day: date, row: int, client: Client, amount: Decimal) -> None:
        chance = self._chance
        discount = Decimal("0.02") if client.discount is None and chance.happens(0.06) else client.discount
        net = rounded(amount * (1 - discount)) if discount else amount
        rate = vat_rate(day, abroad=client.abroad)
        total = net + rounded(net * rate)
        status = self._status(day, row, client, total)
        delivery = working_day(day + timedelta(days=chance.between(1, 12))) if chance.happens(0.7) else None
        self._orders.rows.append((
            self._number("ORD", day),
            day,
            row,
            client.manager if chance.happens(0.85) else chance.between(2, self._scale.employees),
            status,
            discount,
            rate,
            self._number("INV", day) if status in _SETTLED else None,
            delivery,
            chance.pick(_SLOTS) if delivery and chance.happens(0.4) else None,
            chance.pick(_COMMENTS) if chance.happens(0.08) else None,
            client.payment_days,
            self._contacts.pick(client.contacts) if client.contacts and self._contacts.happens(0.5) else None,
        ))  # fmt: skip

    def _status(self, day: date, row: int, client: Client, total: Decimal) -> str:
        """How far the order has come by the last day; expects its payments."""
        age = (self._until - day).days
        if self._chance.happens(0.03):
            return "cancelled"
        if age < 10:
            return ("new", "new", "confirmed", "confirmed", "shipped")[min(4, age // 2)]
        if self._chance.happens(0.02):
            return "shipped"  # Some never pay.
        return self._expect(day, row, client, total)

    def _expect(self, day: date, row: int, client: Client, total: Decimal) -> str:
        order = self._orders.count + 1
        due = working_day(day + timedelta(days=client.payment_days + self._chance.between(0, 12)))
        parts = [(due, total)]
        if self._chance.happens(0.15):
            advance = rounded(total * Decimal("0.4"))
            parts = [
                (working_day(day + timedelta(days=1)), advance),
                (working_day(due + timedelta(days=2)), total - advance),
            ]
        kind = self._chance.pick(("bank", "bank", "bank", "bank", "card", "cash"))
        for part, (paid, amount) in enumerate(parts):
            if paid <= self._until:
                heapq.heappush(self._expected, (paid, order, part, row, amount, kind))
        return "paid" if parts[-1][0] <= self._until else "shipped"

    def _collect(self, day: Day) -> None:
        """Writes the payments that came in by the end of the day."""
        while self._expected and self._expected[0][0] <= day.date:
            paid, order, _, client, amount, kind = heapq.heappop(self._expected)
            note = f"RF {self._chance.between(10_000_000, 99_999_999)}" if kind == "bank" else None
            self._payments.rows.append((self._number("PAY", paid), paid, client, order, amount, kind, note))

    def _number(self, prefix: str, day: date) -> str:
        """The next number of a sequence that begins anew every year."""
        self._numbers[prefix, day.year] += 1
        return f"{prefix}-{day.year}-{self._numbers[prefix, day.year]:05}"
