"""One user, for administrators: what they are allowed, how they sign in, and where they are signed in."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account, Changes, check_reach
from engine.problems import Refused, problem
from engine.rights import rights_of
from runtime_web import addresses
from runtime_web.access import for_administrators
from runtime_web.device import origin
from runtime_web.i18n import current_language, problem_text
from runtime_web.i18n import gettext as _
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.person import current_session, may_view, server_sessions, signed_in, workspace
from runtime_web.request import current_records, current_rights
from runtime_web.roles import chosen_ids, chosen_roles, group_choices, role_choices, role_labels
from runtime_web.signed_in_at import place_lines
from runtime_web.views.users import CopyPage, LinkChoice, UserForm, UserPage

LINK = "link."
"""How the input for the linked record of an entity begins."""

blueprint = Blueprint("user", __name__, url_prefix="/users/<int:user_id>")


@blueprint.get("")
@for_administrators
def one(user_id: int) -> str:
    """Everything about a user."""
    account = user(user_id)
    return _page(account, _form(account))


@blueprint.post("")
@for_administrators
def change(user_id: int) -> ResponseReturnValue:
    """Change name, roles, groups and linked records, all at once."""
    account = user(user_id)
    try:
        workspace().people.change(account.id, _posted(account), by=signed_in())
    except Refused as refused:
        return _page(account, _form(account, refused)), 422
    stay_signed_in(account)
    notify(_("%(name)s is changed.", name=user(user_id).name))
    rights = rights_of(workspace().configuration, user(signed_in().id).principal)
    return redirect("/users" if rights.may_administer else "/")


@blueprint.post("/sessions/<place>/end")
@for_administrators
def end_session(user_id: int, place: str) -> ResponseReturnValue:
    """Log somebody out somewhere."""
    account = user(user_id)
    if _in_reach(account) and workspace().sessions.end_place(account.id, place, by=signed_in()):
        notify(_("%(name)s is logged out there.", name=account.name))
    return redirect(f"/users/{account.id}")


@blueprint.post("/sessions/end-all")
@for_administrators
def end_sessions(user_id: int) -> ResponseReturnValue:
    """Log somebody out everywhere, but not oneself here."""
    account = user(user_id)
    if _in_reach(account):
        workspace().sessions.end_others(account.id, current_session().key, by=signed_in())
        notify(_("%(name)s is logged out everywhere.", name=account.name))
    return redirect(f"/users/{account.id}")


@blueprint.post("/second-factor/remove")
@for_administrators
def remove_second_factor(user_id: int) -> ResponseReturnValue:
    """Let somebody who has lost their phone sign in with the password alone."""
    account = user(user_id)
    if account.id == signed_in().id:
        return redirect("/account/second-factor")
    try:
        workspace().second_factors.remove(account, by=signed_in())
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
    else:
        notify(_("%(name)s signs in with the password alone now.", name=account.name))
    return redirect(f"/users/{account.id}")


@blueprint.get("/copy")
@for_administrators
def ask_to_copy(user_id: int) -> str:
    """Choose from whom to copy roles and groups, and see what would change."""
    return render_template("pages/user_copy.html", page=_copy_page(user(user_id), request.args.get("from", "")))


@blueprint.post("/copy")
@for_administrators
def copy(user_id: int) -> ResponseReturnValue:
    """Give somebody the roles and groups of somebody else, as it was shown."""
    account = user(user_id)
    page = _copy_page(account, request.form.get("from", ""))
    if not page.source:
        abort(404)
    if request.form.get("state") != page.state:
        return render_template("pages/user_copy.html", page=page), 409
    people = workspace().people
    changes = Changes(roles=people.own_roles(page.source), groups=groups_of(page.source))
    try:
        people.change(account.id, changes, by=signed_in())
    except Refused as refused:
        page = _copy_page(account, str(page.source), problem_text(refused.problems[0]))
        return render_template("pages/user_copy.html", page=page), 422
    stay_signed_in(account)
    notify(_("%(name)s has the roles of %(source)s now.", name=account.name, source=page.source_name))
    return redirect(f"/users/{account.id}")


def user(user_id: int) -> Account:
    """The account of a number, or the page for what is not there."""
    found = workspace().people.get(user_id)
    if found is None:
        abort(404)
    return found


def groups_of(user_id: int) -> frozenset[int]:
    """The numbers of the groups that a user is in."""
    return frozenset(group.id for group in workspace().groups.all() if user_id in group.members)


def _in_reach(account: Account) -> bool:
    """Whether whoever asks may act on this account; they are told if not."""
    try:
        check_reach(signed_in(), account)
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return False
    return True


def stay_signed_in(account: Account) -> None:
    """Go on in this browser when it was one's own account, whose sessions have ended with the change."""
    ended = account.id == signed_in().id and workspace().sessions.open(current_session().key) is None
    if ended:
        server_sessions().begin(current_session(), user(account.id), origin())


