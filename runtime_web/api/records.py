"""Records over the API: lists, one record, changes, the trash."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from engine.accounts.tokens import READ, WRITE
from engine.model import Entity
from engine.problems import problem
from runtime_web.api import door
from runtime_web.api.answers import Halt, answer
from runtime_web.api.asking import asked, cursor_text
from runtime_web.api.bodies import json_body
from runtime_web.api.doing import ANY, changed, created, deleted, restored, shapes, told

blueprint = Blueprint("api_records", __name__)
IF_MATCH = "If-Match"


@blueprint.get("/<entity>")
def listed(entity: str) -> Response:
    """A page of a list."""
    door.need(READ)
    door.entity_of(entity)
    records = door.records()
    wanted = asked(records.configuration, entity, door.readable, request.args)
    page = records.page(wanted.query)
    query, count = wanted.query, page.count
    after = query.turned(page.next).offset if page.next else 0
    before = query.turned(page.previous).offset if page.previous else 0
    return answer(
        {
            "items": shapes().page(entity, page),
            "count": {"number": count.number, "capped": count.capped} if query.counted else None,
            "next": cursor_text(page.next, after) if page.next else None,
            "previous": cursor_text(page.previous, before) if page.previous else None,
            "_titles": shapes().page_titles(page),
        }
    )


@blueprint.get("/<entity>/<int:record_id>")
def one(entity: str, record_id: int) -> Response:
    """One record with its lines."""
    door.need(READ)
    door.entity_of(entity)
    no_arguments()
    return answer(shapes().record(door.records().get(entity, record_id)))


@blueprint.post("/<entity>")
def create(entity: str) -> Response:
    """Save a new record; a key that was sent before gives the record that it made then."""
    door.need(WRITE)
    changeable(entity)
    no_arguments()
    made, status = created(entity, json_body(), request.headers.get("Idempotency-Key"))
    return answer(made, status, {"Location": f"/api/v1/{entity}/{made['id']}"})


@blueprint.patch("/<entity>/<int:record_id>")
def change(entity: str, record_id: int) -> Response:
    """Change fields and lines of a record."""
    door.need(READ)
    door.need(WRITE)
    changeable(entity)
    no_arguments()
    return answer(changed(entity, record_id, json_body(), if_match()))


@blueprint.delete("/<entity>/<int:record_id>")
def delete(entity: str, record_id: int) -> Response:
    """Put a record into the trash."""
    door.need(WRITE)
    changeable(entity)
    no_arguments()
    deleted(entity, record_id)
    return Response(status=204)


@blueprint.post("/<entity>/<int:record_id>/restore")
def restore(entity: str, record_id: int) -> Response:
    """Bring a record back from the trash."""
    door.need(WRITE)
    changeable(entity)
    no_arguments()
    restored(entity, record_id)
    return answer(told(entity, record_id))


def changeable(entity: str) -> Entity:
    """The entity of an address at which something is changed.

    Raises:
        Halt: 404 as for reading; 405 for lines, which change with their record.
    """
    described = door.entity_of(entity)
    if described.kind == "child":
        raise Halt(405, problem("lines-with-parent"), headers={"Allow": "GET, HEAD"})
    return described


def no_arguments() -> None:
    """Refuse parameters where there are none, so that a slip of the pen is told."""
    unknown = [problem("parameter-unknown", path=(name,), parameter=name[:100], nearest=None) for name in request.args]
    if unknown:
        raise Halt(400, *unknown)


def if_match() -> str:
    """The version that the header names in quotation marks, or the sign for any; "" without it."""
    said = request.headers.get(IF_MATCH)
    if said is None or said == ANY:
        return said or ""
    found = re.fullmatch('"([0-9a-f]{16})"', said)
    if not found:
        expected = "a version in quotation marks"
        raise Halt(
            400,
            problem("parameter-invalid", path=(IF_MATCH,), parameter=IF_MATCH, value=said[:50], expected=expected),
        )
    return found[1]
