"""Moving a record within a calendar or a board: the form that asks where, and the move."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.fields.choice import Choosing
from engine.problems import Problem, Refused, Unfit
from engine.records import Conflict, Records, Saved
from runtime_web import addresses
from runtime_web.arranged.moving import MOVING, Move, Moved, movable, move
from runtime_web.arranged.page import shown_page
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.lists.page import Listing
from runtime_web.notices import notify
from runtime_web.request import current_locale, current_records, is_htmx
from runtime_web.views.arranged import MoveForm, Place

blueprint = Blueprint("moving", __name__)
LONGEST = 100


@blueprint.get("/records/<entity>/<int:record_id>/move")
def ask(entity: str, record_id: int) -> str:
    """Where a record can be moved in the view that the address names."""
    listing, one = _asked(entity, record_id)
    if record_id not in movable(listing.records, entity, one.view, [record_id]):
        abort(403)
    return render_template(
        "parts/arranged/move_form.html" if is_htmx() else "pages/move.html", form=_form(listing, one)
    )


@blueprint.post("/records/<entity>/<int:record_id>/move")
def moved(entity: str, record_id: int) -> ResponseReturnValue:
    """Move it. Whatever comes of it, the list as it is then is the answer."""
    listing, one = _asked(entity, record_id)
    to, was = (request.values.get(name, "")[:LONGEST] for name in ("to", "was"))
    if to != was:
        _do(listing, one, to, was)
    if not is_htmx():
        return redirect(_list_url(listing), 303)
    with listing.records.reading():
        page = shown_page(listing)
    return render_template("parts/arranged/moved.html", page=page)


def _asked(entity: str, record_id: int) -> tuple[Listing, Move]:
    """The list that the address names, and a record of it that is to be moved there."""
    records = current_records()
    if entity not in records.configuration.entities or entity not in records.rights.readable:
        abort(404)
    listing = listing_of(records, current_locale(), state_of(records, entity, request.args))
    view = listing.view[1]
    if view.kind not in MOVING:
        abort(404)
    return listing, Move.of(records, view, records.get(entity, record_id), listing.locale)


def _do(listing: Listing, one: Move, to: str, was: str) -> None:
    """Move a record and say so, or say why not."""
    records, title = listing.records, one.record.title
    try:
        saved = move(records, one, to, was)
    except (Moved, Conflict):
        text = _("Somebody else has moved “%(title)s” meanwhile. It stands where they put it.", title=title)
        notify(text, kind="wrong")
    except Unfit as unfit:
        notify(problem_text(unfit.at(one.by)), kind="wrong")
    except Refused as refused:
        reasons = " ".join(_reasons(records, one, refused.problems))
        notify(_("“%(title)s” stays where it was. %(reasons)s", title=title, reasons=reasons), kind="wrong")
    else:
        _say(listing, one, saved, to, was)


def _say(listing: Listing, one: Move, saved: Saved, to: str, was: str) -> None:
    back = addresses.move_of(one.record.entity, saved.id) + listing.arguments
    undo = back + ("&" if "?" in back else "?") + urlencode({"to": was, "was": to})
    place = _place_text(one, to, listing)
    notify(_("“%(title)s” was moved to %(place)s.", title=saved.title, place=place), undo=undo)


def _reasons(records: Records, one: Move, problems: tuple[Problem, ...]) -> Iterator[str]:
    """What is wrong, each with the field that it is about."""
    language = current_locale().language
    for found in problems[:3]:
        name = found.path[0] if found.path else ""
        field = records.configuration.entities[one.record.entity].fields.get(name)
        text = problem_text(found)
        yield f"{field.label_in(language, name)}: {text}" if field and name != one.by else text


def _place_text(one: Move, to: str, listing: Listing) -> str:
    field, locale = one.fields[one.by], listing.locale
    if not to:
        return _("Blank")
    if one.view.kind == "calendar":
        return locale.show_date(locale.read_date(to))
    return str(field.formatter(locale)(to))


def _form(listing: Listing, one: Move) -> MoveForm:
    entity = one.record.entity
    assert one.record.id is not None
    return MoveForm(
        title=_("Move “%(title)s”", title=one.record.title),
        action=addresses.move_of(entity, one.record.id) + listing.arguments,
        base=one.place,
        field=one.fields[one.by].label_in(listing.locale.language, one.by),
        places=tuple(_places(listing, one)),
        back_url=_list_url(listing),
    )


def _places(listing: Listing, one: Move) -> Iterator[Place]:
    """The values of a choice; a day is none of a few."""
    field = one.fields[one.by]
    if not isinstance(field, Choosing):
        return
    if not field.required or not one.place:
        yield Place("", _("Blank"), "", not one.place)
    for option in field.options:
        label = option.label_in(listing.locale.language)
        yield Place(option.value, label, option.color or "", option.value == one.place)


def _list_url(listing: Listing) -> str:
    return addresses.list_of(listing.state.entity) + listing.arguments
