"""Defaults that are expressions: computed once, when a record is made, and a value like any other from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.expressions.needs import Needs, needs_of, with_user
from engine.expressions.routes import hop_from
from engine.expressions.scope import Members, asking, type_of
from engine.fields import Field
from engine.model import Configuration
from formulas import Compiled, FormulaProblems, compile_formula


@dataclass(frozen=True, eq=False)
class Default:
    """One default that is an expression."""

    name: str
    field: Field
    formula: Compiled


@dataclass(frozen=True, eq=False)
class Peek:
    """What defaults read of the record that a reference leads to."""

    entity: str
    needs: Needs
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Defaults:
    """All defaults of one entity that are expressions, in the order of its fields."""

    configuration: Configuration
    entity: str
    defaults: tuple[Default, ...]

    @cached_property
    def peeks(self) -> Mapping[str, Peek]:
        """By reference: what is read of the record that it leads to."""
        needs = with_user(needs_of(default.formula.tree for default in self.defaults))
        paths: dict[str, set[str]] = {}
        for path in needs.own:
            step, dot, rest = path.partition(".")
            if dot:
                paths.setdefault(step, set()).add(rest)
        found: dict[str, Peek] = {}
        for step, rests in paths.items():
            hop = hop_from(self.configuration, self.entity, step)
            assert hop is not None
            found[step] = Peek(hop.far, Needs(frozenset(rests), {}))
        return found


def compiled_defaults(
    configuration: Configuration, members: Members, name: str
) -> Iterator[tuple[str, Compiled | FormulaProblems]]:
    """Each default of an entity that is an expression, compiled, or what is wrong with it."""
    scope = asking(members, name)
    for field_name, field in configuration.entities[name].fields.items():
        if field.default_formula is not None:
            yield field_name, compile_formula(field.default_formula, scope, result=type_of(field))


def defaults_of(configuration: Configuration, members: Members) -> Mapping[str, Defaults]:
    """The defaults of every entity that has any; the configuration has no problems."""
    found: dict[str, Defaults] = {}
    for name, entity in configuration.entities.items():
        defaults = tuple(
            Default(field_name, entity.fields[field_name], formula)
            for field_name, formula in compiled_defaults(configuration, members, name)
            if isinstance(formula, Compiled)
        )
        if defaults:
            found[name] = Defaults(configuration, name, defaults)
    return found
