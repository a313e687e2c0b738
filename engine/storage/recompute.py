"""Bringing computed fields up to date after changes, set by set, in the transaction that made the changes.

Stage after stage: which records may show another result, what they read, what comes out, and only what differs is
written. What was written counts as changed for the stages after it, and where nothing differs, nothing follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, select, update

from engine.expressions.plan import TITLE, Stage
from engine.expressions.results import as_value, stored_as
from engine.expressions.routes import Way
from engine.model import Configuration
from engine.storage import stale, touched
from engine.storage.changes import Changes
from engine.storage.database import Database
from engine.storage.fold import fold
from engine.storage.given import Values, columns_of, given_of
from engine.storage.rates import Rates
from engine.storage.reach import among, back, bound, portions
from engine.storage.tables import ERROR, FOLD, Tables
from engine.storage.updating import MANY, updating_of
from formulas import Context, Evaluator
from formulas.tree import Node


@dataclass(frozen=True)
class Recompute:
    """The computation over one database and configuration."""

    database: Database
    tables: Tables

    def run(
        self,
        connection: Connection,
        changes: Changes,
        *,
        rates: bool = False,
        most: int | None = None,
        whole: Container[str] = (),
    ) -> bool:
        """Compute what depends on the changes, note there what has become different, and log all that was touched.

        A stage of more than `most` records is put off; whether there was one. What depends on it follows later.

        Args:
            rates: exchange rates have changed too.
            whole: entities of which every record is computed.
        """
        # Made when something is to be computed at last: most changes lead to nothing that is.
        evaluator = cache(lambda: Evaluator(self._context(connection)))
        put_off = False
        for stage in self.tables.computation.stages:
            if stage.entity in whole and self._all_at_once(connection, stage, changes):
                continue
            dirty = self._dirty(connection, stage, changes)
            if stage.entity in whole or (rates and stage.converts):
                dirty |= self._all(connection, stage.entity)
            if most is not None and len(dirty) > most:
                stale.put_off(self.database, connection, stage, dirty)
                put_off = True
                continue
            for ids in portions(dirty):
                self._lock(connection, stage, ids)
                self._stage(connection, stage, ids, changes, evaluator())
        touched.tell(self.database, connection, changes)
        return put_off

    def compute(self, connection: Connection, stage: Stage, ids: Sequence[int], changes: Changes) -> None:
        """Compute one stage for these records, and note what has become different."""
        self._lock(connection, stage, ids)
        self._stage(connection, stage, ids, changes, Evaluator(self._context(connection)))

    def everything(self, connection: Connection, entities: Sequence[str]) -> None:
        """Compute all fields of all records of these entities anew, and whatever depends on them."""
        self.run(connection, Changes(), whole=frozenset(entities))

    def _all_at_once(self, connection: Connection, stage: Stage, changes: Changes) -> bool:
        """Let the database compute a stage of all records, if it can."""
        updating = updating_of(self.database, self.tables, stage, some=False)
        if updating is not None:
            self._lock(connection, stage, None)
            updating.run(connection, None, changes)
        return updating is not None

    def _all(self, connection: Connection, entity: str) -> set[int]:
        return set(connection.execute(select(self.tables.entities[entity].c.id)).scalars())

    def _dirty(self, connection: Connection, stage: Stage, changes: Changes) -> set[int]:
        """The records whose results may have changed."""
        begun: dict[Way, set[int]] = {}
        for one in stage.inputs:
            ids = (changes.former if one.former else changes.fields).get(one.key)
            if ids:
                begun.setdefault(one.way[:-1] if one.former else one.way, set()).update(ids)
        return {
            record_id
            for way, ids in begun.items()
            for record_id in back(self.database, connection, self.tables, way, ids)
        }

    def _lock(self, connection: Connection, stage: Stage, ids: Sequence[int] | None) -> None:
        """Let others who compute the same records, or any where no ids are given, wait: each would not see the other's rows.

        Always in the order of the ids, and not against those who only refer to them. SQLite's writer is alone anyway.
        """
        if self.database.sqlite:
            return
        table = self.tables.entities[stage.entity]

        def build() -> Select[tuple[int]]:
            where = [] if ids is None else [among(self.database, table.c.id)]
            return select(table.c.id).where(*where).order_by(table.c.id).with_for_update(key_share=True)

        prepared = self.database.prepared((self.tables, "lock", stage.entity, ids is None), build)
        prepared.raw(connection, {} if ids is None else bound(self.database, ids))

    def _stage(
        self, connection: Connection, stage: Stage, ids: Sequence[int], changes: Changes, evaluator: Evaluator
    ) -> None:
        updating = updating_of(self.database, self.tables, stage, some=True) if len(ids) >= MANY else None
        if updating is not None:
            watched = changes.watched.get(stage.entity, set())
            updating.run(connection, [one for one in ids if one not in watched], changes)
            ids = sorted(watched.intersection(ids))
            if not ids:
                return
        given = given_of(self.database, self.tables, stage)
        rows: list[dict[str, Any]] = []
        different: dict[str, dict[int, Any]] = {name: {} for own in stage.names for name in columns_of(own)}
        for record_id, (values, before) in given.read(connection, ids).items():
            after = self._results(stage, given.trees, evaluator, values)
            if after != before:
                rows.append({"record": record_id, **after})
                for name in after:
                    if after[name] != before[name]:
                        different[name][record_id] = before[name]
        self._note(stage, different, changes)
        _tell(stage, rows, different, changes)
        if rows:
            self._write(connection, stage, rows)

    def _note(self, stage: Stage, different: Mapping[str, Mapping[int, Any]], changes: Changes) -> None:
        """Note which results have become different; a link that is computed leaves where it led before."""
        for name, before in different.items():
            if before:
                changes.note(stage.entity, (name.removesuffix(ERROR),), before)
                if (stage.entity, name) in self.tables.computation.watched:
                    changes.note_former(stage.entity, name, before.values())

    def _results(self, stage: Stage, trees: Mapping[str, Node], evaluator: Evaluator, values: Values) -> dict[str, Any]:
        """What is stored for one record; later formulas of the stage see the results of earlier ones."""
        found: dict[str, Any] = {}
        for computed in stage.fields:
            result = evaluator.value(trees[computed.name], values)
            stored, error = stored_as(computed.field, result, values)
            found.update(zip(columns_of(computed.name), (stored, error), strict=False))
            values[computed.name] = as_value(computed.field, stored, error, values)
        return found

    def _write(self, connection: Connection, stage: Stage, rows: list[dict[str, Any]]) -> None:
        entity = self.tables.configuration.entities[stage.entity]
        for row in rows:
            self._shadows(entity.title_field, stage, row)
        names = tuple(name for name in rows[0] if name != "record")
        table = self.tables.entities[stage.entity]

        def build() -> Any:
            changed = {name: bindparam(name, type_=table.c[name].type) for name in names}
            return update(table).where(table.c.id == bindparam("record")).values(changed)

        prepared = self.database.prepared((self.tables, "computed", stage.entity, names), build)
        prepared.run_many(connection, rows)

    def _shadows(self, title: str | None, stage: Stage, row: dict[str, Any]) -> None:
        table = self.tables.entities[stage.entity]
        for computed in stage.fields:
            value = row[computed.name]
            if computed.name + FOLD in table.c:
                row[computed.name + FOLD] = None if value is None else fold(computed.field.search_text(value))
            if computed.name == title:
                shown = None if value is None else computed.field.title_text(value)
                row["_title"], row[f"_title{FOLD}"] = shown, fold(shown) if shown else None

    def _context(self, connection: Connection) -> Context:
        configuration = self.tables.configuration
        return stored_context(configuration, Rates(connection, configuration.currency, held=True))


def _tell(stage: Stage, rows: Sequence[Values], different: Mapping[str, Mapping[int, Any]], changes: Changes) -> None:
    """Note what has become of the results of records whose history is kept."""
    watched = changes.watched.get(stage.entity, ())
    for row in rows:
        record_id = row["record"]
        for name in stage.names if record_id in watched else ():
            if name != TITLE:
                now = (row[name], row[name + ERROR])
                was = (different[name].get(record_id, now[0]), different[name + ERROR].get(record_id, now[1]))
                if was != now:
                    changes.note_computed(stage.entity, record_id, name, was, now)


def stored_context(configuration: Configuration, rates: Rates | None) -> Context:
    """Stored results depend on no day and no person; words in them are in the configuration's language."""
    beginning = dt.datetime.min.replace(tzinfo=dt.UTC)
    zone = ZoneInfo(configuration.timezone)
    return Context(dt.date.min, beginning, timezone=zone, language=configuration.language, rate=rates)
