"""Who gets in: deny by default. Each request passes here before its view; a view says if it is open to more people.

Order: an address that nothing can have, a database that does not answer, a set-up that is still due, the CSRF token,
the log-in, a password that must be changed, the administrator. A call of the API needs none of these but the first two,
and a token whatever its address.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from flask import Flask, abort, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_wtf.csrf import CSRFError, CSRFProtect

from engine.storage import Unavailable
from runtime_web.access import is_public, needed_by
from runtime_web.api.door import need_token
from runtime_web.errors import error_page
from runtime_web.i18n import gettext
from runtime_web.kept import keep_request
from runtime_web.notices import notify
from runtime_web.person import (
    VIEWED,
    current_account,
    current_session,
    current_viewed,
    init_person,
    signed_in,
    workspace,
)
from runtime_web.request import current_rights, is_call, is_htmx, wants_json
from runtime_web.security import here, is_same_origin, own_path
from runtime_web.sessions import LIVE
from runtime_web.views.accounts import DoorPage

MANAGER = "kartoteka_login"
API = "api"
"""The blueprint of the API: no form of a page leads there and no cookie opens it, so it needs no token of a page."""
SET_UP = "account.set_up"
LOG_IN = "account.log_in"
PASSWORD = "account.password"  # noqa: S105  (the name of a view)
SAFE = ("GET", "HEAD", "OPTIONS")
WHILE_VIEWING = {"viewing.stop", "account.log_out", "account.preferences", "lookup.lookup"}
"""What somebody who looks with another's eyes may send."""
NOT_WHILE_VIEWING = {"exports.export", "jobs.file"}
"""What leads out of the program, which would be written down under the other's name."""
FREE_OF_DUTY = {PASSWORD, "account.log_out", "account.preferences", "assets.static", "accent.sheet"}


def init_gate(app: Flask) -> None:
    """Put the checks before every view."""
    manager = init_person(app)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.extensions[MANAGER] = manager
    app.before_request(_need_readable_address)
    app.before_request(_need_database)
    app.before_request(_need_set_up)
    guard = CSRFProtect(app)
    for name, blueprint in app.blueprints.items():
        if name == API or name.startswith(f"{API}."):
            guard.exempt(blueprint)
    app.register_error_handler(CSRFError, _token_wrong)
    app.before_request(_need_person)


def _need_readable_address() -> None:
    """Nothing has such a name, and PostgreSQL would not even take the question."""
    if any("\x00" in value for value in (request.view_args or {}).values() if isinstance(value, str)):
        abort(404)


def _need_database() -> None:
    trouble = current_session().trouble
    if trouble:
        raise Unavailable(str(trouble)) from trouble


def _need_set_up() -> ResponseReturnValue | None:
    if (
        is_call()
        or "kartoteka_people" in current_app.extensions
        or request.endpoint in (SET_UP, "assets.static", "accent.sheet")
    ):
        return None
    if not workspace().people.exist():
        return redirect("/set-up")
    # Once there is somebody there always is: users are disabled, never removed.
    current_app.extensions["kartoteka_people"] = True
    return None


def _need_person() -> ResponseReturnValue | None:
    if is_call():
        need_token()
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or is_public(view):
        return None
    if current_account() is None:
        return cast("ResponseReturnValue", cast("LoginManager", current_app.extensions[MANAGER]).unauthorized())
    account = signed_in()
    if account.must_change and request.endpoint not in FREE_OF_DUTY:
        return redirect("/password")
    _need_own_eyes()
    if needed_by(view) and not current_rights().may_use(needed_by(view)):
        abort(403)
    return None


def _need_own_eyes() -> None:
    """Whoever looks with another's eyes changes nothing and takes nothing out; who may no longer look learns it first."""
    changes = request.method not in SAFE and request.endpoint not in WHILE_VIEWING
    if (changes or request.endpoint in NOT_WHILE_VIEWING) and VIEWED in current_session():
        abort(403)
    if VIEWED in current_session() and current_viewed() is None:
        current_session().pop(VIEWED)
        notify(gettext("You look with your own eyes again."))


def _ask_to_sign_in() -> ResponseReturnValue:
    if LIVE in request.headers:
        # Asked by the page itself, not by anybody: the next click asks to sign in.
        return "", 204
    if wants_json():
        return jsonify(error={"status": 401, "message": gettext("Sign in first.")}), 401
    if is_htmx():
        return _sign_in_here()
    if request.method == "GET":
        return redirect(f"/login?next={quote(here())}")
    return _sign_in_with_form()


def _sign_in_here() -> ResponseReturnValue:
    """A log-in form in a dialog over the page, which stays as it is."""
    response = make_response(render_template("parts/sign_in.html", login=""), 401)
    response.headers["HX-Retarget"] = "#sign-in"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _sign_in_with_form() -> ResponseReturnValue:
    """The log-in page with everything that was entered; passwords are not carried around."""
    kept = None if request.blueprint == "account" else keep_request()
    return render_template("pages/login.html", page=DoorPage(kept=kept)), 401


def _log_in_again() -> ResponseReturnValue:
    """The log-in page anew, for a browser that has forgotten or refuses the cookie of the page before."""
    said = gettext("This page was open for too long, or your browser refuses cookies. Try again.")
    page = DoorPage(request.form.get("login", ""), next=own_path(request.form.get("next")), errors={"": said})
    return render_template("pages/login.html", page=page), 400


def _token_wrong(error: CSRFError) -> ResponseReturnValue:
    """A form without the token of this browser's session: refused, unless it is ours from before a new log-in."""
    if request.endpoint == LOG_IN and not is_htmx():
        return _log_in_again()
    if not is_same_origin() or request.blueprint == "account":
        return error_page(400, str(error.description))
    if wants_json():
        return jsonify(error={"status": 400, "message": gettext("The token is missing or wrong.")}), 400
    if current_account() is None:
        return _sign_in_here() if is_htmx() else _sign_in_with_form()
    if is_htmx():
        response = make_response(render_template("parts/token.html"), 400)
        response.headers["HX-Retarget"] = "#live"
        return response
    return render_template("pages/resend.html", kept=keep_request()), 400
