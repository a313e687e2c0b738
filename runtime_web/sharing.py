"""Sharing what people make, reports, dashboards and views alike: what forms ask and send, and how pages say it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from flask import request

from engine.model.role import EVERYONE
from engine.saved import Described
from runtime_web.i18n import gettext as _
from runtime_web.roles import role_labels
from runtime_web.views.users import RoleChoice

MINE, ROLES = "mine", "roles"


def described_in_form() -> Described:
    """What the form of this request says."""
    who, form = request.form.get("who", MINE), request.form
    roles = {EVERYONE} if who == EVERYONE else set(form.getlist("role")) if who == ROLES else set()
    return Described(form.get("name", ""), form.get("help", ""), frozenset(roles))


def who_sees(roles: AbstractSet[str]) -> str:
    """Which of the answers to “who sees it” these roles are: mine, roles or everyone."""
    return EVERYONE if EVERYONE in roles else ROLES if roles else MINE


def sharing_words(owner_name: str, roles: AbstractSet[str], *, mine: bool) -> str:
    """With whom something that somebody has made is shared, or by whom."""
    if not mine:
        return _("By %(name)s", name=owner_name)
    if not roles:
        return _("Only you see it")
    if EVERYONE in roles:
        return _("Shared with everyone")
    labels = role_labels()
    return _("Shared with %(roles)s", roles=", ".join(labels.get(role, role) for role in sorted(roles)))


def share_choices(offered: AbstractSet[str], ticked: AbstractSet[str]) -> tuple[RoleChoice, ...]:
    """The roles to share with: those that are offered, and those that have been ticked already."""
    shown = (offered | ticked) - {EVERYONE}
    return tuple(RoleChoice(name, label, name in ticked) for name, label in role_labels().items() if name in shown)
