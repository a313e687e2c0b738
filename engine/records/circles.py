"""Records that stand above themselves, by a reference to their own kind."""

from __future__ import annotations

from collections.abc import Mapping


def circles(above: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Each circle once, as its records from the lowest number on, each followed by the one that stands above it.

    Args:
        above: by record, which one its reference leads to; each record is looked at once.
    """
    found: list[tuple[int, ...]] = []
    known: set[int] = set()
    for start in above:
        way: dict[int, None] = {}
        at = start
        while at in above and at not in known:
            known.add(at)
            way[at] = None
            at = above[at]
        if at in way:
            steps = list(way)
            circle = steps[steps.index(at) :]
            first = circle.index(min(circle))
            found.append((*circle[first:], *circle[:first]))
    return tuple(found)
