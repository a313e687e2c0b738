"""By what a list is grouped and what it adds up, as its address says it: `group=client.city,date:month&totals=total:sum`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast, get_args

from engine.expressions.reached import Reached
from engine.fields import Field
from engine.grouping import Key
from engine.model.report import Aggregate, Part

NONE = "none"
"""Stands in an address for nothing, where the view says something."""
MOST_LEVELS = 6
MOST_TOTALS = 20
UNGROUPED = ("long_text", "multi_choice")
DATES = ("date", "datetime")
ADDED: tuple[Aggregate, ...] = ("sum", "average", "min", "max", "median", "count", "distinct")
FITTING: dict[str, tuple[Aggregate, ...]] = {
    **dict.fromkeys(("integer", "decimal", "money", "duration"), ADDED),
    **dict.fromkeys(("percent", "rating"), ADDED[1:]),
    **dict.fromkeys(("date", "datetime", "time"), ("min", "max", "count", "distinct")),
}
"""What can be said of the values of a field type together; of all others how many there are."""
Find = Callable[[str], Reached | None]


@dataclass(frozen=True, slots=True)
class Total:
    """What a column comes to."""

    field: str
    aggregate: Aggregate

    def __str__(self) -> str:
        return f"{self.field}:{self.aggregate}"


def is_grouping(field: Field) -> bool:
    """Whether records can be grouped by a field."""
    return field.column() is not None and not field.links() and field.kind not in UNGROUPED


def fitting(field: Field) -> tuple[Aggregate, ...]:
    """How the values of a field become one."""
    if field.column() is None or field.kind in UNGROUPED:
        return ()
    return FITTING.get(field.kind, ("count", "distinct"))


def key_text(key: Key) -> str:
    return f"{key.path}:{key.by}" if key.by else key.path


def read_keys(text: str, find: Find, unknown: list[str]) -> tuple[Key, ...] | None:
    """The levels of an address, outermost first; None where it says nothing of them."""
    if not text or text == NONE:
        return () if text else None
    found: list[Key] = []
    for part in text.split(",")[:MOST_LEVELS]:
        key = read_key(part.strip(), find)
        if key is None or key in found:
            unknown.append(part)
        else:
            found.append(key)
    return tuple(found)


def read_key(text: str, find: Find) -> Key | None:
    path, _, by = text.partition(":")
    reached = find(path)
    if reached is None or not is_grouping(reached.field):
        return None
    dated = reached.field.kind in DATES
    parts = (
        get_args(Part) if reached.field.kind == "datetime" else tuple(one for one in get_args(Part) if one != "hour")
    )
    if (by and not (dated and by in parts)) or text.endswith(":"):
        return None
    # A moment is different from nearly every other one.
    return Key(path, cast("Part", by) if by else "day" if dated else None)


def read_totals(text: str, find: Find, unknown: list[str]) -> tuple[Total, ...] | None:
    """What an address adds up, each column once; None where it says nothing of it."""
    if not text or text == NONE:
        return () if text else None
    found: dict[str, Total] = {}
    for part in text.split(",")[:MOST_TOTALS]:
        name, _, aggregate = part.partition(":")
        reached = find(name)
        if reached is None or reached.way or aggregate not in fitting(reached.field):
            unknown.append(part)
        else:
            found[name] = Total(name, aggregate)
    return tuple(found.values())


def written_as(parts: Iterable[object]) -> str:
    return ",".join(map(str, parts)) or NONE
