"""Conditions that a saved record must meet: checks, and fields that must be filled in or may not be changed just now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engine.expressions.choices import Choice, choices_of
from engine.expressions.needs import Needs, needs_of, with_user
from engine.expressions.scope import Members, asking
from engine.model import Configuration, Entity, Tab
from formulas import Compiled, FormulaProblems, compile_formula
from formulas.tree import Read, walk
from formulas.types import BOOLEAN

Kind = Literal["check", "required", "readonly", "visible"]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A condition as it stands in the configuration: what it is for, of which field, its text and the keys to it.

    What a card shows under it is named in place of the field: a tab by its number, a section as 0.1, another card by its
    name and a colon, which its own tabs and sections begin with.
    """

    kind: Kind
    field: str
    text: str
    place: Place
    number: int = 0


@dataclass(frozen=True, eq=False)
class Rule:
    """A condition that was compiled."""

    written: Written
    formula: Compiled


@dataclass(frozen=True, eq=False)
class Rules:
    """All conditions of one entity, read with one statement for each list that they look at."""

    entity: str
    rules: tuple[Rule, ...]
    choices: tuple[Choice, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def needs(self) -> Needs:
        read = with_user(needs_of(rule.formula.tree for rule in self.rules))
        looked_at = {rule.written.field for rule in self.rules if rule.written.kind in ("required", "readonly")}
        said = {path for choice in self.choices for path in choice.paths if path}
        own = {choice.name for choice in self.choices if not choice.several}
        several = {choice.name: frozenset({""}) for choice in self.choices if choice.several}
        return Needs(read.own | looked_at | said | own, {**several, **read.lists})

    @cached_property
    def looks_back(self) -> bool:
        """Whether some condition is about the record as it was before a change."""
        nodes = (node for rule in self.rules for node in walk(rule.formula.tree))
        old = any(isinstance(node, Read) and node.old for node in nodes)
        return old or bool(self.choices) or any(rule.written.kind == "readonly" for rule in self.rules)


def written_in(entity: Entity) -> Iterator[Written]:
    """Every condition of an entity."""
    for number, check in enumerate(entity.checks):
        yield Written("check", "", check.that, ("checks", number, "that"), number)
    for name, described in entity.fields.items():
        place: Place = ("fields", name)
        if described.check:
            yield Written("check", name, described.check.that, (*place, "check", "that"))
        if described.required_if:
            yield Written("required", name, described.required_if, (*place, "required_if"))
        if described.readonly_if:
            yield Written("readonly", name, described.readonly_if, (*place, "readonly_if"))
        if described.visible_if:
            yield Written("visible", name, described.visible_if, (*place, "visible_if"))
    yield from _on_card(entity)


def _on_card(entity: Entity) -> Iterator[Written]:
    for name, layout in entity.cards.items():
        if layout.where:
            yield Written("visible", f"{name}:", layout.where, ("cards", name, "where"))
    for before, place, tabs in entity.laid_out():
        for number, tab in enumerate(tabs):
            yield from _in_tab(f"{before}{number}", tab, (*place, number))


def _in_tab(key: str, tab: Tab, place: Place) -> Iterator[Written]:
    if tab.visible_if:
        yield Written("visible", key, tab.visible_if, (*place, "visible_if"))
    for below, section in enumerate(tab.sections):
        if section.visible_if:
            at = (*place, "sections", below, "visible_if")
            yield Written("visible", f"{key}.{below}", section.visible_if, at)


def compiled_in(members: Members, name: str, entity: Entity) -> Iterator[tuple[Written, Compiled | FormulaProblems]]:
    """Each condition of an entity, compiled, or what is wrong with it."""
    for written in written_in(entity):
        scope = asking(members, name, old=written.kind == "check")
        yield written, compile_formula(written.text, scope, result=BOOLEAN)


@dataclass(frozen=True, eq=False)
class Ruled:
    """The conditions of each entity that has any: `saved` hold for whoever saves, `seen` say how a card looks."""

    saved: Mapping[str, Rules] = field(default_factory=dict)
    seen: Mapping[str, Rules] = field(default_factory=dict)


def rules_of(configuration: Configuration, members: Members) -> Ruled:
    """The conditions of all entities; the configuration has no problems."""
    saved: dict[str, Rules] = {}
    seen: dict[str, Rules] = {}
    choices = choices_of(configuration, members)
    for name, entity in configuration.entities.items():
        rules = [
            Rule(written, formula)
            for written, formula in compiled_in(members, name, entity)
            if isinstance(formula, Compiled)
        ]
        for_saving = tuple(rule for rule in rules if rule.written.kind != "visible")
        for_seeing = tuple(rule for rule in rules if rule.written.kind != "check")
        if for_saving or choices[name]:
            saved[name] = Rules(name, for_saving, choices[name])
        if for_seeing:
            seen[name] = Rules(name, for_seeing)
    return Ruled(saved, seen)
