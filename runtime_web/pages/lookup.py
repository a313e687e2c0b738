"""What a reference may point at, for the pickers of forms and filters."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from engine.query import Query, Sort
from engine.records import Records
from runtime_web.lists.words import target_of
from runtime_web.request import current_records

SHOWN = 20
RECENT = 5
LOOKED_THROUGH = 50
"""How many of the newest records are looked through for what was chosen lately."""

blueprint = Blueprint("lookup", __name__)


@blueprint.get("/lookup/<target>")
def lookup(target: str) -> ResponseReturnValue:
    """Records by words of their title; without any, those chosen lately come first."""
    records = current_records()
    if target != "_user" and target not in records.rights.readable:
        abort(404)
    text = request.args.get("q", "").strip()[:200]
    found = dict(records.lookup(target, text, SHOWN))
    if not text:
        recent = _recent(records, target, request.args.get("for", ""))
        found = {**recent, **{key: title for key, title in found.items() if key not in recent}}
    return jsonify(items=[{"id": str(key), "title": title} for key, title in list(found.items())[:SHOWN]])


def _recent(records: Records, target: str, where: str) -> dict[int, str]:
    """What the newest records have in this field."""
    entity, _, name = where.partition(".")
    described = records.configuration.entities.get(entity)
    field = described.fields.get(name) if described else None
    if field is None or target_of(field) != target or not records.rights.may_read(entity, name) or not field.column():
        return {}
    page = records.page(Query(entity, (name,), sort=(Sort("id", descending=True),), limit=LOOKED_THROUGH))
    ids = list(dict.fromkeys(row[1] for row in page.rows if row[1] is not None))[:RECENT]
    titles = page.titles.get(target, {})
    return {key: titles[key] for key in ids if key in titles}
