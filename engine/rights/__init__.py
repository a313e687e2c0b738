"""Rights: who asks, and what they may see and do under a configuration.

Roles say it (`engine.model.role`); users have roles in the database. `engine.storage.visible` and `engine.records` are
where it holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.expressions.rules import rules_of
from engine.expressions.scope import members_of
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERYONE
from engine.rights.covering import covers
from engine.rights.principal import SYSTEM, Principal
from engine.rights.rights import Access, EntityRights, Rights
from engine.rights.rule import ALWAYS, NEVER, Rule
from engine.rights.seen import seen_by
from engine.rights.sight import FieldSight, Sight, beyond, derivation_of, sight_for, sight_of
from engine.rights.why import Asked, Granted, Limit, Term, Why, why

__all__ = [
    "ALWAYS",
    "NEVER",
    "SYSTEM",
    "Access",
    "Asked",
    "EntityRights",
    "FieldSight",
    "Granted",
    "Limit",
    "Principal",
    "Rights",
    "Rule",
    "Sight",
    "Term",
    "Why",
    "access_of",
    "beyond",
    "covers",
    "rights_of",
    "roles_of",
    "sight_for",
    "sight_of",
    "why",
]

_FUNCTIONS = frozenset({"administer", "design", "rates"})


def rights_of(configuration: Configuration, principal: Principal) -> Rights:
    """What this principal may read and do under this configuration.

    Administrators and the system may do everything. So may everybody, but for what concerns the program itself, where
    the configuration has no roles.
    """
    if principal.administrator:
        access = configuration.once("rights of administrators", lambda: _everything(configuration, _FUNCTIONS))
    elif not configuration.roles:
        access = configuration.once("rights without roles", lambda: _everything(configuration, frozenset()))
    else:
        access = access_of(configuration, principal.roles)
    return Rights(access, principal.id, principal.looking)


def roles_of(configuration: Configuration, roles: Iterable[str]) -> frozenset[str]:
    """The roles among these that there are, and the one that everybody has."""
    return frozenset({*roles, EVERYONE} & configuration.roles.keys())


def access_of(configuration: Configuration, roles: Iterable[str]) -> Access:
    """What people with these roles may see and do."""
    names = roles_of(configuration, roles)
    return configuration.once(("rights", names), lambda: _derived(configuration, names))


def _derived(configuration: Configuration, names: frozenset[str]) -> Access:
    derivation = derivation_of(configuration, names)
    roles, entities = derivation.roles, derivation.entities()
    menus = [role.menu for role in roles if role.menu is not None]
    menu = tuple(dict.fromkeys(name for menu in menus for name in menu)) if menus else None
    functions = frozenset(function for role in roles for function in role.can)
    seen = seen_by(configuration, entities)
    looks = rules_of(seen, members_of(configuration)).seen
    return Access(("roles", names), seen, entities, functions, looks, menu)


def _everything(configuration: Configuration, functions: frozenset[str]) -> Access:
    every: dict[str, Rule] = dict.fromkeys(ACTIONS, ALWAYS)
    entities = {}
    for name, entity in configuration.entities.items():
        fields = dict.fromkeys(entity.fields, ALWAYS)
        writable = dict.fromkeys(("create", "update"), fields)
        explained = {key: ALWAYS for key, field in entity.fields.items() if field.formula}
        head = configuration.parent_of(name) or name
        entities[name] = EntityRights(head, every, fields, writable, explained)
    return Access(("everything", functions), configuration, entities, functions, unlimited=True)
