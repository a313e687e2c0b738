"""The records behind a cell: what exactly the records of a group meet, as a list is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from math import ceil
from typing import Any

from engine.expressions.reached import Reached, reached
from engine.expressions.results import error_code
from engine.fields import Field
from engine.fields.choice import ChoiceField
from engine.fields.decimal import Exact
from engine.grouping import OTHERS, Key, Keys, Wrong
from engine.model import Configuration
from engine.model.report import Part
from engine.periods import RECURRING, first_day, last_day
from engine.query import Condition

MOST_LEFT_OUT = 50
"""So many values an address leaves out."""
_SAME = {
    "text": "exactly",
    "integer": "eq",
    "decimal": "eq",
    "time": "eq",
    "duration": "eq",
    "boolean": "is",
    "date": "on",
    "reference": "any_of",
}
"""How a value is asked for, by the kind of its column."""


def behind(
    configuration: Configuration, entity: str, keys: Sequence[Key], values: Keys
) -> tuple[Condition, ...] | None:
    """The conditions that those records of an entity meet whose keys have these values, beside what all of them meet.

    None where no list shows just them: of the others, of a moment to the second, of several choices at once.

    Raises:
        KeyError: a field does not exist in this configuration.
    """
    found: list[Condition] = []
    for key, value in zip(keys, values, strict=True):
        end = reached(configuration, entity, key.path)
        if end is None:
            raise KeyError(key.path)
        told = tuple(_told(configuration, end, key, value))
        if not told:
            return None
        found += told
    return tuple(dict.fromkeys(found))


def behind_others(
    configuration: Configuration, entity: str, keys: Sequence[Key], parent: Keys, kept: Collection[Any]
) -> tuple[Condition, ...] | None:
    """The conditions of all records below a parent whose innermost key is none of those that are kept.

    None where no list shows just them: of texts, numbers and periods, of which a list leaves none out.

    Raises:
        KeyError: a field does not exist in this configuration.
    """
    *outer, innermost = keys
    above = behind(configuration, entity, outer, parent)
    end = reached(configuration, entity, innermost.path)
    if end is None:
        raise KeyError(innermost.path)
    values = tuple(value for value in kept if value is not None)
    wrong = any(isinstance(value, Wrong) for value in values)
    if above is None or wrong or "none_of" not in end.comparisons or len(values) > MOST_LEFT_OUT:
        return None
    found = [*above]
    if values:
        found.append(Condition(innermost.path, "none_of", values))
    if None in kept:
        found.append(Condition(innermost.path, "filled"))
    return tuple(dict.fromkeys(found))


def _told(configuration: Configuration, end: Reached, key: Key, value: Any) -> Iterator[Condition]:
    """The conditions on one key; none where it cannot be told."""
    if value is None:
        yield Condition(key.path, "blank")
    elif isinstance(value, Wrong):
        yield Condition(key.path, "failed", (error_code(value.number),))
    elif value == OTHERS:
        return
    elif key.bounds:
        yield from _between(key, [_least(end.field, bound) for bound in key.bounds], value)
    elif key.by in RECURRING:
        assert key.by is not None
        yield Condition(key.path, key.by, (value,))
    elif key.by:
        yield from _during(configuration, key.path, key.by, value)
    else:
        yield from _same(end.field, key, value)


def _between(key: Key, bounds: Sequence[Decimal | int], place: int) -> Iterator[Condition]:
    """From one bound on, and below the next."""
    if place > 0:
        yield Condition(key.path, "ge", (bounds[place - 1],))
    if place < len(bounds):
        yield Condition(key.path, "lt", (bounds[place],))


def _least(field: Field, bound: Decimal) -> Decimal | int:
    """The least value of a field that is not below a bound."""
    if isinstance(field, Exact):
        return bound.quantize(Decimal(1).scaleb(-field.places), ROUND_CEILING)
    return ceil(bound)


def _during(configuration: Configuration, path: str, part: Part, value: Any) -> Iterator[Condition]:
    first, last = first_day(part, value, configuration), last_day(part, value, configuration)
    yield Condition(path, "on", (first,)) if first == last else Condition(path, "between", (first, last))


def _same(field: Field, key: Key, value: Any) -> Iterator[Condition]:
    column = field.column()
    operator = _SAME.get(column.kind if column else "")
    if operator is None:
        return
    if isinstance(field, ChoiceField) and field.option(value):
        operator = "any_of"
    yield Condition(key.path, operator, (value,))
