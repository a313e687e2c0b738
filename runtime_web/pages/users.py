"""The users, for administrators: add, disable, enable, give a new password."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account
from engine.problems import Refused
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.person import signed_in, workspace
from runtime_web.shell import initials
from runtime_web.views.accounts import FreshPassword, NewUserPage, UserLine, UsersPage

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
    return render_template("pages/user_new.html", page=NewUserPage())


@blueprint.post("/new")
@for_administrators
def add() -> ResponseReturnValue:
    """Create a user; the one-time password is shown once."""
    page = NewUserPage(request.form.get("name", ""), request.form.get("login", ""), "administrator" in request.form)
    try:
        user_id, password = workspace().people.add(page.login, page.name, administrator=page.administrator)
    except Refused as refused:
        page = NewUserPage(page.name, page.login, page.administrator, errors_of(refused))
        return render_template("pages/user_new.html", page=page), 422
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
    account = _account(user_id)
    if account.id == signed_in().id:
        return redirect("/password")
    return _list(_fresh(account.id, workspace().people.reset_password(account.id)))


def _switch(user_id: int, *, active: bool) -> ResponseReturnValue:
    account = _account(user_id)
    if account.id == signed_in().id:
        notify(_("You cannot disable your own account."), kind="wrong")
        return redirect("/users")
    try:
        workspace().people.set_active(account.id, active=active)
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


def _account(user_id: int) -> Account:
    found = workspace().people.get(user_id)
    if found is None:
        abort(404)
    return found


def _fresh(user_id: int, password: str) -> FreshPassword:
    account = _account(user_id)
    return FreshPassword(account.name, account.login, password)


def _list(fresh: FreshPassword | None = None) -> str:
    lines = tuple(_line(account) for account in workspace().people.all())
    return render_template("pages/users.html", page=UsersPage(lines, fresh))


def _line(account: Account) -> UserLine:
    return UserLine(
        id=account.id,
        name=account.name,
        login=account.login,
        initials=initials(account.name),
        role=_("Administrator") if account.administrator else _("User"),
        state=_state(account),
        active=account.active,
        own=account.id == signed_in().id,
    )


def _state(account: Account) -> str:
    if not account.active:
        return _("Disabled")
    return _("Has not signed in with the new password yet") if account.must_change else ""
