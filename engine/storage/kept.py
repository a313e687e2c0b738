"""Whether the keys of a row are among those that a report keeps, of which there may be thousands.

They are bound as rows of a list in which the database looks once per row; conditions one by one would be evaluated all
for each row, and no database takes a thousand of them. Nothing in the list is NULL, which equals nothing: a blank or an
error is told by a state beside the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, SmallInteger, case, column, false, func, literal, select, tuple_, values

from engine.grouping import Keys, Wrong

Sql = ColumnElement[Any]
Told = tuple[Sql, Sql | None]
"""The value of a key, and its error where it can have any."""
PLAIN, BLANK = 0, -1


def is_kept(told: Sequence[Told], kept: frozenset[Keys]) -> Sql:
    """A condition on rows with these keys."""
    if not kept:
        return false()
    samples = [_sample(place, kept) for place in range(len(told))]
    own = [sql for (value, error), sample in zip(told, samples, strict=True) for sql in _columns(value, error, sample)]
    listed = values(*(column(f"c{number}", sql.type) for number, sql in enumerate(own)), name="kept").data(
        [tuple(_row(keys, samples)) for keys in sorted(kept, key=repr)]
    )
    rows = listed.cte()
    return tuple_(*own).in_(select(*rows.c))


def _sample(place: int, kept: frozenset[Keys]) -> Any:
    """Any value of a key that is neither blank nor an error; None where it has none."""
    return next((keys[place] for keys in kept if _state(keys[place]) == PLAIN), None)


def _state(key: Any) -> int:
    return BLANK if key is None else key.number if isinstance(key, Wrong) else PLAIN


def _columns(value: Sql, error: Sql | None, sample: Any) -> Iterator[Sql]:
    """The state of a key and, where any that is kept has one, its value: the sample stands where there is none."""
    blank = (value.is_(None), literal(BLANK, SmallInteger))
    wrong = [] if error is None else [(error.is_not(None), error)]
    yield case(*wrong, blank, else_=literal(PLAIN, SmallInteger))
    if sample is not None:
        yield func.coalesce(value, literal(sample, value.type), type_=value.type)


def _row(keys: Keys, samples: Sequence[Any]) -> Iterator[Any]:
    for key, sample in zip(keys, samples, strict=True):
        state = _state(key)
        yield state
        if sample is not None:
            yield sample if state else key
