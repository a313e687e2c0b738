"""What was done, and taking it back: the list, what undoing would do, and the undo itself."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.fields.column import USERS
from engine.problems import Refused
from engine.records import Missing
from engine.records.acts import Acts
from engine.records.undo_plan import UndoPlan
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from runtime_web import addresses
from runtime_web.doing import acts_page, undo_page
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_text
from runtime_web.notices import notify
from runtime_web.request import current_locale, current_records

blueprint = Blueprint("acts", __name__, url_prefix=addresses.ACTS)


@blueprint.get("")
def listed() -> str:
    """One's own acts; for those who administer everybody's."""
    records = current_records()
    done = Acts(records).newest(_moment(request.args.get("before", "")))
    page = acts_page(done, records.configuration, current_locale(), everybody=records.rights.may_administer)
    return render_template("pages/acts.html", page=page)


@blueprint.get("/<any(action, change):kind>/<int:number>/undo")
def ask(kind: str, number: int) -> str:
    """What undoing would do; nothing is done yet."""
    records = current_records()
    try:
        plan = Undoing.through(records).plan(_undoes(kind, number))
    except Missing:
        abort(404)
    return _shown(plan)


@blueprint.post("/<any(action, change):kind>/<int:number>/undo")
def undo(kind: str, number: int) -> ResponseReturnValue:
    """Take it back."""
    records = current_records()
    try:
        done = Undoing.through(records).undo(_undoes(kind, number))
    except Missing:
        abort(404)
    except Refused as refused:
        for found in refused.problems[:3]:
            notify(problem_text(found), kind="wrong")
        return redirect(addresses.undo_of(kind, number), 303)
    count = sum(done.counts.values())
    notify(ngettext("Undone in %(num)s record.", "Undone in %(num)s records.", count))
    if done.hindered:
        stayed = len(done.hindered)
        notify(ngettext("%(num)s record stays as it is.", "%(num)s records stay as they are.", stayed), kind="wrong")
    return redirect(addresses.ACTS, 303)


def _shown(plan: UndoPlan) -> str:
    records = current_records()
    names = records.titles(USERS, [plan.by]) if plan.by is not None else {}
    who = names.get(plan.by or 0) or _("The program")
    return render_template("pages/undo.html", page=undo_page(plan, who, records.configuration, current_locale()))


def _undoes(kind: str, number: int) -> Undoes:
    return Undoes(action=number) if kind == "action" else Undoes(change=number)


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
