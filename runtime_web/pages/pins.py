"""Pinning to the home page: pin, unpin, and change places."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from engine.problems import Refused
from engine.saved import Pin
from engine.saved.pins import KINDS
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pinned.doors import is_pinnable
from runtime_web.pinned.reports import pins
from runtime_web.request import current_records
from runtime_web.security import own_path

blueprint = Blueprint("pins", __name__, url_prefix="/pins/<kind>")


@blueprint.post("/<name>")
def pin(kind: str, name: str) -> ResponseReturnValue:
    """Pin something to one's home page; of a view's number the form says what is counted."""
    wanted = _pin(kind, f"{name}.{request.form['what']}" if "what" in request.form else name)
    if not is_pinnable(current_records(), wanted):
        abort(404)
    try:
        pins().add(wanted)
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
    else:
        notify(_("It is on your home page now."))
    return _back()


@blueprint.post("/<name>/unpin")
def unpin(kind: str, name: str) -> ResponseReturnValue:
    """Take something from one's home page."""
    pins().remove(_pin(kind, name))
    notify(_("It is no longer on your home page."), undo=addresses.pin(kind, name))
    return _back()


@blueprint.post("/<name>/swap")
def swap(kind: str, name: str) -> ResponseReturnValue:
    """Let two things on one's home page change places."""
    other, _slash, named = request.form.get("with", "").partition("/")
    pins().swap(_pin(kind, name), _pin(other, named))
    return _back()


def _pin(kind: str, name: str) -> Pin:
    if kind not in KINDS or "\x00" in name:
        # PostgreSQL would not even take the question.
        abort(404)
    return Pin(kind, name)


def _back() -> ResponseReturnValue:
    return redirect(own_path(request.form.get("back")), 303)
