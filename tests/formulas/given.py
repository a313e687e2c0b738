"""What the formulas of `cases.csv` may name: the same values for our evaluator and for the cells of a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

TODAY = dt.date(2024, 5, 15)
Cell = Decimal | str | bool | dt.date | None

LISTS: Mapping[str, tuple[Cell, ...]] = {
    # Six sales: what was sold, to whom, when, how many, for how much.
    "kinds": ("tea", "coffee", "tea", "cake", "Tea", None),
    "towns": ("Riga", "Cahul", "Riga", "Tirana", "Cahul", "Riga"),
    "days": (
        dt.date(2024, 1, 31),
        dt.date(2024, 2, 29),
        dt.date(2024, 3, 15),
        None,
        dt.date(2024, 3, 31),
        dt.date(2024, 12, 31),
    ),
    "counts": tuple(map(Decimal, (3, 1, 10, 2, 7, 4))),
    "prices": tuple(map(Decimal, ("2.5", "19.99", "0.05", "120", "2.5", "1000"))),
    "gaps": (Decimal(5), None, Decimal(-3), Decimal(0), None, Decimal("2.5")),
    "marks": ("a*b", "axb", "a?c", "50%", "ab", "b"),
    "flags": (True, False, True, True, False, False),
    "nothing": (None, None, None),
    "holidays": (dt.date(2024, 5, 1), dt.date(2024, 5, 9), dt.date(2024, 5, 11), dt.date(2024, 12, 25)),
    "flows": tuple(map(Decimal, (-1000, 300, 420, 680))),
}
SINGLES: Mapping[str, Cell] = {
    "empty": None,
    "net": Decimal("10.05"),
    "name": "Ana",
    "due": dt.date(2024, 4, 30),
    "paid": False,
}
GIVEN: Mapping[str, object] = {**SINGLES, **LISTS}
