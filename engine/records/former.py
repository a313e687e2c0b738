"""Computed fields of a record as it was: computed anew from what it and its lines held then.

Only formulas that read nothing else are: what other records held then is not asked for, so that no number is shown
that never was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from engine.expressions.needs import needs_of
from engine.expressions.plan import TITLE, Computed
from engine.expressions.results import as_value, error_code, stored_as
from engine.records.told import Former
from engine.records.values import Record
from engine.storage.recompute import stored_context
from engine.storage.tables import Tables
from formulas import Evaluator, FormulaError
from formulas.values import ErrorCode, Reference

Lines = Mapping[str, tuple[Record, ...]]
Values = dict[str, Any]
Rows = Mapping[str, list[Values]]


def computed_then(tables: Tables, record: Record, lines: Lines) -> Record:
    """The record with these lines, its computed fields computed from them or left out."""
    return _Computing(tables, record, lines).record()


class _Computing:
    """Computes what can be of one record, in the order of the stages."""

    def __init__(self, tables: Tables, record: Record, lines: Lines) -> None:
        self.tables = tables
        self.evaluator = Evaluator(stored_context(tables.configuration, None))
        everything = [record, *(line for listed in lines.values() for line in listed)]
        self.readable = {(one.entity, one.id): frozenset(one.values) for one in everything}
        self.own = self._bare(record)
        self.lines = {name: [self._bare(line) for line in listed] for name, listed in lines.items()}

    def record(self) -> Record:
        for stage in self.tables.computation.stages:
            for computed in stage.fields:
                if computed.name != TITLE and not computed.converts:
                    self._compute(stage.entity, computed)
        lines = {name: tuple(map(self._shown, listed)) for name, listed in self.lines.items()}
        return replace(self._shown(self.own), lines=lines)

    def _shown(self, record: Record) -> Record:
        """The record without computed fields that its reader may not see, which others may have needed."""
        readable = self.readable[record.entity, record.id]
        return replace(record, values={name: value for name, value in record.values.items() if name in readable})

    def _bare(self, record: Record) -> Record:
        """The record without what is computed; a formula that is read when it is asked for stays out as well."""
        fields = self.tables.configuration.entities[record.entity].fields
        typed = {
            name: value for name, value in record.values.items() if name not in fields or fields[name].formula is None
        }
        return replace(record, values=typed, errors={})

    def _compute(self, entity: str, computed: Computed) -> None:
        if entity == self.own.entity:
            rows = {name: [self._seen(line) for line in listed] for name, listed in self.lines.items()}
            self.own = self._computed(self.own, computed, rows)
        for name, listed in self.lines.items():
            if listed and listed[0].entity == entity:
                self.lines[name] = [self._computed(line, computed, {}) for line in listed]

    def _computed(self, record: Record, computed: Computed, rows: Rows) -> Record:
        values = self._seen(record)
        if not _suffices(computed, values, rows):
            return record
        result = self.evaluator.value(computed.formula.tree, {**values, **rows})
        stored, error = stored_as(computed.field, result, values)
        errors = {**record.errors, computed.name: error_code(error)} if error is not None else record.errors
        return replace(record, values={**record.values, computed.name: stored}, errors=errors)

    def _seen(self, record: Record) -> Values:
        """The values as formulas see them; one that its field would not take today is not among them."""
        fields = self.tables.configuration.entities[record.entity].fields
        found: Values = {"": Reference(record.entity, record.id or 0)}
        for name, value in record.values.items():
            if name in record.errors:
                found[name] = FormulaError(cast("ErrorCode", record.errors[name]))
            elif name in fields and not isinstance(value, Former):
                found[name] = as_value(fields[name], value, None, record.values) if fields[name].column() else value
        return found


def _suffices(computed: Computed, values: Values, rows: Rows) -> bool:
    """Whether a formula reads nothing but these values and rows."""
    needs = needs_of([computed.formula.tree])
    said = getattr(computed.field, "currency", None)
    own = needs.own | ({said} if said and not getattr(computed.field, "fixed_currency", None) else set())
    listed = all(root in rows and all(paths <= row.keys() for row in rows[root]) for root, paths in needs.lists.items())
    return own <= values.keys() and listed
