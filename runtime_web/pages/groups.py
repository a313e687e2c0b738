"""Groups of users, for administrators: whoever is in one has its roles."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Group
from engine.problems import Refused
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.pages.user import stay_signed_in
from runtime_web.person import signed_in, workspace
from runtime_web.roles import chosen_ids, chosen_roles, role_choices, role_labels, roles_in_words
from runtime_web.views.users import GroupLine, GroupPage, MemberChoice

HOME = "/users/groups"

blueprint = Blueprint("groups", __name__, url_prefix=HOME)


@blueprint.get("")
@for_administrators
def listed() -> str:
    """Every group."""
    labels, names = role_labels(), {account.id: account.name for account in workspace().people.all()}
    lines = tuple(
        GroupLine(
            group.id,
            group.name,
            roles_in_words(group.roles, labels),
            ", ".join(sorted(names[number] for number in group.members)),
        )
        for group in workspace().groups.all()
    )
    return render_template("pages/groups.html", groups=lines)


@blueprint.get("/new")
@for_administrators
def new() -> str:
    """The form for a new group."""
    return _page(Group(0, "", frozenset(), frozenset()))


@blueprint.post("/new")
@for_administrators
def add() -> ResponseReturnValue:
    """Create a group."""
    blank = Group(0, "", frozenset(), frozenset())
    try:
        wanted = _posted(blank)
        workspace().groups.add(wanted.name, wanted.roles, wanted.members, by=signed_in())
    except Refused as refused:
        return _page(_typed(blank), refused), 422
    stay_signed_in(signed_in())
    return redirect(HOME)


@blueprint.get("/<int:group_id>")
@for_administrators
def one(group_id: int) -> str:
    """One group."""
    return _page(_group(group_id))


@blueprint.post("/<int:group_id>")
@for_administrators
def change(group_id: int) -> ResponseReturnValue:
    """Change its name, roles and members."""
    group = _group(group_id)
    try:
        wanted = _posted(group)
        workspace().groups.change(group.id, wanted.name, wanted.roles, wanted.members, by=signed_in())
    except Refused as refused:
        return _page(_typed(group), refused), 422
    stay_signed_in(signed_in())
    return redirect(HOME)


@blueprint.post("/<int:group_id>/remove")
@for_administrators
def remove(group_id: int) -> ResponseReturnValue:
    """Remove a group; its members stay users."""
    group = _group(group_id)
    try:
        workspace().groups.remove(group.id, by=signed_in())
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return redirect(HOME)
    stay_signed_in(signed_in())
    notify(_("The group %(name)s is removed.", name=group.name))
    return redirect(HOME)


def _group(group_id: int) -> Group:
    found = workspace().groups.get(group_id)
    if found is None:
        abort(404)
    return found


def _posted(before: Group) -> Group:
    """The group as the form wants it.

    Raises:
        Refused: there is no such role.
    """
    roles = chosen_roles(request.form.getlist("role"), before.roles)
    return Group(before.id, request.form.get("name", ""), roles, _posted_members())


def _posted_members() -> frozenset[int]:
    return chosen_ids(request.form.getlist("member"), [account.id for account in workspace().people.all()])


def _typed(before: Group) -> Group:
    """The same where it was refused: whatever was typed."""
    roles = frozenset(request.form.getlist("role"))
    return Group(before.id, request.form.get("name", ""), roles, _posted_members())


def _page(group: Group, refused: Refused | None = None) -> str:
    members = tuple(
        MemberChoice(account.id, account.name, account.login, account.id in group.members)
        for account in workspace().people.all()
        if account.active or account.id in group.members
    )
    errors = errors_of(refused) if refused else {}
    page = GroupPage(group.id, group.name, role_choices(group.roles), members, errors)
    return render_template("pages/group.html", page=page)
