"""The card of one record: read, filled in, saved, copied."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from engine.fields.lines import LinesField
from engine.problems import Refused
from engine.records import Missing, Saved
from runtime_web import addresses
from runtime_web.cards import start
from runtime_web.cards.again import typed_titles
from runtime_web.cards.attached import take_in
from runtime_web.cards.page import CardPage
from runtime_web.cards.pasting import Pasting, SentTexts
from runtime_web.cards.posted import Posted
from runtime_web.cards.related import Asked
from runtime_web.cards.save import save
from runtime_web.cards.twins import twins
from runtime_web.i18n import gettext as _
from runtime_web.lists.asked import state_of
from runtime_web.live import gone, is_live, live
from runtime_web.notices import notify
from runtime_web.request import current_locale, current_records, is_htmx
from runtime_web.security import own_path
from runtime_web.timeline.page import written_on
from runtime_web.views.card import CardView

blueprint = Blueprint("card", __name__)


@blueprint.get("/records/<entity>/<int:record_id>")
def card(entity: str, record_id: int) -> ResponseReturnValue:
    """A record to be read."""
    page = _page(entity)
    if is_live():
        return _live(page, record_id)
    with page.records.reading():
        record = page.records.get(entity, record_id)
        parent = page.records.configuration.parent_of(entity)
        if parent:
            return redirect(addresses.card_of(parent, record.values[parent]))
        shown = page.read(start.existing(record))
    return render_template("pages/card.html", card=shown)


@blueprint.get("/records/<entity>/<int:record_id>/glance")
def glance(entity: str, record_id: int) -> ResponseReturnValue:
    """A record to be read in the panel beside a list; without a script, its card."""
    page = _page(entity)
    if not is_htmx():
        return redirect(addresses.card_of(entity, record_id) + page.arguments)
    with page.records.reading():
        shown = page.glance(start.existing(page.records.get(entity, record_id)))
    return render_template(
        "parts/glance.html", card=shown, open_url=addresses.card_of(entity, record_id) + page.arguments
    )


@blueprint.get("/records/<entity>/<int:record_id>/related/<name>")
def related(entity: str, record_id: int, name: str) -> ResponseReturnValue:
    """A section of related records, searched and sorted; without a script, the card."""
    page = _page(entity)
    if not is_htmx():
        return redirect(f"{addresses.card_of(entity, record_id)}?tab={name}")
    asked = Asked(request.args.get("q", "").strip()[:200], request.args.get("sort", ""), request.args.get("view", ""))
    with page.records.reading():
        opened = start.existing(page.records.get(entity, record_id))
        found = page.related(opened, name, request.args.get("at", ""), asked)
    if found is None:
        abort(404)
    return render_template("parts/related.html", related=found)


@blueprint.get("/records/<entity>/<int:record_id>/edit")
def edit(entity: str, record_id: int) -> ResponseReturnValue:
    """A record to be filled in."""
    page = _page(entity)
    record = page.records.get(entity, record_id)
    if "update" not in page.records.allowed(entity, record_id):
        abort(403)
    opened = start.existing(record)
    form = page.form(record_id, return_url=_back(request.args))
    return _shown(page.edit(opened, form), 200)


@blueprint.get("/records/<entity>/new")
def new(entity: str) -> ResponseReturnValue:
    """A new record to be filled in: blank, a copy, or begun by the address."""
    page = _page(entity)
    if page.records.configuration.parent_of(entity):
        abort(404)
    if not page.records.rights.may("create", entity):
        abort(403)
    opened = start.new(page.records, entity, request.args, page.locale)
    form = page.form(None, return_url=_back(request.args), dialog="_dialog" in request.args)
    return _shown(page.edit(opened, form), 200)


@blueprint.post("/records/<entity>/new")
def create(entity: str) -> ResponseReturnValue:
    """Save a new record."""
    return _save(_page(entity), None)


@blueprint.post("/records/<entity>/<int:record_id>")
def update(entity: str, record_id: int) -> ResponseReturnValue:
    """Save changes to a record."""
    return _save(_page(entity), record_id)


@blueprint.post("/records/<entity>/preview")
@blueprint.post("/records/<entity>/<int:record_id>/preview")
def preview(entity: str, record_id: int | None = None) -> ResponseReturnValue:
    """What a save of the posted form would give; nothing is saved."""
    page = _page(entity)
    posted = Posted(page.records.configuration, page.name, page.fields, request.form, page.locale)
    try:
        return jsonify(page.foreseen(posted, record_id))
    except (Missing, Refused):
        # The next save says that somebody deleted it; a browser would report a refusal in its console.
        return "", 204


@blueprint.post("/records/<entity>/lines/<name>/read")
def pasted(entity: str, name: str) -> ResponseReturnValue:
    """What texts mean that were pasted into the lines of a form; nothing is saved."""
    page = _page(entity)
    described = page.entity.fields.get(name)
    if not isinstance(described, LinesField) or name not in page.fields:
        abort(404)
    try:
        sent = SentTexts.model_validate_json(request.form.get("texts", ""))
    except ValidationError:
        abort(400)
    pasting = Pasting(page.records, page.locale, described.of)
    if not all(map(pasting.takes, sent.columns)):
        abort(400)
    return jsonify(rows=[[one.shape for one in row] for row in pasting.read(sent)])


@blueprint.post("/records/<entity>/alike")
@blueprint.post("/records/<entity>/<int:record_id>/alike")
def alike(entity: str, record_id: int | None = None) -> ResponseReturnValue:
    """Records that are like what the posted form holds, by field; nothing is saved."""
    page = _page(entity)
    posted = Posted(page.records.configuration, page.name, page.fields, request.form, page.locale)
    with page.records.reading():
        return jsonify(twins(page, posted, record_id))


def _live(page: CardPage, record_id: int) -> Response:
    """The card for a page that shows it already, or has it open for changes."""

    def make() -> str:
        with page.records.reading():
            shown = page.read(start.existing(page.records.get(page.name, record_id)))
        return render_template(
            "parts/card_live.html", card=shown, written=written_on(page.records, page.name, record_id)
        )

    try:
        return live(page.records, page.name, make)
    except Missing:
        return gone()


def _page(entity: str) -> CardPage:
    records = current_records()
    if entity not in records.configuration.entities or entity not in records.rights.readable:
        abort(404)
    # A new record's fields may be named like parts of a list's address; the list is not what it came from then.
    arguments: MultiDict[str, str] = MultiDict() if request.path.endswith("/new") else request.args
    state = state_of(records, entity, arguments)
    return CardPage(records, current_locale(), state, request.args.get("tab", ""))


def _save(page: CardPage, record_id: int | None) -> ResponseReturnValue:
    posted = take_in(
        Posted(page.records.configuration, page.name, page.fields, request.form, page.locale), request.files
    )
    done = save(page.records, posted, record_id)
    if isinstance(done, Saved):
        return _after(page, done)
    form = page.form(
        record_id,
        token=request.form.get("_token", "")[:100],
        return_url=_back(request.form),
        dialog="_dialog" in request.form,
    )
    return _shown(page.again(done.again, posted, typed_titles(page.records, posted), form), done.status)


def _shown(view: CardView, status: int) -> ResponseReturnValue:
    if is_htmx():
        # A browser reports each refusal of a part in its console; the form says itself what is wrong.
        status = 200
    if view.form and view.form.dialog:
        return render_template("parts/card_dialog.html", card=view), status
    return render_template("parts/card.html" if is_htmx() else "pages/card.html", card=view), status


def _after(page: CardPage, saved: Saved) -> ResponseReturnValue:
    """Where to go once it is saved, and what to say there."""
    if "_dialog" in request.form:
        response = Response()
        response.headers["HX-Trigger"] = json.dumps({"record-made": {"id": saved.id, "title": saved.title}})
        response.headers["HX-Reswap"] = "none"
        return response
    notify(_("“%(title)s” was added.", title=saved.title) if saved.created else _("Saved."))
    if saved.merged:
        labels = ", ".join(page.path_label((name,)) for name in saved.merged)
        notify(_("Somebody else has changed this meanwhile, and it was kept: %(fields)s", fields=labels))
    return _go(_next(page, saved))


def _next(page: CardPage, saved: Saved) -> str:
    if request.form.get("_then") == "new":
        return addresses.new_of(page.name)
    back = _back(request.form)
    if back:
        return back
    tab = request.form.get("_tab", "")
    join = "&" if page.arguments else "?"
    return addresses.card_of(page.name, saved.id) + page.arguments + (f"{join}tab={tab}" if tab.isalnum() else "")


def _go(url: str) -> ResponseReturnValue:
    if not is_htmx():
        return redirect(url, 303)
    response = make_response("")
    response.headers["HX-Redirect"] = url
    return response


def _back(given: MultiDict[str, str]) -> str:
    return own_path(given.get("_return", ""), "")
