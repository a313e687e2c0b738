"""The people of the demo company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine.demo.batch import Batch, Scale, Table
from engine.demo.chance import Chance
from engine.demo.gallery import gallery
from engine.demo.money import euros
from engine.demo.people import mobile, person
from engine.demo.words import BRITAIN, FINLAND, HOME, RUSSIA

HOUSE = "tammi.example"
"""The demo company's own domain."""

_COUNTRIES = (FINLAND, FINLAND, RUSSIA, BRITAIN)
_COLOURS = ("#2a62b8", "#2f9e44", "#e8590c", "#9c36b5", "#0c8599", "#c2255c", "#5f3dc4", "#846358")


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody does, whom they answer to by row, and the wage in cents."""

    title: str
    chief: int | None
    wage: int


_OFFICE = (
    Post("Director", None, 640_000),
    Post("Head of sales", 1, 480_000),
    Post("Accountant", 1, 390_000),
    Post("Warehouse manager", 1, 360_000),
)
_SELLER = Post("Sales manager", 2, 320_000)
_COMMISSIONS = (Decimal("0.01"), Decimal("0.015"), Decimal("0.02"))

FIRST_SELLER = len(_OFFICE) + 1
"""From this row on everybody sells."""


def employees(scale: Scale, seed: int, until: date) -> Batch:
    """The office first, then the sellers; who is hired later stands lower."""
    chance = Chance(seed, "employees")
    shown = gallery(scale)
    table = Table(
        "employee", "name", "position", "phone", "email", "hired", "birthday", "salary", "commission_rate",
        "reports_to", "color", "photo", "active",
    )  # fmt: skip
    for row in range(1, scale.employees + 1):
        post = _OFFICE[row - 1] if row < FIRST_SELLER else _SELLER
        country = _COUNTRIES[row % len(_COUNTRIES)]
        somebody = person(chance, country)
        table.rows.append((
            somebody.full,
            post.title,
            mobile(chance, HOME, chance.pick(HOME.cities)),
            somebody.email(HOUSE),
            until - timedelta(days=3_600 - 50 * row + chance.below(40)),
            date(1961 + chance.below(34), 1 + chance.below(12), 1 + chance.below(28)),
            euros(post.wage + 5_000 * chance.below(12)),
            chance.pick(_COMMISSIONS) if post is _SELLER else None,
            post.chief,
            _COLOURS[row % len(_COLOURS)],
            shown.photos.of(row),
            True,
        ))  # fmt: skip
    return table.batch()
