"""The columns of a list: the panel to choose them, and what somebody has made of them kept for them alone."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from runtime_web.lists.asked import layouts_of, listing_of, state_of, view_key
from runtime_web.lists.laying_out import columns_panel, sent_layout
from runtime_web.lists.page import Listing
from runtime_web.pages.listing import list_part
from runtime_web.request import current_locale, current_records, is_htmx

blueprint = Blueprint("columns", __name__)


@blueprint.get("/records/<entity>/columns")
def panel(entity: str) -> ResponseReturnValue:
    """The columns that there are, to show, hide and order them."""
    listing = _listing(entity)
    template = "parts/columns.html" if is_htmx() else "pages/columns.html"
    return render_template(template, panel=columns_panel(listing))


@blueprint.post("/records/<entity>/columns")
def change(entity: str) -> ResponseReturnValue:
    """Keep the columns as they are sent, or forget what was kept; the list as it looks then.

    With `quiet` nothing is sent back: the page shows already what it asks for, such as a column that was made wider.
    """
    listing = _listing(entity)
    doors, key = layouts_of(listing.records), view_key(listing.records, listing.state)
    if "reset" in request.form:
        doors.forget(entity, key)
    else:
        wanted = sent_layout(listing, request.form)
        if wanted is None:
            abort(400)
        doors.keep(entity, key, wanted)
    if "quiet" in request.form:
        return "", 204
    if is_htmx():
        return list_part(listing.records, listing.state)
    return redirect(columns_panel(listing).back_url, 303)


def _listing(entity: str) -> Listing:
    records = current_records()
    described = records.configuration.entities.get(entity)
    if described is None or entity not in records.rights.readable or described.kind == "settings":
        abort(404)
    return listing_of(records, current_locale(), state_of(records, entity, request.args))
