"""The cells of a list: the editor of one, and writing what was typed, pasted or filled into them."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from engine.records import Missing, Records
from runtime_web.cells.editor import editor_of
from runtime_web.cells.sent import SentCells
from runtime_web.cells.undoing import act_of, undone
from runtime_web.cells.writing import Writing
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.lists.editable import edits_cells
from runtime_web.request import current_locale, current_records

blueprint = Blueprint("cells", __name__)


@blueprint.get("/records/<entity>/<int:record_id>/cell/<name>")
def editor(entity: str, record_id: int, name: str) -> ResponseReturnValue:
    """What it takes to edit a cell in place, or why it stays as it is."""
    records = _records(entity)
    if not edits_cells(records, entity, name):
        abort(404)
    with records.reading():
        found = editor_of(records, current_locale(), records.get(entity, record_id), name)
    return jsonify(html=found.html, base=found.base, refused=found.refused)


@blueprint.post("/records/<entity>/cells")
def write(entity: str) -> ResponseReturnValue:
    """Write cells of records, and new records, all or none. The query string says which list they stand in."""
    records = _records(entity)
    try:
        sent = SentCells.model_validate_json(request.get_data())
    except ValidationError:
        abort(400)
    if not all(edits_cells(records, entity, name) for name in sent.named):
        abort(403)
    # A browser reports each refusal in its console; the answer says itself what is wrong.
    return jsonify(
        Writing(listing_of(records, current_locale(), state_of(records, entity, request.args))).write(sent).shape
    )


@blueprint.post("/records/<entity>/cells/undo")
def undo(entity: str) -> ResponseReturnValue:
    """Take an act back, and say what the rows of the list are then."""
    records = _records(entity)
    sent = request.get_json(silent=True)
    act = act_of(sent.get("act")) if isinstance(sent, dict) else None
    if act is None:
        abort(400)
    try:
        return jsonify(undone(listing_of(records, current_locale(), state_of(records, entity, request.args)), act))
    except Missing:
        abort(404)


def _records(entity: str) -> Records:
    records = current_records()
    if entity not in records.configuration.entities or entity not in records.rights.readable:
        abort(404)
    return records
