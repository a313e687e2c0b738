"""Attached files: taking them in, and giving them out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from engine.fields.file import Attached as AttachedField
from engine.files import Attached
from engine.problems import Problem, Refused, problem
from runtime_web.i18n import problem_hint, problem_text
from runtime_web.request import current_files, current_locale, current_records, wants_json
from runtime_web.sending import file_response
from runtime_web.tiles import tiles_of
from runtime_web.views.files import FileTile

blueprint = Blueprint("files", __name__)


@blueprint.post("/files/<entity>/<field>")
def upload(entity: str, field: str) -> ResponseReturnValue:
    """Take in files for a field; each waits for the save that names its id."""
    described = _described(entity, field)
    sent = [file for file in request.files.getlist("file") if file.filename]
    if not sent:
        abort(400)
    stored: list[Attached] = []
    problems: list[Problem] = []
    if len(sent) > described.max_files:
        problems.append(problem("too-many-items", path=(field,), count=len(sent), maximum=described.max_files))
        sent = []
    for file in sent:
        try:
            stored.append(_stored(entity, field, file))
        except Refused as refused:
            problems += refused.problems
    return _answer(tiles_of(stored, current_locale()), problems)


@blueprint.get("/files/<int:file_id>")
@blueprint.get("/files/<int:file_id>/<name>")
def opened(file_id: int, name: str = "") -> Response:
    """The bytes of a file, to be shown or saved; the name in the address is for people."""
    return file_response(current_files().open(file_id), framed="framed" in request.args)


@blueprint.get("/files/<int:file_id>/thumb/<int:size>")
def small(file_id: int, size: int) -> Response:
    """A small copy of a picture."""
    return file_response(current_files().open_small(file_id, size))


def _described(entity: str, field: str) -> AttachedField:
    records = current_records()
    described = records.configuration.entities[entity].fields.get(field) if entity in records.rights.readable else None
    if not isinstance(described, AttachedField) or not records.rights.may_read(entity, field):
        abort(404)
    return described


def _stored(entity: str, field: str, file: FileStorage) -> Attached:
    return current_files().store(entity, field, file.filename or "", file.stream)


def _answer(tiles: tuple[FileTile, ...], problems: list[Problem]) -> ResponseReturnValue:
    too_large = any(found.code == "upload-too-large" for found in problems)
    status = 201 if not problems else 413 if too_large else 422
    if not wants_json():
        return render_template("parts/uploaded.html", files=tiles, problems=problems), status
    said = [{"code": each.code, "message": problem_text(each), "hint": problem_hint(each)} for each in problems]
    return jsonify(files=[_json(tile) for tile in tiles], problems=said), status


def _json(tile: FileTile) -> dict[str, object]:
    return {
        "id": tile.id,
        "name": tile.name,
        "size": tile.size,
        "url": tile.url,
        "thumb": tile.small_url,
        "html": render_template("parts/uploaded.html", files=(tile,), problems=()),
    }
