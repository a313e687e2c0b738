"""Looking with another's eyes: an administrator sees the program as somebody else does, and changes nothing."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from engine.audit import Audit
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.notices import notify
from runtime_web.pages.user import user
from runtime_web.person import VIEWED, current_session, may_view, signed_in, workspace

blueprint = Blueprint("viewing", __name__, url_prefix="/view-as")


@blueprint.post("/<int:user_id>")
@for_administrators
def start(user_id: int) -> ResponseReturnValue:
    """Look with somebody's eyes from now on, in this browser alone."""
    account = user(user_id)
    if not may_view(signed_in(), account):
        abort(403)
    Audit(workspace().database).note("view-as", by=signed_in().id, subject=account.id)
    current_session()[VIEWED] = account.id
    return redirect("/")


@blueprint.post("/stop")
def stop() -> ResponseReturnValue:
    """Look with one's own eyes again."""
    viewed = current_session().pop(VIEWED, None)
    if viewed is None:
        return redirect("/")
    notify(_("You look with your own eyes again."))
    return redirect(f"/users/{viewed}")
