"""Roles and groups as forms show them. What a role grants stands in the configuration; who has it in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.accounts import Account, Group
from engine.model.role import EVERYONE, Role
from engine.problems import Refused, nearest, problem
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.person import signed_in, workspace
from runtime_web.views.users import GroupChoice, RoleChoice


def role_labels() -> Mapping[str, str]:
    """What the roles of the configuration are called, by name."""
    language = current_language()
    return {name: role.label_in(language, name) for name, role in configured().items() if name != EVERYONE}


def configured() -> Mapping[str, Role]:
    """The roles of the configuration."""
    return workspace().configuration.roles


def said_roles(account: Account) -> str:
    """What somebody may be, in words."""
    labels = role_labels()
    own = [label for name, label in labels.items() if name in account.roles]
    if account.administrator:
        return ", ".join([_("Administrator"), *own])
    return ", ".join(own) or (_("No role") if labels else _("User"))


def role_choices(ticked: Collection[str], groups: Iterable[Group] = ()) -> tuple[RoleChoice, ...]:
    """Every role that whoever asks can give; `groups` are those that give it already."""
    given, by = tuple(groups), signed_in()
    return tuple(
        RoleChoice(name, label, name in ticked, ", ".join(group.name for group in given if name in group.roles))
        for name, label in role_labels().items()
        if by.administrator or name in by.roles or name in ticked
    )


def group_choices(ticked: Collection[int]) -> tuple[GroupChoice, ...]:
    """Every group, with the roles it gives."""
    labels = role_labels()
    return tuple(
        GroupChoice(group.id, group.name, group.id in ticked, roles_in_words(group.roles, labels))
        for group in workspace().groups.all()
    )


def roles_in_words(roles: Collection[str], labels: Mapping[str, str]) -> str:
    """The labels of some roles; those that the configuration no longer has are left out."""
    return ", ".join(label for name, label in labels.items() if name in roles)


def chosen_roles(posted: Iterable[str], before: Collection[str] = ()) -> frozenset[str]:
    """The roles that a form gives; those that the configuration no longer has stay as they were.

    Raises:
        Refused: there is no such role.
    """
    known, ticked = role_labels(), frozenset(posted)
    for name in sorted(ticked - known.keys()):
        raise Refused([problem("account-role-unknown", path=("roles",), role=name, nearest=nearest(name, known))])
    return ticked | (frozenset(before) - known.keys())


def chosen_ids(posted: Iterable[str], known: Collection[int]) -> frozenset[int]:
    """The numbers that a form gives, of those that exist."""
    return frozenset(int(text) for text in posted if text.isascii() and text.isdigit() and int(text) in known)
