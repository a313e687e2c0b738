"""All computed fields of a configuration, compiled and in the order in which they are computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from engine.expressions.defaults import Defaults, Peek, defaults_of
from engine.expressions.masks import Masks, masks_of
from engine.expressions.needs import Needs, needs_of, with_steps, with_user
from engine.expressions.routes import EXISTS, Input, Key, inputs_of
from engine.expressions.rules import Ruled, Rules, rules_of
from engine.expressions.scope import Members, asking, members_of, type_of, with_volatile
from engine.fields import Field
from engine.fields.money import MoneyField
from engine.fields.text import TextField
from engine.model import Configuration, Entity
from formulas import Compiled, FormulaProblems, compile_formula
from formulas.scope import USER
from formulas.to_sql import obstacle
from formulas.tree import Call, Node, walk

TITLE = "_title"
"""Stands for a field where an expression says what a record is called."""


@dataclass(frozen=True, eq=False)
class Computed:
    """One computed field."""

    name: str
    field: Field
    formula: Compiled
    inputs: frozenset[Input]

    @property
    def converts(self) -> bool:
        """Whether its result depends on exchange rates."""
        return any(isinstance(node, Call) and node.function.name == "CONVERT" for node in walk(self.formula.tree))


@dataclass(frozen=True, eq=False)
class Stage:
    """Computed fields of one entity that are computed together, each after those that it needs."""

    entity: str
    fields: tuple[Computed, ...]

    @cached_property
    def needs(self) -> Needs:
        """What they read together, the currencies of their results included."""
        return self.needs_of({computed.name: computed.formula.tree for computed in self.fields})

    def needs_of(self, trees: Mapping[str, Node]) -> Needs:
        """The same where the formulas are computed as these trees."""
        found = needs_of(trees[computed.name] for computed in self.fields)
        fields = (computed.field for computed in self.fields)
        said = {field.currency for field in fields if isinstance(field, MoneyField) and not field.fixed_currency}
        return Needs(found.own | {name for name in said if name}, found.lists)

    @cached_property
    def converts(self) -> bool:
        """Whether any of their results depends on exchange rates."""
        return any(computed.converts for computed in self.fields)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(computed.name for computed in self.fields)

    @cached_property
    def inputs(self) -> frozenset[Input]:
        """What must not change for their results to stay."""
        own = {(self.entity, name) for name in self.names}
        return frozenset(
            one for computed in self.fields for one in computed.inputs if one.way or one.former or one.key not in own
        )


@dataclass(frozen=True, eq=False)
class Inquiry:
    """One computed field, with what it takes to say where each of its inputs stands."""

    entity: str
    computed: Computed

    @cached_property
    def needs(self) -> Needs:
        return with_steps(with_user(needs_of([self.computed.formula.tree])))

    @property
    def names(self) -> tuple[str, ...]:
        return (self.computed.name,)


@dataclass(frozen=True, eq=False)
class Computation:
    """The stages in their order, the conditions and the defaults of entities; nothing where a configuration has no expressions.

    `virtual` are the fields that change with the day or with who asks: they are computed whenever they are read.
    """

    stages: tuple[Stage, ...] = ()
    virtual: Mapping[Key, Computed] = field(default_factory=lambda: MappingProxyType({}))
    ruled: Ruled = field(default_factory=Ruled)
    defaults: Mapping[str, Defaults] = field(default_factory=lambda: MappingProxyType({}))
    masks: Mapping[str, Masks] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def rules(self) -> Mapping[str, Rules]:
        """By entity, the conditions that hold for whoever saves."""
        return self.ruled.saved

    @property
    def looks(self) -> Mapping[str, Rules]:
        """By entity, the conditions that say how a card looks."""
        return self.ruled.seen

    @cached_property
    def watched(self) -> frozenset[Key]:
        """The links of which it must be known where they led before."""
        return frozenset(one.key for stage in self.stages for one in stage.inputs if one.former)

    def affected(self, keys: Iterable[Key]) -> frozenset[Key]:
        """These computed fields and all that depend on them."""
        found = set(keys)
        # Each stands after those that it needs.
        for stage in self.stages:
            for one in stage.fields:
                if any(needed.key in found for needed in one.inputs):
                    found.add((stage.entity, one.name))
        before = 0
        while len(found) != before:
            before = len(found)
            found |= {key for key, one in self.virtual.items() if any(needed.key in found for needed in one.inputs)}
        return frozenset(found)

    @cached_property
    def inquiries(self) -> Mapping[Key, Inquiry]:
        """Each computed field by itself; what a record is called is no field."""
        fields = ((stage.entity, computed) for stage in self.stages for computed in stage.fields)
        stored = ((entity, computed) for entity, computed in fields if computed.name != TITLE)
        virtual = ((entity, computed) for (entity, _), computed in self.virtual.items())
        return {(entity, computed.name): Inquiry(entity, computed) for entity, computed in (*stored, *virtual)}

    @cached_property
    def asked(self) -> Mapping[str, Peek]:
        """What expressions read of the records that who asks is linked to, by their entity."""
        saved, seen = self.ruled.saved.values(), self.ruled.seen.values()
        formulas = [rule.formula for rules in (*saved, *seen) for rule in rules.rules]
        formulas += [default.formula for defaults in self.defaults.values() for default in defaults.defaults]
        formulas += [part.formula for masks in self.masks.values() for mask in masks.values() for part in mask.defaults]
        formulas += [computed.formula for computed in self.virtual.values()]
        paths: dict[str, set[str]] = {}
        for path in needs_of(formula.tree for formula in formulas).own:
            first, _, rest = path.removeprefix(f"{USER}.").partition(".")
            if path.startswith(f"{USER}.") and first != "name":
                paths.setdefault(first, set()).add(rest)
        return {entity: Peek(entity, Needs(frozenset(rests - {""}), {})) for entity, rests in paths.items()}

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every computed field that is stored."""
        return frozenset((stage.entity, name) for stage in self.stages for name in stage.names)


