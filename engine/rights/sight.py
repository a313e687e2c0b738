"""What a set of roles comes to for one entity, as people want to see it: by action and by field, with the conditions.

It is taken from the same derivation that storage asks, so that no page says what does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.expressions import computation_of
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERYONE
from engine.rights.deriving import Derivation
from engine.rights.principal import Principal
from engine.rights.rule import ALWAYS, NEVER, Rule


@dataclass(frozen=True, slots=True)
class FieldSight:
    """What may be done with a field of the records that may be read.

    Attributes:
        read: where it may be read.
        create: in which new records it may be filled in.
        update: where it may be changed.
        lacking: what it is made of that may not be read, as (entity, field), so that it vanishes.
    """

    name: str
    read: Rule
    create: Rule
    update: Rule
    lacking: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What may be done with the records of an entity, and with each of its fields."""

    entity: str
    rows: Mapping[str, Rule]
    fields: tuple[FieldSight, ...]


def sight_of(configuration: Configuration, roles: Iterable[str], entity: str) -> Sight:
    """What people with these roles, and what everybody has, may do with an entity."""
    names = frozenset({*roles, EVERYONE} & configuration.roles.keys())
    return configuration.once(("sight", names, entity), lambda: _sight(derivation_of(configuration, names), entity))


def sight_for(configuration: Configuration, principal: Principal, entity: str) -> Sight:
    """What somebody may do with an entity."""
    if configuration.roles and not principal.administrator:
        return sight_of(configuration, principal.roles, entity)
    return Sight(entity, dict.fromkeys(ACTIONS, ALWAYS), tuple(_open_fields(configuration, entity)))


def _open_fields(configuration: Configuration, entity: str) -> Iterator[FieldSight]:
    for name, field in configuration.entities[entity].fields.items():
        written = ALWAYS if field.editable else NEVER
        yield FieldSight(name, ALWAYS, written, written)


def derivation_of(configuration: Configuration, names: frozenset[str]) -> Derivation:
    """The grants and restrictions of these roles."""
    roles = tuple(configuration.roles[name] for name in sorted(names))
    return configuration.once(
        ("derivation", names), lambda: Derivation(configuration, computation_of(configuration), roles)
    )


def _sight(derivation: Derivation, entity: str) -> Sight:
    rights = derivation.entity(entity)
    fields = derivation.configuration.entities[entity].fields
    return Sight(
        entity,
        {action: rights.rows.get(action, NEVER) if rights else NEVER for action in ACTIONS},
        tuple(
            FieldSight(
                name,
                rights.readable.get(name, NEVER) if rights else NEVER,
                rights.writable["create"].get(name, NEVER) if rights and "create" in rights.rows else NEVER,
                rights.writable["update"].get(name, NEVER) if rights and "update" in rights.rows else NEVER,
                derivation.lacking(entity, name) if rights else None,
            )
            for name in fields
        ),
    )


def beyond(rule: Rule, known: Rule) -> Rule:
    """What a rule asks of a record that meets another one already."""
    if rule.never:
        return NEVER
    met = frozenset(text for clause in known.clauses if len(clause) == 1 for terms in clause for text in terms)
    left = (frozenset(terms - met for terms in clause) for clause in rule.clauses if clause not in known.clauses)
    return Rule(tuple(clause for clause in left if frozenset() not in clause))
