"""The whole description, as the caller may see it."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Response

from engine.accounts.tokens import READ
from runtime_web.api import door
from runtime_web.api.answers import Shape, answer
from runtime_web.api.description.operations import Operations, refusals
from runtime_web.api.description.reports import report_schemas
from runtime_web.api.description.schemas import COMMON, Schemas
from runtime_web.api.records import no_arguments
from runtime_web.request import current_language

blueprint = Blueprint("api_description", __name__)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of the API for programs that read such descriptions."""
    no_arguments()
    records = door.records()
    schemas = Schemas(records.configuration, records.rights, current_language())
    names = tuple(filter(door.covers, records.configuration.entities))
    return answer(document(schemas, names, door.bearer().token.scopes))


def document(schemas: Schemas, names: tuple[str, ...], scopes: frozenset[str]) -> Shape:
    """The description of what a token for these entities and scopes can do."""
    found = dict(COMMON) | {name: schema for entity in names for name, schema in schemas.of(entity)}
    if READ in scopes:
        found |= dict(report_schemas(schemas.subjects(names)))
    return {
        "openapi": "3.1.0",
        "info": {"title": schemas.configuration.label_in(schemas.language), "version": version("kartoteka")},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": Operations(schemas, names, scopes).paths(),
        "components": {
            "schemas": found,
            "responses": refusals(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
