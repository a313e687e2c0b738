"""Parts of tables: further rows, what is in a group, the row of totals, and the form that says by what one is grouped."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from runtime_web import addresses
from runtime_web.grouped.asking import Asking
from runtime_web.grouped.choosing import changed, grouping_form
from runtime_web.grouped.page import foot_of, page_of_rows, records_in, rows_in
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.lists.page import Listing
from runtime_web.live import is_live, live
from runtime_web.pages.listing import list_part
from runtime_web.request import current_locale, current_records, is_htmx

blueprint = Blueprint("grouped", __name__)
DEEPEST = 6
LONGEST = 4000


@blueprint.get("/records/<entity>/group")
def group(entity: str) -> ResponseReturnValue:
    """What is in a group, as rows below it: further groups, or records. For browsers without scripts the list of them."""
    listing = _listing(entity)
    if not is_htmx():
        return redirect(addresses.list_of(entity) + listing.arguments)
    within = request.args.get("within", "")[:LONGEST]
    depth = min(request.args.get("depth", 0, int), DEEPEST)
    start = max(request.args.get("start", 0, int), 0)

    def inside() -> Markup:
        return (
            rows_in(Asking(listing), depth, within, start)[0] if listing.levels else records_in(listing, depth, within)
        )

    return live(listing.records, entity, inside) if is_live() else inside()


@blueprint.get("/records/<entity>/rows")
def rows(entity: str) -> ResponseReturnValue:
    """A page of a list that is scrolled to. For browsers without scripts the list there."""
    listing = _listing(entity)
    if not is_htmx():
        return redirect(addresses.list_of(entity) + listing.arguments)
    return page_of_rows(listing)


@blueprint.get("/records/<entity>/totals")
def totals(entity: str) -> ResponseReturnValue:
    """The row of totals, for a list so long that it does not wait for it."""
    listing = _listing(entity)
    if not is_htmx():
        return redirect(addresses.list_of(entity) + listing.arguments)
    return foot_of(Asking(listing))


@blueprint.get("/records/<entity>/grouping")
def grouping(entity: str) -> ResponseReturnValue:
    """The form after each of its steps; once it is sent, the list."""
    listing = _listing(entity)
    act = request.args.get("do", "")
    wanted = changed(listing, request.args, act) if act else listing.state
    if act != "apply":
        template = "parts/grouping_form.html" if is_htmx() else "pages/grouping.html"
        return render_template(template, form=grouping_form(listing_of(listing.records, listing.locale, wanted)))
    if is_htmx():
        return list_part(listing.records, wanted)
    return redirect(addresses.list_of(entity) + wanted.arguments(listing.records.configuration), 303)


def _listing(entity: str) -> Listing:
    records = current_records()
    if entity not in records.configuration.entities or entity not in records.rights.readable:
        abort(404)
    listing = listing_of(records, current_locale(), state_of(records, entity, request.args))
    if listing.view[1].kind != "table":
        abort(404)
    return listing
