"""The users, for administrators: add, disable, enable, give a new password."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account, Group
from engine.problems import Refused
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.pages.user import state_of, user
from runtime_web.person import signed_in, workspace
from runtime_web.roles import chosen_ids, chosen_roles, group_choices, role_choices, said_roles
from runtime_web.shell import initials
from runtime_web.views.accounts import FreshPassword, UserLine, UsersPage
from runtime_web.views.users import UserForm

blueprint = Blueprint("users", __name__, url_prefix="/users")


@blueprint.get("")
@for_administrators
def people() -> str:
    """Everybody who has an account."""
    return _list()


@blueprint.get("/new")
@for_administrators
def new() -> str:
    """The form for a new user."""
    return render_template("pages/user_new.html", form=_form())


@blueprint.post("/new")
@for_administrators
def add() -> ResponseReturnValue:
    """Create a user; the one-time password is shown once."""
    people = workspace().people
    try:
        user_id, password = people.add(
            request.form.get("login", ""),
            request.form.get("name", ""),
            administrator="administrator" in request.form,
            roles=chosen_roles(request.form.getlist("role")),
            groups=_posted_groups(),
            by=signed_in(),
        )
    except Refused as refused:
        return render_template("pages/user_new.html", form=_form(errors_of(refused))), 422
    return _list(_fresh(user_id, password))


@blueprint.post("/<int:user_id>/disable")
@for_administrators
def disable(user_id: int) -> ResponseReturnValue:
    """Let somebody sign in no more; ends all their sessions."""
    return _switch(user_id, active=False)


@blueprint.post("/<int:user_id>/enable")
@for_administrators
def enable(user_id: int) -> ResponseReturnValue:
    """Let somebody sign in again."""
    return _switch(user_id, active=True)


@blueprint.post("/<int:user_id>/password")
@for_administrators
def reset(user_id: int) -> ResponseReturnValue:
    """Give somebody a one-time password; ends all their sessions."""
    account = user(user_id)
    if account.id == signed_in().id:
        return redirect("/password")
    try:
        password = workspace().people.reset_password(account.id, by=signed_in())
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return redirect("/users")
    return _list(_fresh(account.id, password))


def _switch(user_id: int, *, active: bool) -> ResponseReturnValue:
    account = user(user_id)
    if account.id == signed_in().id:
        notify(_("You cannot disable your own account."), kind="wrong")
        return redirect("/users")
    try:
        workspace().people.set_active(account.id, active=active, by=signed_in())
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return redirect("/users")
    said = (
        _("%(name)s can sign in again.", name=account.name)
        if active
        else _("%(name)s can no longer sign in.", name=account.name)
    )
    notify(said, undo="" if active else f"/users/{account.id}/enable")
    return redirect("/users")


def _fresh(user_id: int, password: str) -> FreshPassword:
    account = user(user_id)
    return FreshPassword(account.name, account.login, password)


def _form(errors: Mapping[str, str] | None = None) -> UserForm:
    """The form as it was typed; blank before anything was."""
    return UserForm(
        name=request.form.get("name", ""),
        login=request.form.get("login", ""),
        administrator="administrator" in request.form,
        everything=signed_in().administrator,
        roles=role_choices(request.form.getlist("role")),
        groups=group_choices(_posted_groups()),
        errors=errors or {},
    )


def _posted_groups() -> frozenset[int]:
    return chosen_ids(request.form.getlist("group"), [group.id for group in workspace().groups.all()])


def _list(fresh: FreshPassword | None = None) -> str:
    groups, coded = workspace().groups.all(), workspace().second_factors.users()
    lines = tuple(_line(account, groups, coded) for account in workspace().people.all())
    return render_template("pages/users.html", page=UsersPage(lines, fresh))


def _line(account: Account, groups: tuple[Group, ...], coded: frozenset[int]) -> UserLine:
    return UserLine(
        id=account.id,
        name=account.name,
        login=account.login,
        initials=initials(account.name),
        role=said_roles(account),
        groups=", ".join(group.name for group in groups if account.id in group.members),
        state=state_of(account),
        second_factor=account.id in coded,
        active=account.active,
        own=account.id == signed_in().id,
    )
