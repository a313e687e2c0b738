"""The sentences of an explanation of a right, for pages and for the terminal."""

from __future__ import annotations

from engine.rights import Granted, Why
from runtime_web.i18n import gettext as _


def verdict_said(found: Why, name: str) -> str:
    """The answer in one sentence."""
    if found.verdict == "yes":
        return _("%(name)s may do this.", name=name)
    if found.verdict == "no":
        return _("%(name)s may not do this.", name=name)
    return _("%(name)s may do this with some records.", name=name)


def reason_said(found: Why, lacking: str = "") -> str:
    """What decided it, in one sentence; `lacking` is what a vanished field is made of."""
    if found.reason == "vanished":
        return _("The field is made of “%(input)s”, which may not be read.", input=lacking)
    return {
        "administrator": _("Administrators may do everything, whatever the roles say."),
        "open": _("The configuration has no roles, so that everything is open."),
        "granted": _("A role grants it, and all its conditions are met."),
        "depends": _("It depends on the record: the conditions below decide."),
        "nothing": _("No role of this person grants it."),
        "conditions": _("The record does not meet the condition of any grant."),
        "restriction": _("A restriction stands in the way: it holds whatever is granted."),
        "unreadable": _("What may not be read may not be used in any other way either."),
        "hidden": _("The field is hidden."),
        "computed": _("The field is computed, so that nobody fills it in."),
        "readonly": _("The field may be read only."),
    }[found.reason]


def grant_said(grant: Granted, role: str) -> str:
    """What a grant of a role says of what is asked."""
    if grant.closed == "hidden":
        return _("The role %(role)s hides the field", role=role)
    if grant.closed == "readonly":
        return _("The role %(role)s lets the field be read only", role=role)
    return _("The role %(role)s grants it", role=role)
