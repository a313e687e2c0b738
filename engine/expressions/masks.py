"""Expressions in the masks of numbers, such as {=branch.code}-{####}: what was entered says how a record is numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.expressions.defaults import Default, Defaults
from engine.expressions.scope import Members, asking
from engine.fields import Field
from engine.fields.sequence import SequenceField
from engine.fields.text import TextField
from engine.model import Configuration
from formulas import Compiled, FormulaProblems, compile_formula
from formulas.tree import Read, walk

Masks = Mapping[str, Defaults]
"""By field, the expressions of its mask in their order, read as defaults are: before the record is there."""


def compiled_masks(
    configuration: Configuration, members: Members, entity: str
) -> Iterator[tuple[str, int, Compiled | FormulaProblems]]:
    """Each expression in the masks of an entity: its field, where it begins in the mask, and what it is or lacks."""
    for name, field in configuration.entities[entity].fields.items():
        if isinstance(field, SequenceField):
            for start, text in field.expressions:
                yield name, start, compile_formula(text, asking(members, entity))


def computed_in(entity: Mapping[str, Field], formula: Compiled) -> Iterator[tuple[int, int, str]]:
    """The computed fields of the record itself that an expression names: they are not known when the number is."""
    for node in walk(formula.tree):
        name = node.path.partition(".")[0] if isinstance(node, Read) else ""
        if name in entity and not entity[name].editable:
            yield node.start, node.end, name


def masks_of(configuration: Configuration, members: Members) -> Mapping[str, Masks]:
    """The masks of every entity that have expressions; the configuration has no problems."""
    found: dict[str, dict[str, list[Default]]] = {}
    for entity in configuration.entities:
        for name, start, formula in compiled_masks(configuration, members, entity):
            assert isinstance(formula, Compiled)
            part = Default(f"{name}.{start}", TextField(type="text"), formula)
            found.setdefault(entity, {}).setdefault(name, []).append(part)
    return {
        entity: {name: Defaults(configuration, entity, tuple(parts)) for name, parts in masks.items()}
        for entity, masks in found.items()
    }
