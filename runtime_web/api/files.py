"""Attached files over the API: sending them in, what they are, their bytes and small copies."""

from __future__ import annotations

from flask import Blueprint, Response, request

from engine.accounts.tokens import FILES, READ, WRITE
from engine.fields.file import Attached as AttachedField
from engine.files import Attached
from engine.problems import problem
from engine.records import Missing
from runtime_web.api import door
from runtime_web.api.answers import Halt, Shape, answer, nothing_here
from runtime_web.api.records import no_arguments
from runtime_web.sending import file_response

blueprint = Blueprint("api_files", __name__)
FORM = "multipart/form-data"


@blueprint.post("/<entity>/_files/<field>")
def upload(entity: str, field: str) -> Response:
    """Take in a file for a field; it hangs on no record until one is saved that names its id."""
    door.need(FILES)
    door.need(WRITE)
    no_arguments()
    described = door.entity_of(entity).fields.get(field)
    if not isinstance(described, AttachedField) or field not in door.readable(entity):
        raise nothing_here()
    if request.mimetype != FORM:
        raise Halt(415, problem("body-media-type", kind=FORM))
    file = request.files.get("file")
    if file is None or not file.filename or len(request.files) > 1 or request.form:
        raise Halt(400, problem("parameter-invalid", path=("file",), parameter="file", value="", expected="one file"))
    return answer(_shape(door.files().store(entity, field, file.filename, file.stream)), 201)


@blueprint.get("/_files/<int:file_id>")
def described(file_id: int) -> Response:
    """What a file is."""
    _allowed()
    return answer(_shape(_one(file_id)))


@blueprint.get("/_files/<int:file_id>/content")
def content(file_id: int) -> Response:
    """The bytes of a file."""
    _allowed()
    _one(file_id)
    return file_response(door.files().open(file_id))


@blueprint.get("/_files/<int:file_id>/small/<int:size>")
def small(file_id: int, size: int) -> Response:
    """A small copy of a picture."""
    _allowed()
    _one(file_id)
    return file_response(door.files().open_small(file_id, size))


def _allowed() -> None:
    door.need(FILES)
    door.need(READ)
    no_arguments()


def _one(file_id: int) -> Attached:
    found = door.files().describe([file_id])
    if not found or not door.covers(found[0].entity):
        raise Missing("_file", file_id)
    return found[0]


def _shape(file: Attached) -> Shape:
    return {
        "id": file.id,
        "name": file.name,
        "kind": file.kind,
        "size": file.size,
        "width": file.width,
        "height": file.height,
    }