def formulas_of(configuration: Configuration) -> dict[Key, Compiled | FormulaProblems]:
    """Each formula of the configuration, compiled, or what is wrong with it."""
    members = members_of(configuration)
    found: dict[Key, Compiled | FormulaProblems] = {
        (name, field_name): compile_formula(field.formula, asking(members, name), result=type_of(field))
        for name, entity in configuration.entities.items()
        for field_name, field in _computed_in(entity)
        if field.formula is not None
    }
    right = {key: formula for key, formula in found.items() if isinstance(formula, Compiled)}
    for key in volatile_in(configuration, right):
        problems = _unreadable(configuration, members, key, right)
        if problems:
            found[key] = problems
    return found


def _computed_in(entity: Entity) -> Iterator[tuple[str, Field]]:
    """The computed fields of an entity, what its records are called among them where an expression says it."""
    yield from ((name, field) for name, field in entity.fields.items() if field.formula is not None)
    if entity.title_formula:
        yield TITLE, TextField(type="text", formula=entity.title_formula)


def volatile_in(configuration: Configuration, formulas: Mapping[Key, Compiled]) -> tuple[Key, ...]:
    """The fields whose values change with the day or with who asks, by themselves or through others."""
    needed = _needed(configuration, formulas)
    found = {key for key, formula in formulas.items() if formula.volatile}
    while more := {key for key, keys in needed.items() if key not in found and keys & found}:
        found |= more
    return tuple(key for key in formulas if key in found)


def _unreadable(
    configuration: Configuration, members: Members, key: Key, formulas: Mapping[Key, Compiled]
) -> FormulaProblems:
    """Why a value that changes with the day cannot be computed whenever it is read."""
    entity, name = key
    described = configuration.entities[entity]
    field = dict(_computed_in(described))[name]
    column = field.column()
    kept = field.unique or field.index or described.title_field == name
    # Texts are searched by what is stored of them, and links are followed by it.
    if kept or (column and (column.folded or column.kind == "reference")):
        flagged = with_volatile(members, (one for one in volatile_in(configuration, formulas) if one[1] != TITLE))
        found = compile_formula(str(field.formula), asking(flagged, entity), stored=True)
        return () if isinstance(found, Compiled) else found
    problem = obstacle(formulas[key].tree)
    return (problem,) if problem else ()


