"""What a reference may point at, for the pickers of forms and filters."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from engine.fields.lines import LinesField
from engine.query import Query, Sort
from engine.records import Draft, Edit, LineEdit, Records
from runtime_web.cards.layout import fields_on
from runtime_web.cards.posted import Posted
from runtime_web.lists.words import target_of
from runtime_web.request import current_locale, current_records

SHOWN = 20
RECENT = 5
LOOKED_THROUGH = 50
"""How many of the newest records are looked through for what was chosen lately."""

blueprint = Blueprint("lookup", __name__)


@blueprint.get("/lookup/<target>")
@blueprint.post("/lookup/<target>")
def lookup(target: str) -> ResponseReturnValue:
    """Records by words of their title; without any, those chosen lately come first.

    `for` names the field, as in order.client. Where what it offers depends on the record that is being edited, the
    form is posted, `of` and `record` name its record, and `at` the input: client, or lines.n1.product.
    """
    records = current_records()
    if target != "_user" and target not in records.rights.readable:
        abort(404)
    text = request.args.get("q", "").strip()[:200]
    entity, _, name = request.args.get("for", "").partition(".")
    known = _leads_to(records, entity, name, target)
    offer = records.offer(entity, name, _draft(records)) if known else None
    found = dict(records.lookup(target, text, SHOWN, offer))
    if known and not text:
        recent = _recent(records, entity, name, target)
        wanted = records.offered(offer, recent) if offer else recent.keys()
        recent = {key: title for key, title in recent.items() if key in wanted}
        found = {**recent, **{key: title for key, title in found.items() if key not in recent}}
    return jsonify(items=[{"id": str(key), "title": title} for key, title in list(found.items())[:SHOWN]])


def _leads_to(records: Records, entity: str, name: str, target: str) -> bool:
    """Whether this is a field that the reader sees, and leads there."""
    described = records.configuration.entities.get(entity)
    field = described.fields.get(name) if described else None
    return field is not None and target_of(field) == target and records.rights.may_read(entity, name)


def _draft(records: Records) -> Draft | None:
    """The record of the posted form."""
    entity, record = request.args.get("of", ""), request.args.get("record", "")
    if request.method != "POST" or entity not in records.rights.readable:
        return None
    record_id = int(record) if record.isascii() and record.isdigit() and len(record) < 19 else None
    shown = fields_on(entity, records.configuration.entities[entity])
    fields = tuple(name for name in shown if records.rights.may_read(entity, name))
    posted = Posted(records.configuration, entity, fields, request.form, current_locale())
    lines, _, rest = request.args.get("at", "").partition(".")
    described = posted.described.fields.get(lines)
    line = (lines, rest.partition(".")[0]) if isinstance(described, LinesField) else None
    edit = posted.reading.edit(new=record_id is None)
    return Draft(entity, record_id, _with_line(edit, *line) if line else edit, line)


def _with_line(edit: Edit, name: str, key: str) -> Edit:
    """The edit with a line that is meant, which a save would leave out as long as it is blank."""
    lines = edit.lines.get(name, ())
    if any(key in (line.key, str(line.id)) for line in lines):
        return edit
    return replace(edit, lines={**edit.lines, name: (*lines, LineEdit(None, {}, key=key))})


def _recent(records: Records, entity: str, name: str, target: str) -> dict[int, str]:
    """What the newest records have in this field."""
    if not records.configuration.entities[entity].fields[name].column():
        return {}
    page = records.page(Query(entity, (name,), sort=(Sort("id", descending=True),), limit=LOOKED_THROUGH))
    ids = list(dict.fromkeys(row[1] for row in page.rows if row[1] is not None))[:RECENT]
    titles = page.titles.get(target, {})
    return {key: titles[key] for key in ids if key in titles}
