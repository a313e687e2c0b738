"""What a set of roles comes to for one entity, as people want to see it: by action and by field, with the conditions.

It is taken from the access that storage asks, so that no page says what does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.model import Configuration
from engine.model.role import ACTIONS
from engine.rights.access import access_of, derivation_of, rights_of, roles_of
from engine.rights.principal import Principal
from engine.rights.rights import Access
from engine.rights.rule import NEVER, Rule

Lacking = Callable[[str, str], tuple[str, str] | None]
"""What a computed field of an entity is made of that may not be read."""


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
    names = roles_of(configuration, roles)

    def make() -> Sight:
        derivation = derivation_of(configuration, names)
        return _sight(configuration, access_of(configuration, names), entity, derivation.lacking)

    return configuration.once(("sight", names, entity), make)


def sight_for(configuration: Configuration, principal: Principal, entity: str) -> Sight:
    """What somebody may do with an entity."""
    access = rights_of(configuration, principal).access
    if access.unlimited:
        return _sight(configuration, access, entity, lambda *_: None)
    return sight_of(configuration, principal.roles, entity)


def _sight(configuration: Configuration, access: Access, entity: str, lacking: Lacking) -> Sight:
    fields = configuration.entities[entity].fields
    rights = access.entities.get(entity)
    if rights is None:
        nothing = (FieldSight(name, NEVER, NEVER, NEVER) for name in fields)
        return Sight(entity, dict.fromkeys(ACTIONS, NEVER), tuple(nothing))
    create, update = (rights.writable[action] if action in rights.rows else {} for action in ("create", "update"))
    shown = (
        FieldSight(
            name,
            rights.readable.get(name, NEVER),
            create.get(name, NEVER),
            update.get(name, NEVER),
            lacking(entity, name),
        )
        for name in fields
    )
    return Sight(entity, {action: rights.rows.get(action, NEVER) for action in ACTIONS}, tuple(shown))


def beyond(rule: Rule, known: Rule) -> Rule:
    """What a rule asks of a record that meets another one already."""
    if rule.never:
        return NEVER
    met = frozenset(text for clause in known.clauses if len(clause) == 1 for terms in clause for text in terms)
    left = (frozenset(terms - met for terms in clause) for clause in rule.clauses if clause not in known.clauses)
    return Rule(tuple(clause for clause in left if frozenset() not in clause))
