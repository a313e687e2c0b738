"""Pages that are made to be printed."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from runtime_web.grouped.printing import printed_list
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.request import current_locale, current_records

blueprint = Blueprint("prints", __name__)


@blueprint.get("/records/<entity>/print")
def listed(entity: str) -> ResponseReturnValue:
    """The list that the address describes, whole and without what surrounds it on the screen."""
    records = current_records()
    if entity not in records.rights.readable:
        abort(404)
    if not records.rights.may("print", entity):
        abort(403)
    records = records.doing("print", entity)
    with records.reading():
        printed = printed_list(listing_of(records, current_locale(), state_of(records, entity, request.args)))
    return render_template("pages/print.html", printed=printed)
