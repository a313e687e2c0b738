"""Which columns a question needs, and whether it can be answered from such at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Date, DateTime, Integer, Time
from sqlalchemy.types import TypeEngine

from engine.expressions.conditions import safe
from engine.expressions.needs import needs_of
from engine.expressions.reached import Reached, reached
from engine.expressions.scope import asking, members_of
from engine.fields.column import USERS
from engine.grouping import Amount, Grouping, Key
from engine.storage.columns.arrays import Form, Spec
from engine.storage.columns.reading import Unkept, type_of
from engine.storage.select import Reader
from engine.storage.types import Exactly, Moment
from formulas import Compiled, compile_formula

MOST_DIGITS = 18
"""So many fit into a whole number of 64 bits, whatever they are."""
COUNTING = ("count", "distinct", "first", "last")
RANKED = (Date, DateTime, Time, Moment)
"""What stands in the same order everywhere; texts do not."""


@dataclass(frozen=True)
class Wanted:
    """The columns of a question of one reader. All of it raises Unkept where something cannot be answered from them."""

    reader: Reader
    asked: Grouping

    @cached_property
    def specs(self) -> frozenset[Spec]:
        """All columns by which records are grouped and of which amounts are made."""
        found: set[Spec] = set()
        for key in self.asked.keys:
            found.update(self.along(key.path))
            found.add(self.key(key))
        for amount in self.asked.amounts:
            found.update(self.along(amount.path))
            found.update(self.amount(amount) or ())
            found.update(self.chronology(amount))
        return frozenset(found)

    def along(self, path: str) -> Iterator[Spec]:
        """The references along a path, each as the places of what it leads to."""
        for hop in self._reached(path).way if path else ():
            yield Spec(hop.near, "place", Key(hop.field))

    def key(self, key: Key) -> Spec:
        found = self._reached(key.path)
        return Spec(found.entity, "code", Key(found.name, key.by, key.bounds))

    def amount(self, amount: Amount) -> tuple[Spec] | None:
        """None where it is the records that are counted."""
        if amount.expression:
            self._check_expression(amount.expression)
            entity, own = self.asked.entity, Amount("sum", expression=amount.expression)
        elif amount.path:
            found = self._reached(amount.path)
            filled = self._reached(amount.filled).name if amount.filled else ""
            if filled:
                self._check_always(found.entity, filled)
            entity, own = found.entity, Amount("sum", found.name, filled=filled)
        else:
            return None
        kind = type_of(self.reader.visible.whole, Spec(entity, "number", own))
        form: Form = "number" if isinstance(kind, Exactly | Integer) else "code"
        if isinstance(kind, Exactly) and kind.digits > MOST_DIGITS:
            raise Unkept
        if form == "code" and not (amount.aggregate in COUNTING or self._is_ranked(amount, kind)):
            raise Unkept
        if "." in amount.path and amount.aggregate in ("first", "last"):
            raise Unkept
        return (Spec(entity, form, own),)

    def chronology(self, amount: Amount) -> tuple[Spec, ...]:
        """By what first and last are told: the first date of a document."""
        described = self.reader.rights.configuration.entities[self.asked.entity]
        if amount.aggregate not in ("first", "last") or described.kind != "document":
            return ()
        dated = [name for name, field in described.fields.items() if field.kind in ("date", "datetime")]
        return tuple(Spec(self.asked.entity, "code", Key(name)) for name in dated[:1])

    def _is_ranked(self, amount: Amount, kind: TypeEngine[object]) -> bool:
        return amount.aggregate in ("min", "max") and (bool(amount.filled) or isinstance(kind, RANKED))

    def _reached(self, path: str) -> Reached:
        """What there is not for the reader is refused elsewhere, and what is computed when it is read is not kept."""
        found = reached(self.reader.rights.configuration, self.asked.entity, path)
        virtual = self.reader.tables.computation.virtual
        if (
            found is None
            or found.field.column() is None
            or found.field.links()
            or (found.entity, found.name) in virtual
        ):
            raise Unkept
        if any(USERS in (hop.near, hop.far) or (hop.near, hop.field) in virtual for hop in found.way):
            raise Unkept
        return found

    def _check_expression(self, text: str) -> None:
        """An expression is the same for everybody who may read all that it names, wherever that stands."""
        configuration, rights = self.reader.rights.configuration, self.reader.rights
        compiled = safe(compile_formula(text, asking(members_of(configuration), self.asked.entity)))
        if not isinstance(compiled, Compiled) or compiled.volatile or needs_of([compiled.tree]).lists:
            raise Unkept  # what is counted in a list is the reader's own
        for path in compiled.paths:
            found = self._reached(path)
            for hop in found.way:
                self._check_always(hop.near, hop.field)
                if not rights.rows(hop.far).always:
                    raise Unkept
            self._check_always(found.entity, found.name)

    def _check_always(self, entity: str, name: str) -> None:
        parent = self.reader.rights.configuration.parent_of(entity)
        if name != parent and not self.reader.rights.shown(entity, name).always:
            raise Unkept
