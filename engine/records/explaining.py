"""Explaining a computed field: its formula part by part, with the records that the values come from.

The values are what the computation itself reads. What the reader may not see is left out, and so is every part that
would tell something about it; the result itself they may read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from engine.expressions.plan import Inquiry
from engine.expressions.results import error_code
from engine.expressions.routes import hop_from
from engine.model import Configuration
from engine.records.asking import asker_of
from engine.records.explanation import Explanation, Key, Part, Row, Rows, Source
from engine.records.sight import Sight
from engine.records.values import Missing
from engine.rights import Principal, Rights
from engine.storage import Connection, Database
from engine.storage.given import ROW_ID, given_of
from engine.storage.moments import moment_of
from engine.storage.select import Reader
from engine.storage.tables import ERROR, Tables
from formulas import FormulaError
from formulas.decimals import exactly
from formulas.explain import Contribution, Explained, explain
from formulas.scope import USER
from formulas.tree import Each, Read, walk
from formulas.values import Reference

Mentioned = dict[str, set[int]]
"""Ids of records by entity."""
LISTED = 20
"""So many rows of a list are shown."""


@dataclass(frozen=True)
class Explaining:
    """Explains computed fields to one reader, within one transaction."""

    database: Database
    tables: Tables
    rights: Rights
    reader: Reader
    connection: Connection
    principal: Principal

    def explanation(self, entity: str, record_id: int, name: str) -> Explanation:
        """Why a field of a record has its value.

        Raises:
            KeyError: there is no such computed field for this reader.
            Missing: there is no such record.
        """
        inquiry = self.tables.computation.inquiries[entity, name]
        if name not in self.rights.of(entity).explained:
            raise KeyError(name)
        own = self.reader.records(self.connection, entity, [record_id]).get(record_id)
        reading = given_of(self.database, self.tables, inquiry)
        given = reading.read(self.connection, [record_id], self.principal.id).get(record_id)
        told = self.rights.of(entity).explained[name]
        if own is None or given is None or not self.reader.meeting(self.connection, entity, told, [record_id]):
            raise Missing(entity, record_id)
        values, stored = {**given[0], **asker_of(self.principal, self.database, self.tables, self.connection)}, given[1]
        context = moment_of(self.configuration, self.connection)
        found = explain(inquiry.computed.formula, context, values)
        sight = Sight(self.configuration, self.rights, self.reader, self.connection)
        named, others = _mentioned(found, self.configuration, inquiry, record_id, values)
        for one in {**named, **others}:
            sight.look(one, others.get(one, ()), named.get(one, ()))
        parting = _Parting(self.configuration, self.tables, self.rights, sight, entity, record_id, values)
        error = stored[name + ERROR]
        described = self.configuration.entities[entity].fields[name]
        said = getattr(described, "currency", None)
        return Explanation(
            source=sight.source(entity, record_id) or Source(entity, record_id, f"#{record_id}", (entity, record_id)),
            field=name,
            text=inquiry.computed.formula.text,
            value=stored[name],
            error="" if error is None else error_code(error),
            currency=str(own.get(said) or "") if said and not said.isupper() else "",
            root=parting.part(found),
            titles=MappingProxyType(sight.titles),
        )

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration


@dataclass(frozen=True)
class _Parting:
    """Makes the parts of an explanation."""

    configuration: Configuration
    tables: Tables
    rights: Rights
    sight: Sight
    entity: str
    record_id: int
    values: Mapping[str, Any]

    def part(self, found: Explained) -> Part:
        if isinstance(found.node, Each):
            return self._list(found, found.node)
        if isinstance(found.node, Read):
            return self._read(found, found.node)
        parts = tuple(map(self.part, found.parts))
        shown = all(part.shown for part in parts)
        arose = isinstance(found.value, FormulaError) and not any(_holds_error(part) for part in parts)
        return Part(
            found.text,
            found.node.type,
            found.value if shown else None,
            shown=shown,
            needed=found.needed,
            arose=arose,
            parts=parts,
        )

    def _read(self, found: Explained, node: Read) -> Part:
        if node.path.startswith(USER):
            return Part(found.text, node.type, found.value, needed=found.needed)
        steps = self._steps(self.entity, node.path)
        holder, name = steps[-1]
        source, shown = None, all(self.sight.may_read(*step) for step in steps)
        at: int | None = self.record_id
        if len(steps) > 1:
            reached = self.values.get(node.path.rpartition(".")[0])
            at = reached.id if isinstance(reached, Reference) else None
            source = self.sight.source(holder, at) if at is not None else None
            shown = shown and (at is None or source is not None)
        value = found.value
        if isinstance(value, Reference) and self.sight.source(value.entity, value.id) is None:
            shown = False
        explained = (
            (holder, at, name) if shown and at is not None and steps[-1] in self.tables.computation.inquiries else None
        )
        return Part(
            found.text,
            node.type,
            value if shown else None,
            steps,
            source,
            explained,
            shown,
            found.needed,
            arose=isinstance(value, FormulaError),
        )

    def _list(self, found: Explained, node: Each) -> Part:
        steps = self._steps(self.entity, node.root)
        far = _far(self.configuration, self.entity, node.root)
        reads = [one for one in walk(node) if isinstance(one, Read) and one.row and one.path]
        fields = [step for one in reads for step in self._steps(far, one.path)]
        parts = tuple(map(self.part, found.parts))
        visible = all(self.sight.may_read(*step) for step in (*steps, *fields)) and all(part.shown for part in parts)
        seen = [one for one in found.rows if (far, one.row[ROW_ID]) in self.sight.titles]
        shown = visible and len(seen) == len(found.rows)
        entered = _listed(seen)
        field_read = fields[-1] if isinstance(node.body, Read) and node.body.row and node.body.path else None
        rows = Rows(
            steps,
            found.condition,
            field_read,
            node.body.type,
            len(entered) if shown else None,
            len(seen) - len(entered) if shown else None,
            tuple(self._row(far, one, node) for one in entered[:LISTED]) if visible else (),
            _sum(entered[LISTED:]) if shown else None,
        )
        return Part(found.text, node.type, shown=shown, needed=found.needed, parts=parts, rows=rows)

    def _row(self, far: str, one: Contribution, node: Each) -> Row:
        source = self.sight.source(far, one.row[ROW_ID])
        assert source is not None
        own = (
            isinstance(node.body, Read) and node.body.row and (far, node.body.path) in self.tables.computation.inquiries
        )
        return Row(source, one.value, own)

    def _steps(self, entity: str, path: str) -> tuple[Key, ...]:
        """The fields of a path, each with its entity."""
        found: list[Key] = []
        for step in path.split("."):
            found.append((entity, step))
            hop = hop_from(self.configuration, entity, step)
            entity = hop.far if hop else entity
        return tuple(found)


def _far(configuration: Configuration, entity: str, root: str) -> str:
    """The entity of a list's rows."""
    for step in root.split("."):
        hop = hop_from(configuration, entity, step)
        assert hop is not None
        entity = hop.far
    return entity


