"""What expressions know of the moment and of who asks, and the defaults that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.expressions.results import as_value, stored_as
from engine.fields import Field
from engine.fields.column import USERS
from engine.problems import Unfit
from engine.rights import Principal
from engine.storage import Connection, Database
from engine.storage.given import given_of
from engine.storage.moments import moment_of
from engine.storage.tables import Tables
from engine.storage.visible import links_of
from formulas import Evaluator, FormulaError
from formulas.scope import USER
from formulas.text import as_text
from formulas.values import Reference

BLANK = (None, ())


def asker_of(principal: Principal, database: Database, tables: Tables, connection: Connection) -> dict[str, Any]:
    """The values of USER(), and of the records that who asks is linked to."""
    found: dict[str, Any] = {
        USER: None if principal.id is None else Reference(USERS, principal.id),
        f"{USER}.name": principal.name,
    }
    asked = tables.computation.asked
    links = links_of(connection, tables, principal.id) if asked and principal.id is not None else {}
    for entity, peek in asked.items():
        record_id = links.get(entity)
        given = given_of(database, tables, peek).read(connection, [record_id] if record_id else [], principal.id)
        values, _ = given.get(record_id or 0, (dict.fromkeys(peek.needs.own), {}))
        found[f"{USER}.{entity}"] = Reference(entity, record_id) if record_id in given else None
        found |= {f"{USER}.{entity}.{path}": value for path, value in values.items()}
    return found


def _fitting(field: Field, value: Any) -> Any:
    """The value, or a blank where nobody could enter it."""
    try:
        return field.accept(value)
    except Unfit:
        return None


@dataclass(frozen=True)
class Filling:
    """Gives new records the defaults that are expressions, within one transaction."""

    database: Database
    tables: Tables
    principal: Principal
    connection: Connection

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(moment_of(self.tables.configuration, self.connection))

    def filled(self, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values, with a default for each that is blank; defaults see those before them."""
        found = dict(values)
        defaults = self.tables.computation.defaults.get(entity)
        wanted = [one for one in defaults.defaults if found.get(one.name) in BLANK] if defaults else []
        if not defaults or not wanted:
            return found
        seen = self._seen(entity, found)
        for default in wanted:
            for step, peek in defaults.peeks.items():
                seen |= self._peeked(step, peek, found.get(step))
            stored, _ = stored_as(default.field, self._evaluator.value(default.formula.tree, seen), found)
            stored = _fitting(default.field, stored)
            found[default.name] = stored
            seen[default.name] = as_value(default.field, stored, None, found)
        return found

    def worded(self, entity: str, field: str, values: Mapping[str, Any]) -> tuple[str, ...]:
        """What the expressions in the mask of a number give for a new record; what cannot be computed is left out."""
        mask = self.tables.computation.masks.get(entity, {}).get(field)
        if mask is None:
            return ()
        seen = self._seen(entity, values)
        for step, peek in mask.peeks.items():
            seen |= self._peeked(step, peek, values.get(step))
        results = (self._evaluator.value(part.formula.tree, seen) for part in mask.defaults)
        return tuple("" if isinstance(result, FormulaError) else as_text(result) for result in results)

    def _seen(self, entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a new record as expressions see them, with who asks."""
        fields = self.tables.configuration.entities[entity].fields
        seen = {
            name: as_value(fields[name], value, None, values) if name in fields and fields[name].column() else value
            for name, value in values.items()
        }
        return {**seen, **self._asker}

    @cached_property
    def _asker(self) -> dict[str, Any]:
        return asker_of(self.principal, self.database, self.tables, self.connection)

    def _peeked(self, step: str, peek: Any, record_id: int | None) -> dict[str, Any]:
        """What the record says that a reference leads to."""
        if record_id is None:
            return {}
        given = given_of(self.database, self.tables, peek).read(self.connection, [record_id], self.principal.id)
        values, _ = given.get(record_id, ({}, {}))
        return {f"{step}.{path}": value for path, value in values.items()}
