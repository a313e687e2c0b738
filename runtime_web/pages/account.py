"""One's own account: first set-up, log-in, log-out, password, preferences."""

from __future__ import annotations

import hmac
import logging
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import Account, CodeNeeded
from engine.problems import Refused, problem
from runtime_web.access import public
from runtime_web.device import device_of, mark_device, origin
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_hint, problem_text
from runtime_web.kept import kept_in_form
from runtime_web.look import remember, remembered, valid
from runtime_web.notices import notify
from runtime_web.person import current_account, current_session, server_sessions, signed_in, workspace
from runtime_web.request import is_htmx
from runtime_web.second_step import half_way, pass_of
from runtime_web.security import is_local, own_path
from runtime_web.views.accounts import CodePage, DoorPage, PasswordPage

LOG = logging.getLogger("kartoteka")

blueprint = Blueprint("account", __name__)


@blueprint.get("/login")
@public
def log_in_form() -> ResponseReturnValue:
    """The log-in page."""
    goal = own_path(request.args.get("next"))
    if current_account():
        return redirect(goal)
    return render_template("pages/login.html", page=DoorPage(next=goal))


@blueprint.post("/login")
@public
def log_in() -> ResponseReturnValue:
    """Sign in; then go where the person wanted, or send again what an expired session has kept."""
    login = request.form.get("login", "")
    try:
        account = workspace().entrance.sign_in(
            login, request.form.get("password", ""), address=request.remote_addr or "", device=device_of(login)
        )
    except Refused as refused:
        # What was typed as a login may be a password; the log gets the address only.
        LOG.info("a log-in from %s failed", request.remote_addr)
        return _again(login, refused)
    except CodeNeeded as needed:
        return _ask_for_code(pass_of(needed))
    return _let_in(account)


@blueprint.post("/login/code")
@public
def second_step() -> ResponseReturnValue:
    """The code of an app, after the password."""
    carried = request.form.get("pass", "")
    try:
        known = half_way(carried)
    except Refused as refused:
        return _again("", refused)
    try:
        account = workspace().entrance.confirm(
            known.user_id,
            known.mark,
            request.form.get("code", ""),
            address=request.remote_addr or "",
            device=device_of(known.login),
        )
    except Refused as refused:
        LOG.info("a code from %s was refused", request.remote_addr)
        if refused.problems[0].code != "code-wrong":
            return _again(known.login, refused)
        return _ask_for_code(carried, errors_of(refused)["code"])
    return _let_in(account)


@blueprint.post("/logout")
def log_out() -> ResponseReturnValue:
    """End this session."""
    server_sessions().log_out(current_session())
    return redirect("/login")


@blueprint.route("/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Create the first administrator; only while there is nobody."""
    if workspace().people.exist():
        return redirect("/login")
    needs_code = bool(workspace().settings.set_up_code) and not is_local()
    if request.method == "GET":
        return render_template("pages/set_up.html", page=DoorPage(code=needs_code))
    form = {name: request.form.get(name, "") for name in ("login", "name", "password", "again")}
    try:
        if needs_code:
            _check_code()
        _check_same(form["password"], form["again"])
        user_id = workspace().people.create_first(form["login"], form["name"], form["password"])
    except Refused as refused:
        page = DoorPage(login=form["login"], name=form["name"], errors=errors_of(refused), code=needs_code)
        return render_template("pages/set_up.html", page=page), 422
    account = workspace().people.get(user_id)
    assert account is not None
    server_sessions().begin(current_session(), account, origin())
    notify(_("You are the administrator. Add other people under Users."))
    return _remember(redirect("/"), account)


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password; all other sessions end."""
    account = signed_in()
    if request.method == "GET":
        return render_template("pages/password.html", page=PasswordPage(account.login, account.must_change))
    try:
        _check_same(request.form.get("new", ""), request.form.get("again", ""))
        check_password(account, request.form.get("old", ""), field="old")
        workspace().people.change_password(account, request.form.get("old", ""), request.form.get("new", ""))
    except Refused as refused:
        return render_template(
            "pages/password.html", page=PasswordPage(account.login, account.must_change, errors_of(refused))
        ), 422
    server_sessions().begin(current_session(), account, origin())
    notify(_("Your password is changed. Other devices have been logged out."))
    return redirect("/")


@blueprint.post("/preferences")
@public
def preferences() -> ResponseReturnValue:
    """Keep what a person prefers: language, theme, density, the width of the menu."""
    wanted = valid(request.form)
    account = current_account()
    if account and wanted:
        workspace().people.prefer(account, wanted)
    response = Response(status=204) if is_htmx() else redirect(own_path(request.form.get("next")))
    known = {**remembered(request), **(account.preferences if account else {}), **wanted}
    remember(response, known, secure=workspace().settings.secure)  # type: ignore[arg-type]
    return response


def check_password(account: Account, password: str, *, field: str = "password") -> None:
    """Make sure that it is still the person who signed in; refused as `Entrance.check_password` says."""
    workspace().entrance.check_password(account, password, address=request.remote_addr or "", field=field)


def errors_of(refused: Refused) -> dict[str, str]:
    """Sentences by the field of a form that they belong to."""
    found: dict[str, str] = {}
    for one in refused.problems:
        text = f"{problem_text(one)} {problem_hint(one)}".strip()
        found.setdefault(one.path[0] if one.path else "", text)
    return found


def _again(login: str, refused: Refused) -> ResponseReturnValue:
    if is_htmx():
        response = make_response(render_template("parts/sign_in.html", login=login, error=errors_of(refused)[""]), 422)
        response.headers["HX-Retarget"] = "#sign-in"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    page = DoorPage(login, next=own_path(request.form.get("next")), kept=kept_in_form(), errors=errors_of(refused))
    return render_template("pages/login.html", page=page), 422


def _let_in(account: Account) -> Response:
    LOG.info("%s has signed in from %s", account.login, request.remote_addr)
    server_sessions().begin(current_session(), account, origin())
    return _remember(_after_log_in(account), account)


def _ask_for_code(carried: str, error: str = "") -> ResponseReturnValue:
    status = 422 if error else 200
    if is_htmx():
        response = make_response(render_template("parts/sign_in_code.html", carried=carried, error=error), status)
        response.headers["HX-Retarget"] = "#sign-in"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    page = CodePage(carried, own_path(request.form.get("next")), kept_in_form(), error)
    return render_template("pages/code.html", page=page), status


def _after_log_in(account: Account) -> Response:
    if is_htmx():
        return make_response(render_template("parts/token.html", signed_in=True))
    kept = kept_in_form()
    if kept and not account.must_change:
        return make_response(render_template("pages/resend.html", kept=kept))
    goal = own_path(request.form.get("next"))
    return make_response(redirect(goal if not account.must_change else f"/password?{urlencode({'next': goal})}"))


def _remember(response: ResponseReturnValue, account: Account) -> Response:
    """Mark the browser as one this person uses, and let it remember how they like the log-in page."""
    answer = make_response(response)
    mark_device(answer, account)
    remember(answer, {**remembered(request), **account.preferences}, secure=workspace().settings.secure)
    return answer


def _check_same(password: str, again: str) -> None:
    if password != again:
        raise Refused([problem("passwords-differ", path=("again",))])


def _check_code() -> None:
    given = request.form.get("code", "").strip().casefold()
    if not hmac.compare_digest(given.encode(), workspace().settings.set_up_code.casefold().encode()):
        raise Refused([problem("set-up-code-wrong", path=("code",))])