def _mentioned(
    found: Explained, configuration: Configuration, inquiry: Inquiry, record_id: int, values: Mapping[str, Any]
) -> tuple[Mentioned, Mentioned]:
    """The records that the explanation names, and those that it only counts, by entity."""
    named: Mentioned = {inquiry.entity: {record_id}}
    others: Mentioned = {}
    references = [value for value in values.values() if isinstance(value, Reference)]
    for part in _all_parts(found):
        if isinstance(part.value, Reference):
            references.append(part.value)
        if isinstance(part.node, Each):
            far = _far(configuration, inquiry.entity, part.node.root)
            others.setdefault(far, set()).update(one.row[ROW_ID] for one in part.rows)
            listed = _listed(part.rows)[:LISTED]
            named.setdefault(far, set()).update(one.row[ROW_ID] for one in listed)
            references += [one.value for one in listed if isinstance(one.value, Reference)]
    for reference in references:
        named.setdefault(reference.entity, set()).add(reference.id)
    return named, others


def _listed(rows: Sequence[Contribution]) -> list[Contribution]:
    """The rows that entered, those with an error first: they are what one looks for."""
    entered = [one for one in rows if one.entered]
    return sorted(entered, key=lambda one: not isinstance(one.value, FormulaError))


def _all_parts(found: Explained) -> Iterator[Explained]:
    yield found
    for part in found.parts:
        yield from _all_parts(part)


def _holds_error(part: Part) -> bool:
    """Whether a part is or has an error that those above it pass on."""
    if isinstance(part.value, FormulaError):
        return True
    return part.rows is not None and any(isinstance(row.value, FormulaError) for row in part.rows.listed)


def _sum(rows: Sequence[Contribution]) -> Decimal | None:
    """What rows contribute together, where that is a number of one kind."""
    held = [one.value for one in rows if one.value is not None]
    amounts = [one for one in held if isinstance(one, Decimal)]
    if not amounts or len(amounts) < len(held):
        return None
    with exactly():
        return sum(amounts, Decimal(0))
