"""The goods of the demo company, by category, with prices that rise a little every year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from stdnum import ean

from engine.demo.batch import Batch, Scale, Table
from engine.demo.chance import Chance
from engine.demo.gallery import gallery
from engine.demo.money import euros
from engine.demo.words.goods import HALVES, SHELVES, Good, Shelf

_RATES = {"EUR": 100, "GBP": 86, "USD": 108, "PLN": 428}
_CURRENCIES = ("EUR", "EUR", "EUR", "EUR", "GBP", "USD", "PLN")

_WHOLE = tuple(Decimal(n) for n in (1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 8, 10, 10, 12, 15, 20))
_HALF = tuple(Decimal(n) / 2 for n in (1, 2, 3, 4, 4, 5, 6, 6, 8, 8, 9, 10, 12, 15, 16, 20, 20, 24, 25, 40))
_DEAR = tuple(Decimal(n) for n in (1, 1, 1, 1, 1, 1, 2, 2, 2, 3))
_DEAR_FROM = 10_000


@dataclass(frozen=True, slots=True)
class Ware:
    """What an order line needs of a product: price and cost by year, how much is bought at once, and if by halves."""

    prices: dict[int, Decimal]
    costs: dict[int, Decimal]
    quantities: tuple[Decimal, ...]
    halves: bool
    active: bool = True


class Wares:
    """All products; `wares` is filled while the batches are taken."""

    def __init__(self, scale: Scale, seed: int, until: date) -> None:
        self.wares: list[Ware] = []
        self._scale = scale
        self._chance = Chance(seed, "products")
        self._last_year = until.year

    def batches(self) -> Iterator[Batch]:
        """The categories, then the products."""
        categories = Table("category", "name", "code", "color")
        categories.rows = [(shelf.name, shelf.code, shelf.color) for shelf in SHELVES]
        yield categories.batch()
        shown = gallery(self._scale)
        products = Table(
            "product", "sku", "name", "category", "unit", "price", "cost", "purchase_currency", "barcode", "weight",
            "reorder_level", "image", "active",
        )  # fmt: skip
        for row in range(1, self._scale.products + 1):
            values = (*self._product(row), shown.goods.of(row))
            active = not self._chance.happens(0.04)
            self.wares[-1] = replace(self.wares[-1], active=active)
            products.rows.append((*values, active))
        yield products.batch()

    def _product(self, row: int) -> tuple[object, ...]:
        place, shelf = divmod(row - 1, len(SHELVES))
        found = SHELVES[shelf]
        good, name = _named(found, place)
        # Ten-cent steps, so that half a metre costs whole cents too.
        cents = good.cents * self._chance.between(80, 135) // 1_000 * 10
        currency = self._chance.pick(_CURRENCIES)
        own = cents * self._chance.between(52, 74) // 100
        self._remember(found, cents, own)
        cost = own * _RATES[currency] // 100
        return (
            f"{found.code}-{place + 1:04}",
            name,
            shelf + 1,
            found.unit,
            euros(cents),
            euros(cost),
            currency,
            _barcode(row),
            Decimal(good.grams * self._chance.between(90, 120) // 100).scaleb(-3),
            self._chance.pick((0, 5, 10, 10, 20, 50)),
        )

    def _remember(self, shelf: Shelf, cents: int, cost: int) -> None:
        halves = shelf.unit in HALVES
        quantities = _HALF if halves else _DEAR if cents >= _DEAR_FROM else _WHOLE
        years = range(5)
        prices = {self._last_year - ago: euros(cents * (100 - 3 * ago) // 1_000 * 10) for ago in years}
        costs = {self._last_year - ago: euros(cost * (100 - 3 * ago) // 100) for ago in years}
        self.wares.append(Ware(prices, costs, quantities, halves))


def _named(shelf: Shelf, place: int) -> tuple[Good, str]:
    """The goods at a place and their full name.

    Goods change fastest; the variant goes on by seven, so that the first goods of a shelf differ in it too.
    """
    turn, column = divmod(place, len(shelf.goods))
    good, variant = shelf.goods[column], shelf.variants[(turn + 7 * column) % len(shelf.variants)]
    return good, f"{good.name} {variant}"


def _barcode(row: int) -> str:
    """An EAN-13 of the range that shops use within their own walls."""
    digits = f"20{row:010}"
    return digits + ean.calc_check_digit(digits)
