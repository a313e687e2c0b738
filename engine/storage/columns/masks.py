"""Which records count for somebody: what they may see and what a question asks for, as flags by place.

Whatever decides is asked of the database with the reader's own rights, where the decision is about: rules of orders of
the orders, however many lines these have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sqlalchemy import Select, Text, cast, func, literal_column, select

from engine.expressions.reached import Reached, reached
from engine.expressions.routes import Way
from engine.fields.column import USERS
from engine.grouping import Grouping, Key
from engine.query import Compound, Condition, Criterion, Query
from engine.rights import Rule
from engine.storage.columns.arrays import NOWHERE, Flags, Spec
from engine.storage.columns.keeping import Sight
from engine.storage.columns.reading import Unkept
from engine.storage.comparing import OPPOSITES, bound_to, compared
from engine.storage.conditions import Shape, Source, parameters_of
from engine.storage.moments import asked_by
from engine.storage.select import Reader
from engine.storage.statement import Prepared


@dataclass(frozen=True)
class Masks:
    """Flags of the records of one transaction, for one reader. None is all of them."""

    reader: Reader
    sight: Sight
    _seen: dict[str, Flags | None] = field(default_factory=dict)

    def seen(self, entity: str) -> Flags | None:
        """The records that are there for the reader. Lines are where their record is."""
        if entity not in self._seen:
            self._seen[entity] = self._asked_for(entity)
        return self._seen[entity]

    def _asked_for(self, entity: str) -> Flags | None:
        population = self.sight.population(entity)
        live = None if population.live.all() else population.live
        rights = self.reader.rights.of(entity)
        if rights.rows["read"].always:
            return live
        if rights.head != entity:
            met = self._met_by_heads(entity, rights.head, rights.rows["read"])
            return both(live, self._handed(entity, rights.head, met))
        rows = self.reader.visible(entity)
        return self._flags(entity, select(rows.c.id))

    def _met_by_heads(self, entity: str, head: str, rule: Rule) -> Flags:
        """The records whose lines meet a rule; mostly it is their own."""
        if self.reader.rights.of(head).rows["read"] == rule:
            seen = self.seen(head)
            assert seen is not None, f"{entity} has a rule"
            return seen
        table = self.reader.tables.entities[head]
        return self._flags(head, select(table.c.id).where(self.reader.visible.met_by(head, table, rule)))

    def shown(self, entity: str, name: str) -> Flags | None:
        """The records in which a field may be read."""
        if name == self.reader.visible.configuration.parent_of(entity):
            return None
        if self.reader.rights.shown(entity, name).always:
            return None
        return self._flags(entity, self.reader.visible.showing(entity, name))

    def asked(self, asked: Grouping) -> Flags | None:
        """The records that a question is about, among those that are seen."""
        found = self.seen(asked.entity)
        for criterion in asked.conditions:
            found = both(found, self._met_all(asked.entity, criterion))
        if asked.where or asked.search:
            visible = self.reader.visible
            query = Query(asked.entity, search=asked.search, where=asked.where)
            rows = visible(asked.entity, virtual=query.named)
            where = Shape(Source(visible, self.reader.database.sqlite), query, rows).where()
            met = select(rows.c.id).where(*where)
            found = both(found, self._flags(asked.entity, met, parameters_of(query, self.reader.tables)))
        return found

    def _met_all(self, entity: str, criterion: Criterion) -> Flags:
        """The records that meet conditions, however they are put together."""
        if isinstance(criterion, Compound):
            join = np.logical_or if criterion.how == "any" else np.logical_and
            met: Flags = join.reduce([self._met_all(entity, part) for part in criterion.parts])
            return met
        return self._met(entity, criterion)

    def _met(self, entity: str, condition: Condition) -> Flags:
        """The records that meet a condition. At the end of references it is asked of the records there."""
        found = reached(self.reader.rights.configuration, entity, condition.field)
        if condition.field == "id" or found is None or not found.way or found.entity == USERS:
            return self._compared(entity, condition)
        denied = OPPOSITES.get(condition.operator)
        here = replace(condition, field=found.name, operator=denied or condition.operator)
        met = self._reaching(found, found.way, here)
        return ~met if denied else met

    def _reaching(self, found: Reached, way: Way, condition: Condition) -> Flags:
        if not way:
            return self._compared(found.entity, condition)
        hop, *rest = way
        if USERS in (hop.near, hop.far):
            raise Unkept
        met = both(self.seen(hop.far), self._reaching(found, tuple(rest), condition))
        assert met is not None
        handed = both(self._handed(hop.near, hop.field, met), self.shown(hop.near, hop.field))
        assert handed is not None
        return handed

    def _compared(self, entity: str, condition: Condition) -> Flags:
        visible = self.reader.visible
        rows = visible(entity, virtual=(condition.field.partition(".")[0],))
        met = compared(visible, entity, rows, condition, "c0")
        return self._flags(entity, select(rows.c.id).where(met), bound_to(self.reader.tables, entity, condition, "c0"))

    def _handed(self, entity: str, field: str, met: Flags) -> Flags:
        """The records that refer to one of those."""
        places = self.sight.column(Spec(entity, "place", Key(field))).main
        assert NOWHERE == -1, "the last element stands for it"
        handed: Flags = np.append(met, False)[places]
        return handed

    def _flags(self, entity: str, statement: Select[Any], bound: Mapping[str, Any] | None = None) -> Flags:
        """The flags of records whose ids a statement gives: as one text, which is read in half the time of as many rows."""
        database, tables = self.reader.database, self.reader.tables
        found = statement.subquery()
        joined = func.group_concat if database.sqlite else func.string_agg
        listed = select(joined(cast(found.c.id, Text), literal_column("','")).label("ids"))
        prepared = Prepared(listed, database.dialect)
        if prepared.asks:
            prepared = prepared.asking(asked_by(database, tables.configuration, self.reader.rights.user))
        population = self.sight.population(entity)
        flags = np.zeros(population.size, dtype=np.bool_)
        ((ids,),) = prepared.raw(self.sight.connection, bound or {})
        if ids:
            places = population.places(np.fromstring(ids, dtype=np.int64, sep=","))
            flags[places[places != NOWHERE]] = True
        return flags


def both(first: Flags | None, second: Flags | None) -> Flags | None:
    """Where both are set."""
    if first is None or second is None:
        return second if first is None else first
    return first & second
