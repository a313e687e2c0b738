"""What people with the same roles may see and do: made once for each set of roles, and asked by everything else."""

from __future__ import annotations

from collections.abc import Iterable

from engine.expressions import computation_of
from engine.expressions.rules import rules_of
from engine.expressions.scope import members_of
from engine.fields import Field
from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERYONE
from engine.rights.deriving import Derivation
from engine.rights.principal import Principal
from engine.rights.rights import Access, EntityRights, Rights
from engine.rights.rule import ALWAYS, Rule
from engine.rights.seen import seen_by

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


def derivation_of(configuration: Configuration, names: frozenset[str]) -> Derivation:
    """The grants and restrictions of these roles."""
    roles = tuple(configuration.roles[name] for name in sorted(names))
    return configuration.once(
        ("derivation", names), lambda: Derivation(configuration, computation_of(configuration), roles)
    )


def _derived(configuration: Configuration, names: frozenset[str]) -> Access:
    derivation = derivation_of(configuration, names)
    roles, entities = derivation.roles, derivation.entities()
    menus = [role.menu for role in roles if role.menu is not None]
    menu = tuple(dict.fromkeys(name for menu in menus for name in menu)) if menus else None
    functions = frozenset(function for role in roles for function in role.can)
    seen = seen_by(configuration, entities, names)
    looks = rules_of(seen, members_of(configuration)).seen
    return Access(("roles", names), seen, entities, functions, looks, menu)


def _everything(configuration: Configuration, functions: frozenset[str]) -> Access:
    every: dict[str, Rule] = dict.fromkeys(ACTIONS, ALWAYS)
    entities = {}
    for name, entity in configuration.entities.items():
        fields = dict.fromkeys(entity.fields, ALWAYS)
        filled = {key: ALWAYS for key, field in entity.fields.items() if _is_filled_in(field)}
        writable = dict.fromkeys(("create", "update"), filled)
        explained = {key: ALWAYS for key, field in entity.fields.items() if field.formula}
        head = configuration.parent_of(name) or name
        entities[name] = EntityRights(head, every, fields, writable, explained)
    return Access(("everything", functions), configuration, entities, functions, unlimited=True)


def _is_filled_in(field: Field) -> bool:
    """Whether people say what a field holds, or what lines there are."""
    return field.editable or isinstance(field, LinesField)
