"""Comparing the configuration in force with the one that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.expressions import computation_of
from engine.fields import Field
from engine.model import Configuration
from engine.problems import Problem, problem
from engine.schema.steps import (
    AddField,
    Compute,
    CreateEntities,
    CreateIndexOn,
    CreateSystem,
    DropIndexOn,
    Redescribe,
    Retitle,
    Step,
)
from engine.storage.ddl import index_names
from engine.storage.tables import describe_tables


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps from one configuration to another, and the problems that stand in the way of any."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]

    @property
    def empty(self) -> bool:
        return not self.steps and not self.problems


def plan(applied: Configuration | None, wanted: Configuration) -> Plan:
    """What it takes to get from `applied` (None for an empty database) to `wanted`."""
    if applied is None:
        return Plan((CreateSystem(), CreateEntities(names=tuple(wanted.entities))), ())
    problems = tuple(_unsupported(applied, wanted))
    return Plan((), problems) if problems else Plan(tuple(_steps(applied, wanted)), ())


def _steps(applied: Configuration, wanted: Configuration) -> Iterator[Step]:
    created = tuple(name for name in wanted.entities if name not in applied.entities)
    if created:
        yield CreateEntities(names=created)
    yield from _new_fields(applied, wanted)
    yield from _index_steps(applied, wanted, created)
    yield from _computing(applied, wanted)
    for name, entity in applied.entities.items():
        after = wanted.entities[name]
        if (entity.title_field, entity.title_formula) != (after.title_field, after.title_formula):
            yield Retitle(name)
        elif entity != after:
            yield Redescribe(name)
    if applied.model_copy(update={"entities": {}}) != wanted.model_copy(update={"entities": {}}):
        yield Redescribe()


def _new_fields(applied: Configuration, wanted: Configuration) -> Iterator[Step]:
    for name, entity in applied.entities.items():
        for field_name, field in wanted.entities[name].fields.items():
            if field_name not in entity.fields and (field.column() or field.links()):
                yield AddField(name, field_name)


def _computing(applied: Configuration, wanted: Configuration) -> Iterator[Step]:
    """New formulas and changed ones give new results in records that are there; so do conversions of another currency.

    What was computed whenever it was read was not kept up to date: where it is stored from now on, because something
    that it reads has changed, it is computed as well.
    """
    anew = set(_converting(wanted)) if applied.currency != wanted.currency else set()
    anew |= computation_of(wanted).keys & computation_of(applied).virtual.keys()
    for name, entity in applied.entities.items():
        before = {key: field.formula for key, field in entity.fields.items()}
        after = {key: field.formula for key, field in wanted.entities[name].fields.items() if field.formula}
        changed = tuple(key for key, formula in after.items() if before.get(key) != formula or (name, key) in anew)
        if changed:
            yield Compute(name, changed)


def _converting(wanted: Configuration) -> frozenset[tuple[str, str]]:
    """The computed fields that depend on exchange rates, which belong to the currency of the business."""
    stages = computation_of(wanted).stages
    return frozenset((stage.entity, one.name) for stage in stages for one in stage.fields if one.converts)


def _index_steps(applied: Configuration, wanted: Configuration, created: tuple[str, ...]) -> Iterator[Step]:
    tables_before = describe_tables(applied)
    before, after = index_names(tables_before), index_names(describe_tables(wanted))
    for index, table in before.items():
        if index not in after:
            yield DropIndexOn(table, index, tables_before)
    for index, table in after.items():
        if index not in before and table in applied.entities and table not in created:
            yield CreateIndexOn(table, index)


def _unsupported(applied: Configuration, wanted: Configuration) -> Iterator[Problem]:
    for name, entity in applied.entities.items():
        after = wanted.entities.get(name)
        if after is None:
            yield problem("plan-entity-removed", path=(name,), entity=name)
            continue
        if applied.parent_of(name) != wanted.parent_of(name):
            yield problem("plan-parent-changed", path=(name,), entity=name)
        for field_name, field in entity.fields.items():
            now = after.fields.get(field_name)
            if now is None:
                if field.column() or field.links():
                    yield problem("plan-field-removed", path=(name, field_name), entity=name, field=field_name)
            elif _stored_as(field) != _stored_as(now):
                yield problem("plan-field-changed", path=(name, field_name), entity=name, field=field_name)


def _stored_as(field: Field) -> object:
    column = field.column()
    # What happens on deletion is a rule of the program, not of the table.
    stored = (column.kind, column.digits, column.scale, column.folded, column.target) if column else None
    links = field.links()
    # What people typed must not be overwritten by a formula, so the two are different fields.
    return stored, links.target if links else None, field.formula is None
