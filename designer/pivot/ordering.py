"""In which order the items of a dimension stand, and which of them are the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from designer.pivot.finished import Naming
from designer.pivot.levels import sorted_by
from engine.grouping import Wrong
from engine.model.report import Dimension, Top
from formulas.values import FormulaError, Money

Worth = Callable[[Any, str], Any]
"""What the item of a key has as a value of the report, over all of the other axis."""


def ordered(dimension: Dimension, keys: Iterable[Any], naming: Naming, worth: Worth) -> list[Any]:
    """The keys as they are displayed. What is equal stands by label; blanks come last, errors after them."""
    falling = (dimension.sort or "").startswith("-")
    name = sorted_by(dimension)
    if name is None:
        return by_label(dimension, keys, naming, falling=falling)
    return _by_worth(by_label(dimension, keys, naming), lambda key: worth(key, name), falling=falling)


def largest(
    top: Top, dimension: Dimension, keys: Iterable[Any], naming: Naming, worth: Callable[[Any], Any]
) -> set[Any]:
    """The keys that stay. Of two that are equal, the one stays that comes first by label."""
    ranked = _by_worth(by_label(dimension, keys, naming), worth, falling=not top.bottom)
    return set(ranked[: top.n])


def by_label(dimension: Dimension, keys: Iterable[Any], naming: Naming, *, falling: bool = False) -> list[Any]:
    """The keys by what they are called."""
    plain: list[Any] = []
    blank: list[Any] = []
    wrong: list[Any] = []
    for key in keys:
        (blank if key is None else wrong if isinstance(key, Wrong) else plain).append(key)
    plain.sort(key=lambda key: naming.order(dimension, key), reverse=falling)
    return [*plain, *blank, *sorted(wrong)]


def _by_worth(keys: list[Any], worth: Callable[[Any], Any], *, falling: bool) -> list[Any]:
    plain: list[tuple[Any, Any]] = []
    blank: list[tuple[Any, Any]] = []
    wrong: list[tuple[Any, Any]] = []
    for key in keys:
        value = worth(key)
        (blank if value is None else wrong if isinstance(value, FormulaError) else plain).append((key, value))
    plain.sort(key=lambda pair: comparable(pair[1]), reverse=falling)
    return [key for key, _ in (*plain, *blank, *wrong)]


def comparable(value: Any) -> tuple[str, Any]:
    """By what values that are neither blank nor an error are ordered; amounts of each currency by themselves."""
    return (value.currency, value.amount) if isinstance(value, Money) else ("", value)
