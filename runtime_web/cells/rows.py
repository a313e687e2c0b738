"""Rows of a list by themselves, as they are now: for what was changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from engine.query import Condition
from runtime_web.lists.page import Listing

AT_ONCE = 50
"""So many are asked for by one statement, which is kept."""


def rows_of(listing: Listing, ids: Iterable[int]) -> Mapping[int, str | None]:
    """The rows of records as the list shows them, wherever they stand in it; None for one that is not to be seen."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, str | None] = dict.fromkeys(wanted)
    arguments = listing.state.arguments(listing.records.configuration)
    for portion in _portions(wanted):
        query = replace(
            listing.query,
            conditions=(Condition("id", "any_of", portion),),
            search="",
            where="",
            sort=(),
            limit=AT_ONCE,
            offset=0,
            edge=None,
            counted=False,
        )
        page = listing.records.page(query)
        html = listing.grid.each(page, arguments)
        found.update((row[0], text) for row, text in zip(page.rows, html, strict=True))
    return found


def _portions(ids: list[int]) -> Iterator[tuple[int, ...]]:
    """As many ids each time, so that one kept statement serves all; asking for one twice changes nothing."""
    for start in range(0, len(ids), AT_ONCE):
        portion = ids[start : start + AT_ONCE]
        size = 1 if len(portion) == 1 else AT_ONCE
        yield tuple(portion + portion[-1:] * (size - len(portion)))
