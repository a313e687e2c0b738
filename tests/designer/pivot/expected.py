"""Which lines and columns a table must have, and in which order, said as plainly as possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key, partial
from typing import Any

from engine.grouping import OTHERS, Keys, Wrong
from engine.model.report import Dimension
from formulas import FormulaError
from tests.designer.pivot.brute import Row
from tests.designer.pivot.naive import own_keys

Value = Callable[[Keys, str], Any]
Expected = tuple[Keys, str, bool, bool]
"""The keys of an item, its kind, whether it is a leaf, whether it is valued."""


def items(
    dimensions: Sequence[Dimension], rows: Sequence[Row], value: Value, first: str, total: bool
) -> list[Expected]:
    """All items of an axis, where `value` says what an item has over all of the other axis."""
    found = [*below((), dimensions, rows, value, first)]
    return [*found, ((), "total", not dimensions, True)] if total or not dimensions else found


def below(
    parent: Keys, dimensions: Sequence[Dimension], rows: Sequence[Row], value: Value, first: str
) -> Iterable[Expected]:
    depth = len(parent) + 1
    if depth > len(dimensions):
        return
    own = [own_keys(row, dimensions[:depth]) for row in rows]
    given = {keys for keys in own if keys[:-1] == parent}
    for keys in siblings(dimensions[depth - 1], given, value, first):
        leaf = depth == len(dimensions)
        if keys[-1] == OTHERS:
            yield keys, "others", True, True
            continue
        yield keys, "item", leaf, leaf or bool(dimensions[depth - 1].subtotals)
        yield from below(keys, dimensions, rows, value, first)


def siblings(dimension: Dimension, given: set[Keys], value: Value, first: str) -> list[Keys]:
    """The items below one parent as they are displayed."""
    kept = given
    if dimension.top:
        by = dimension.top.by or first
        ranked = sorted(given, key=cmp_to_key(comparing(lambda keys: value(keys, by), not dimension.top.bottom)))
        kept = set(ranked[: dimension.top.n])
    elif dimension.fill and (dimension.by or dimension.ranges):
        kept = given | between(given)
    sort = dimension.sort or "label"
    if sort.endswith("label"):
        falling = sort[0] == "-"
        ordered = sorted(kept, key=cmp_to_key(partial(by_label, falling=falling)))
    else:
        ordered = sorted(kept, key=cmp_to_key(comparing(lambda keys: value(keys, sort.lstrip("-")), sort[0] == "-")))
    others = [(*next(iter(given))[:-1], OTHERS)] if dimension.top and dimension.top.others and kept < given else []
    return [*ordered, *others]


def between(given: set[Keys]) -> set[Keys]:
    known = [keys[-1] for keys in given if keys[-1] is not None]
    if not known:
        return set()
    found, last, parent = min(known), max(known), next(iter(given))[:-1]
    filled = set()
    while found <= last:
        filled.add((*parent, found))
        found += dt.timedelta(days=1) if isinstance(found, dt.date) else 1
    return filled


def comparing(value: Callable[[Keys], Any], falling: bool) -> Callable[[Keys, Keys], int]:
    """Numbers, then what has none, then errors; what is equal by label."""

    def compare(one: Keys, other: Keys) -> int:
        left, right = value(one), value(other)
        order = place(left) - place(right) or (versus(left, right, falling) if place(left) == 0 else 0)
        return order or by_label(one, other, False)

    return compare


def place(value: Any) -> int:
    return 1 if value is None else 2 if isinstance(value, FormulaError | Wrong) else 0


def versus(one: Any, other: Any, falling: bool) -> int:
    return 0 if one == other else -1 if (one > other) is falling else 1


def by_label(one: Keys, other: Keys, falling: bool) -> int:
    left, right = one[-1], other[-1]
    if place(left) or place(right):
        return place(left) - place(right) or (versus(left, right, False) if isinstance(left, Wrong) else 0)
    return versus(left, right, falling)
