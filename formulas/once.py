"""One-off evaluation: a text and plain Python values, no configuration and no record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from formulas.compiled import Compiled, compile_formula
from formulas.decimals import LIMIT
from formulas.evaluate import Evaluator
from formulas.problems import FormulaProblem
from formulas.scope import Member, Simple
from formulas.sentences import TYPES
from formulas.types import (
    ANY,
    BLANK,
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    MONEY,
    NUMBER,
    TEXT,
    TIME,
    Mismatch,
    Type,
    list_of,
    record,
    unified,
)
from formulas.values import Context, FormulaError, Money, Value

_SCALARS: tuple[tuple[type, Type], ...] = (
    (bool, BOOLEAN),
    (Decimal, NUMBER),
    (int, NUMBER),
    (str, TEXT),
    (dt.datetime, DATETIME),
    (dt.date, DATE),
    (dt.time, TIME),
    (dt.timedelta, DURATION),
    (Money, MONEY),
    (FormulaError, BLANK),
)


def evaluate(
    text: str, values: Mapping[str, Any] | None = None, *, today: dt.date | None = None, locale: str = "en"
) -> Value:
    """The result of a formula with these values for its names.

    Never raises for what the formula says: a text that is none gives #NAME?, wrong types give #VALUE!, each with the
    reason.

    Args:
        text: the formula.
        values: Decimal, int, str, bool, date, time, datetime, timedelta, Money or None by name; a list of such values
            is a range, a mapping is a record, a list of mappings are its rows.
        today: what TODAY() gives; the computer's own date by default.
        locale: the language of names and words that functions write.

    Raises:
        TypeError: for a value of another type. A float is one: it is not the number that somebody wrote.
    """
    scope, given = described(values or {})
    compiled = compile_formula(text, scope)
    if not isinstance(compiled, Compiled):
        return _error(compiled[0])
    return Evaluator(context_of(today, locale)).value(compiled.tree, given)


def described(values: Mapping[str, Any]) -> tuple[Simple, dict[str, Any]]:
    """The scope that plain values make, and the values as the evaluator takes them; raises TypeError."""
    found = _Described()
    given = found.record("", values)
    return Simple("", found.entities), given


def context_of(today: dt.date | None = None, locale: str = "en") -> Context:
    """A context with the computer's own date, or with another one."""
    now = dt.datetime.now(dt.UTC) if today is None else dt.datetime.combine(today, dt.time(), dt.UTC)
    return Context(today or now.astimezone().date(), now, language=locale)


def _error(problem: FormulaProblem) -> FormulaError:
    reason = f"{problem.sentence} {problem.hint}".strip()
    if problem.code == "formula-two-currencies":
        return FormulaError("#CURRENCY!", reason)
    return FormulaError("#VALUE!" if problem.code in TYPES else "#NAME?", reason)


@dataclass(slots=True)
class _Described:
    """The scope that plain values make, and the values as the evaluator takes them."""

    entities: dict[str, dict[str, Member]] = field(default_factory=dict)

    def record(self, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Describe a record; gives its values, those of records in it under dotted paths."""
        flat: dict[str, Any] = {}
        members = self.entities.setdefault(entity, {})
        for name, value in values.items():
            path = f"{entity}.{name}" if entity else name
            if isinstance(value, Mapping):
                self._add(members, name, record(path))
                inside = self.record(path, value)
                flat.update({f"{name}.{below}": found for below, found in inside.items()})
                flat[name] = "record"
            elif isinstance(value, list | tuple):
                kind, flat[name] = self._list(path, value)
                self._add(members, name, kind)
            else:
                kind, flat[name] = _plain(name, value)
                self._add(members, name, kind)
        return flat

    def _list(self, path: str, items: Sequence[Any]) -> tuple[Type, tuple[Any, ...]]:
        if items and all(isinstance(item, Mapping) for item in items):
            return list_of(record(path)), tuple({"": "record", **self.record(path, item)} for item in items)
        pairs = [_plain(path, item) for item in items]
        return list_of(_together([kind for kind, _ in pairs])), tuple(value for _, value in pairs)

    def _add(self, members: dict[str, Member], name: str, kind: Type) -> None:
        known = members.get(name)
        members[name] = Member(_together([known.type, kind]) if known else kind)


def _together(kinds: Sequence[Type]) -> Type:
    try:
        return unified(kinds)
    except Mismatch:
        # A range of Excel may hold anything; what does not fit becomes an error when it is used.
        return ANY


def _plain(name: str, value: Any) -> tuple[Type, Any]:
    if value is None or value == "":
        return BLANK, None
    for python, kind in _SCALARS:
        if isinstance(value, python):
            return kind, _admitted(value)
    raise TypeError(f"{name}: a formula takes no {type(value).__name__}; pass numbers as Decimal or int")


def _admitted(value: Any) -> Any:
    """Numbers that formulas cannot hold become an error value; a moment without a zone is in UTC."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value) if abs(value) < LIMIT else FormulaError("#NUM!", "The number is too large.")
    if isinstance(value, Decimal) and not (value.is_finite() and -LIMIT < value < LIMIT):
        return FormulaError("#NUM!", "The number is too large.")
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    return value
