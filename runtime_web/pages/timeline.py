"""The time line of a record, and what is written there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.fields.locale import Locale
from engine.model import NoteKind
from engine.notes import Notes, Wording
from engine.problems import Refused, problem
from engine.records import Missing, Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_hint, problem_text
from runtime_web.notices import notify
from runtime_web.request import current_locale, current_records, is_htmx
from runtime_web.security import own_path
from runtime_web.timeline.page import ONLY, Timeline
from runtime_web.views.timeline import NoteForm

blueprint = Blueprint("timeline", __name__)


@blueprint.get("/records/<entity>/<int:record_id>/timeline")
def timeline(entity: str, record_id: int) -> ResponseReturnValue:
    """What was written on a record and done to it, the latest first."""
    return _shown(_timeline(entity, record_id))


@blueprint.post("/records/<entity>/<int:record_id>/notes")
def add(entity: str, record_id: int) -> ResponseReturnValue:
    """Write on a record."""
    shown = _timeline(entity, record_id)
    try:
        shown.notes.add(entity, record_id, _wording(current_locale()))
    except Refused as refused:
        return _again(shown, shown.form(), refused)
    return _done(shown, _("Noted."))


@blueprint.post("/notes/<int:number>")
def change(number: int) -> ResponseReturnValue:
    """Put a note in other words."""
    notes = Notes(current_records())
    entity, record_id = notes.place(number)
    shown = _timeline(entity, record_id)
    try:
        notes.change(number, _wording(current_locale()))
    except Refused as refused:
        form = replace(shown.form(), id=f"note-{number}", action=addresses.note(number))
        return _again(shown, form, refused)
    return _done(shown, _("Noted."))


@blueprint.post("/notes/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    """Delete a note, which can be undone."""
    notes = Notes(current_records())
    place = notes.place(number)
    try:
        notes.delete(number)
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
    else:
        notify(_("The note was deleted."), undo=f"{addresses.note(number)}/restore")
    return redirect(_card(*place), 303)


@blueprint.post("/notes/<int:number>/restore")
def restore(number: int) -> ResponseReturnValue:
    """Bring a deleted note back."""
    try:
        place = Notes(current_records()).restore(number)
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return redirect("/", 303)
    notify(_("The note is back."))
    return redirect(_card(*place), 303)


@blueprint.post("/notes/<int:number>/done")
def done(number: int) -> ResponseReturnValue:
    """The next step of a note is done, which can be undone."""
    return _finished(number, done=True)


@blueprint.post("/notes/<int:number>/undone")
def undone(number: int) -> ResponseReturnValue:
    """The next step of a note is still to be done."""
    return _finished(number, done=False)


@blueprint.post("/notes/<int:number>/read")
def read(number: int) -> ResponseReturnValue:
    """Put a note aside that names the reader."""
    Notes(current_records()).read(number)
    return redirect(own_path(request.form.get("back")), 303)


def _finished(number: int, *, done: bool) -> ResponseReturnValue:
    try:
        place = Notes(current_records()).finish(number, done=done)
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
        return redirect("/", 303)
    notify(
        _("The next step is done.") if done else _("The next step is still to be done."),
        undo=f"{addresses.note(number)}/undone" if done else "",
    )
    back = request.form.get("back")
    return redirect(own_path(back) if back else _card(*place), 303)


def _timeline(entity: str, record_id: int) -> Timeline:
    records: Records = current_records()
    if entity not in records.rights.readable or not Notes(records).has(entity, record_id):
        raise Missing(entity, record_id)
    only = request.args.get("only", "")
    everything = request.args.get("all") == "1"
    return Timeline(records, current_locale(), entity, record_id, only if only in ONLY else "", everything)


def _wording(locale: Locale) -> Wording:
    """The form as it was sent.

    Raises:
        Refused: a moment or a day cannot be read.
    """
    given = request.form
    at, day = given.get("at", "").strip(), given.get("next_on", "").strip()
    try:
        moment = locale.to_utc(dt.datetime.fromisoformat(at).replace(tzinfo=None)) if at else None
    except (ValueError, OverflowError):
        example = locale.show_datetime(dt.datetime(2026, 12, 31, 9, 30, tzinfo=dt.UTC))
        raise Refused([problem("not-a-datetime", path=("at",), value=at[:40], example=example)]) from None
    try:
        next_on = dt.date.fromisoformat(day) if day else None
    except ValueError:
        example = locale.show_date(dt.date(2026, 12, 31))
        raise Refused([problem("not-a-date", path=("next_on",), value=day[:40], example=example)]) from None
    kind = cast("NoteKind", given.get("kind", "comment"))
    return Wording(given.get("text", ""), kind, moment, given.get("next_step", ""), next_on)


def _again(shown: Timeline, form: NoteForm, refused: Refused) -> ResponseReturnValue:
    """The form with what was written, and with what is wrong with it."""
    given = request.form
    said = {
        (found.path[0] if found.path else ""): f"{problem_text(found)} {problem_hint(found)}".strip()
        for found in refused.problems
    }
    typed = {name: given.get(name, "") for name in ("text", "at", "next_step", "next_on")}
    filled = replace(form, problems=said, kinds=shown.kinds(given.get("kind", "comment")), **typed)
    return _shown(shown, filled, 422)


def _done(shown: Timeline, said: str) -> ResponseReturnValue:
    if is_htmx():
        return _shown(shown)
    notify(said)
    return redirect(_card(shown.entity, shown.record_id), 303)


def _shown(shown: Timeline, form: NoteForm | None = None, status: int = 200) -> ResponseReturnValue:
    view = shown.view(form)
    if is_htmx():
        # A browser reports each refusal of a part in its console; the form says itself what is wrong.
        return render_template("parts/timeline.html", timeline=view)
    return render_template("pages/timeline.html", timeline=view), status


def _card(entity: str, record_id: int) -> str:
    return f"{addresses.card_of(entity, record_id)}#timeline"
