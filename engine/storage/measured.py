"""The single values of records of which groups are made, as SQL: what they are grouped by, and what is added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, null, type_coerce
from sqlalchemy.types import Numeric

from engine.expressions.conditions import safe
from engine.expressions.routes import hop_from
from engine.expressions.scope import asking, members_of
from engine.fields import Field
from engine.grouping import Amount, Key
from engine.storage.located import Located
from engine.storage.spans import part_of
from engine.storage.types import Exactly, Seconds
from engine.storage.visible import Visible
from formulas import Compiled, Context, compile_formula
from formulas.to_sql import places_of, value

Sql = ColumnElement[Any]
DIGITS = 18


@dataclass(frozen=True, slots=True)
class Told:
    """A value of the rows in SQL, and its error where it can have any."""

    value: Sql
    error: Sql | None = None

    @property
    def both(self) -> list[Sql]:
        return [self.value] if self.error is None else [self.value, self.error]


@dataclass(frozen=True, slots=True)
class Measured:
    """What of the records may be seen, and the values of it."""

    visible: Visible

    def key(self, key: Key, located: Located) -> Told:
        """By what rows are grouped."""
        described = self._field(located.entity, key.path)
        value, error = located.found(key.path)
        if key.by and described is not None:
            visible = self.visible
            moment = described.kind == "datetime"
            value = part_of(value, key.by, visible.system, visible.configuration, moment=moment)
        if key.bounds:
            value = _ranged(value, key.bounds, self.visible.system)
        return Told(value, error)

    def amount(self, amount: Amount, located: Located) -> Told:
        """What of rows is counted or added up."""
        if amount.expression:
            return self._expressed(amount.expression, located)
        self._field(located.entity, amount.path)
        value, error = located.found(amount.path)
        if isinstance(value.type, Seconds):
            value = type_coerce(value, BigInteger)
        if amount.filled:
            value = case((located.found(amount.filled)[0].is_not(None), value), else_=null())
        return Told(value, error)

    def _expressed(self, text: str, located: Located) -> Told:
        """
        Raises:
            KeyError: it names what there is not for these rights.
        """
        members = members_of(self.visible.rights.configuration)
        compiled = safe(compile_formula(text, asking(members, located.entity)))
        if not isinstance(compiled, Compiled):
            raise KeyError(text)
        system = self.visible.system
        if compiled.tree.type.kind not in ("number", "money"):
            found = value(compiled.tree, system, located, Context.beginning())
            return Told(found.value, found.error)
        places = min(places_of(compiled.tree, system, located), 10)
        found = value(compiled.tree, system, located, Context.beginning(), places=places, digits=DIGITS)
        return Told(type_coerce(found.value, Exactly(DIGITS, places)), found.error)

    def _field(self, entity: str, path: str) -> Field | None:
        """The field at the end of a path; None for the record itself, a user's name, or a line's reference to its parent.

        Raises:
            KeyError: there is none, or not for these rights.
        """
        if not path:
            return None
        step, _, rest = path.partition(".")
        described = self.visible.rights.configuration
        if entity not in described.entities:
            return None
        hop = hop_from(described, entity, step)
        if rest:
            if hop is None or hop.kind != "to":
                raise KeyError(path)
            return self._field(hop.far, rest)
        return described.entities[entity].fields.get(step)


def _ranged(column: Sql, bounds: Sequence[Decimal], system: str) -> Sql:
    """The position of the range in which a number is."""
    kind = column.type
    if system == "sqlite":
        scale = kind.scale if isinstance(kind, Exactly) else 0
        plain: Sql = type_coerce(column, BigInteger)
        levels: list[Any] = [ceil(bound.scaleb(scale)) for bound in bounds]
    else:
        plain, levels = type_coerce(column, Numeric), list(bounds)
    steps = [(plain < level, number) for number, level in enumerate(levels)]
    return case((plain.is_(None), null()), *steps, else_=len(levels))