def computation_of(configuration: Configuration) -> Computation:
    """The computation of a configuration whose formulas have no problems, made once."""
    return configuration.once("computation", lambda: _computation(configuration))


def _computation(configuration: Configuration) -> Computation:
    formulas = {key: formula for key, formula in formulas_of(configuration).items() if isinstance(formula, Compiled)}
    volatile = volatile_in(configuration, formulas)
    stored: dict[Key, Computed] = {}
    virtual: dict[Key, Computed] = {}
    for (entity, name), formula in formulas.items():
        inputs = inputs_of(configuration, entity, with_user(needs_of([formula.tree])))
        computed = Computed(name, dict(_computed_in(configuration.entities[entity]))[name], formula, inputs)
        (virtual if (entity, name) in volatile else stored)[entity, name] = computed
    members = members_of(configuration)
    return Computation(
        tuple(_stages(stored)),
        MappingProxyType(virtual),
        rules_of(configuration, members),
        defaults_of(configuration, members),
        masks_of(configuration, members),
    )


def circles(configuration: Configuration, formulas: Mapping[Key, Compiled]) -> tuple[tuple[Key, ...], ...]:
    """Fields that depend on each other in a circle, each circle once, from its first field."""
    needed = _needed(configuration, formulas)
    found: list[tuple[Key, ...]] = []
    done: set[Key] = set()
    for key in needed:
        circle = _circle(key, needed, done)
        if circle:
            found.append(circle)
            done.update(circle)
    return tuple(found)


def _needed(configuration: Configuration, formulas: Mapping[Key, Compiled]) -> dict[Key, set[Key]]:
    """The computed fields that each computed field reads."""
    return {
        key: {one.key for one in inputs_of(configuration, key[0], with_user(needs_of([formula.tree])))}
        & formulas.keys()
        for key, formula in formulas.items()
    }


def _circle(start: Key, needed: Mapping[Key, set[Key]], done: set[Key]) -> tuple[Key, ...]:
    """The shortest way from a field back to itself."""
    ways: list[tuple[Key, ...]] = [(start,)]
    seen: set[Key] = set()
    while ways:
        way = ways.pop(0)
        for key in sorted(needed[way[-1]] - done):
            if key == start:
                return way
            if key not in seen:
                seen.add(key)
                ways.append((*way, key))
    return ()


def _stages(computed: Mapping[Key, Computed]) -> Iterable[Stage]:
    """As few stages as possible: each takes from one entity all that can be computed by now."""
    waiting = dict(computed)
    while waiting:
        ready = {entity: _ready(entity, waiting) for entity in dict.fromkeys(entity for entity, _ in waiting)}
        entity, names = max(ready.items(), key=lambda item: len(item[1]))
        assert names, "formulas depend on each other in a circle"
        yield Stage(entity, tuple(waiting.pop((entity, name)) for name in names))


def _ready(entity: str, waiting: Mapping[Key, Computed]) -> list[str]:
    """Fields of an entity that need nothing which waits, but for fields of the same record before them."""
    names: list[str] = []
    mine = [computed for (own, _), computed in waiting.items() if own == entity]
    taken = True
    while taken:
        taken = False
        for computed in mine:
            if computed.name not in names and _is_ready(entity, computed, waiting, names):
                names.append(computed.name)
                taken = True
    return names


def _is_ready(entity: str, computed: Computed, waiting: Mapping[Key, Computed], names: list[str]) -> bool:
    return all(
        one.key not in waiting or (not one.way and one.key[0] == entity and one.key[1] in names)
        for one in computed.inputs
        if one.key[1] != EXISTS
    )
