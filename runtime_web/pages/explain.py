"""Why a computed value is what it is: a page of its own, and the content of a dialog over the card."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from runtime_web.explaining import view_of
from runtime_web.request import current_locale, current_records, is_htmx

blueprint = Blueprint("explain", __name__)


@blueprint.get("/records/<entity>/<int:record_id>/explain/<field>")
def explain(entity: str, record_id: int, field: str) -> str:
    """The formula of a field with the values behind it."""
    records = current_records()
    try:
        found = records.explain(entity, record_id, field)
    except KeyError:
        abort(404)
    view = view_of(found, records.configuration, current_locale())
    return render_template("parts/explanation_dialog.html" if is_htmx() else "pages/explanation.html", view=view)