def _posted(account: Account) -> Changes:
    """What the form wants.

    Raises:
        Refused: a role or a record that is not there.
    """
    known = frozenset(group.id for group in workspace().groups.all())
    return Changes(
        name=request.form.get("name", ""),
        administrator="administrator" in request.form,
        roles=chosen_roles(request.form.getlist("role"), workspace().people.own_roles(account.id)),
        groups=chosen_ids(request.form.getlist("group"), known),
        links={entity: _posted_link(entity) for entity in _linkable()},
    )


def _posted_link(entity: str) -> int | None:
    text = request.form.get(LINK + entity, "")
    if not text:
        return None
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    if not current_records().titles(entity, [found]):
        raise Refused([problem("reference-unknown", path=(LINK + entity,), entity=entity)])
    return found


def _form(account: Account, refused: Refused | None = None) -> UserForm:
    """The form with what is stored, or with what was typed where that was refused."""
    own = frozenset(request.form.getlist("role")) if refused else workspace().people.own_roles(account.id)
    ticked = groups_of(account.id)
    if refused:
        ticked = chosen_ids(request.form.getlist("group"), [group.id for group in workspace().groups.all()])
    return UserForm(
        name=request.form.get("name", "") if refused else account.name,
        login=account.login,
        administrator="administrator" in request.form if refused else account.administrator,
        everything=signed_in().administrator,
        roles=role_choices(own, [group for group in workspace().groups.all() if group.id in ticked]),
        groups=group_choices(ticked),
        links=_links(account),
        errors=errors_of(refused) if refused else {},
    )


def _links(account: Account) -> tuple[LinkChoice, ...]:
    kept = workspace().people.links(account.id)
    return tuple(_link(entity, kept.get(entity)) for entity in _linkable())


def _linkable() -> tuple[str, ...]:
    """The entities of which a record can stand for a user; only an administrator says which one."""
    return workspace().configuration.user_links if signed_in().administrator else ()


def _link(entity: str, record_id: int | None) -> LinkChoice:
    described = workspace().configuration.entities[entity]
    title = current_records().titles(entity, [record_id]).get(record_id, "") if record_id is not None else ""
    return LinkChoice(
        entity=entity,
        label=described.label_in(current_language(), entity),
        lookup_url=addresses.lookup_of(entity),
        record_id=str(record_id) if record_id is not None else "",
        title=title or (f"#{record_id}" if record_id is not None else ""),
        url=addresses.list_of(entity),
    )


def _page(account: Account, form: UserForm) -> str:
    page = UserPage(
        id=account.id,
        title=account.name,
        form=form,
        active=account.active,
        own=account.id == signed_in().id,
        state=state_of(account),
        second_factor=workspace().second_factors.is_on(account.id),
        places=place_lines(account.id),
        may_view=may_view(signed_in(), account),
        hand_over_url=addresses.hand_over_from(account.id) if current_rights().may_anywhere("hand_over") else "",
    )
    return render_template("pages/user.html", page=page)


def state_of(account: Account) -> str:
    """Whether somebody may sign in, where that needs saying."""
    if not account.active:
        return _("Disabled")
    return _("Has not signed in with the new password yet") if account.must_change else ""


def _copy_page(account: Account, wanted: str, error: str = "") -> CopyPage:
    others = tuple((one.id, one.name) for one in workspace().people.all() if one.id != account.id)
    source = next((number for number, _name in others if str(number) == wanted), 0)
    page = CopyPage(account.id, account.name, others)
    if not source:
        return page
    now, then = _standing(account.id), _standing(source)
    return CopyPage(
        id=account.id,
        name=account.name,
        people=others,
        source=source,
        source_name=dict(others)[source],
        gets=tuple(said for key, said in then.items() if key not in now),
        loses=tuple(said for key, said in now.items() if key not in then),
        keeps=tuple(said for key, said in now.items() if key in then),
        state=f"{sorted(now)} {sorted(then)}",
        error=error,
    )


def _standing(user_id: int) -> dict[str, str]:
    """Own roles and groups of somebody in words."""
    labels = role_labels()
    roles = {f"role {name}": labels.get(name, name) for name in sorted(workspace().people.own_roles(user_id))}
    groups = {
        f"group {group.id}": _("Group %(name)s", name=group.name)
        for group in workspace().groups.all()
        if user_id in group.members
    }
    return {**roles, **groups}
