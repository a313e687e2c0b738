"""Conditions on what a reference may lead to: a bare name is the candidate's, `RECORD.name` that of the edited record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.expressions.conditions import safe
from engine.expressions.scope import Members, asking
from engine.fields.multi_reference import MultiReferenceField
from engine.fields.reference import ReferenceField
from engine.model import Configuration
from formulas import Compiled, FormulaProblems, compile_formula
from formulas.scope import Member, Simple
from formulas.tree import Node, Read, walk
from formulas.types import BOOLEAN, record

RECORD = "RECORD"


@dataclass(frozen=True, eq=False)
class Choice:
    """What the field `name` of an entity offers of its target.

    `paths` are those of the edited record that the condition reads, "" for the record itself.
    """

    entity: str
    name: str
    target: str
    several: bool
    tree: Node
    paths: tuple[str, ...]


def compiled_choices(
    configuration: Configuration, members: Members, entity: str
) -> Iterator[tuple[str, str, Compiled | FormulaProblems]]:
    """Each field of an entity that offers only some records, its target, and the condition or what is wrong with it."""
    for name, field in configuration.entities[entity].fields.items():
        if isinstance(field, ReferenceField | MultiReferenceField) and field.where:
            scope = asking(members, field.to)
            own = {**scope.entities[field.to], RECORD: Member(record(entity))}
            scope = Simple(field.to, {**scope.entities, field.to: own})
            yield name, field.to, safe(compile_formula(field.where, scope, result=BOOLEAN))


def choices_of(configuration: Configuration, members: Members) -> Mapping[str, tuple[Choice, ...]]:
    """The choices of every entity that has any; the configuration has no problems."""
    return {
        entity: tuple(
            _choice(configuration, entity, name, target, formula.tree)
            for name, target, formula in compiled_choices(configuration, members, entity)
            if isinstance(formula, Compiled)
        )
        for entity in configuration.entities
    }


def _choice(configuration: Configuration, entity: str, name: str, target: str, tree: Node) -> Choice:
    several = bool(configuration.entities[entity].fields[name].links())
    read = {node.path for node in walk(tree) if isinstance(node, Read) and not node.row}
    own = {path.removeprefix(RECORD).removeprefix(".") for path in read if path.split(".", maxsplit=1)[0] == RECORD}
    return Choice(entity, name, target, several, tree, tuple(sorted(own)))
