"""What there is, as the caller may see it: entities, fields, views, labels, and what the token is for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.decimal import Exact
from engine.fields.label import Label, text_in
from engine.fields.lines import LinesField
from engine.fields.money import MoneyField
from engine.fields.related import RelatedField
from engine.model import Entity
from engine.model.role import ACTIONS
from runtime_web.api import door
from runtime_web.api.answers import Shape, answer
from runtime_web.api.records import no_arguments
from runtime_web.request import current_language

blueprint = Blueprint("api_metadata", __name__)


@blueprint.get("/_metadata")
def metadata() -> Response:
    """Everything that the caller may see of the configuration, in the configuration's order."""
    no_arguments()
    configuration, bearer = door.records().configuration, door.bearer()
    return answer(
        {
            "name": configuration.name,
            **_labels(configuration.label, configuration.name),
            "language": configuration.language,
            "currency": configuration.currency,
            "timezone": configuration.timezone,
            "user": {"id": bearer.account.id, "name": bearer.account.name},
            "token": {"name": bearer.token.name, "scopes": sorted(bearer.token.scopes)},
            "entities": {name: _entity(name, described) for name, described in _entities()},
        }
    )


@blueprint.get("/<entity>/_views")
def views(entity: str) -> Response:
    """The views of an entity; `?view=` in its list gives their records."""
    no_arguments()
    door.entity_of(entity)
    return answer({"items": _views(entity)})


def _entities() -> list[tuple[str, Entity]]:
    entities = door.records().configuration.entities
    return [(name, described) for name, described in entities.items() if door.covers(name)]


def _entity(name: str, described: Entity) -> Shape:
    readable = door.readable(name)
    return {
        "kind": described.kind,
        **_labels(described.label, name),
        "plural": described.plural_in(current_language(), name),
        "parent": door.records().configuration.parent_of(name),
        "may": [action for action in ACTIONS if door.records().rights.may(action, name)],
        "fields": {key: _field(key, field) for key, field in described.fields.items() if key in readable},
        "views": _views(name),
    }


def _field(name: str, field: Field) -> Shape:
    """A field; keys that say nothing for its type are left out."""
    return {
        "type": field.kind,
        **_labels(field.label, name),
        "help": field.help_in(current_language()),
        "required": field.required,
        "unique": field.unique,
        "computed": field.formula is not None,
        "editable": field.editable or isinstance(field, LinesField),
        "sortable": field.sortable,
        "operators": list(field.comparisons),
        **_particulars(field),
    }


def _particulars(field: Field) -> Shape:
    found: dict[str, Any] = {}
    stored, linked = field.column(), field.links()
    target = getattr(stored or linked, "target", None)
    if isinstance(field, Choosing):
        found["options"] = [{"value": one.value, **_labels(one.label, one.value)} for one in field.options]
    if isinstance(field, Exact):
        found["scale"] = field.places
    if isinstance(field, MoneyField):
        found["currency"] = field.currency
    if isinstance(field, LinesField | RelatedField):
        found["of"] = field.of if door.readable(field.of) else None
    if target:
        found["to"] = target if target.startswith("_") or door.readable(target) else None
    return found


def _views(entity: str) -> list[Shape]:
    readable = door.readable(entity)
    return [
        {
            "name": name,
            **_labels(view.label, name),
            "kind": view.kind,
            "by": view.by,
            "until": view.until,
            "columns": [column for column in view.columns if column in readable],
            "sort": [sort for sort in view.sort if sort.removeprefix("-") in readable],
        }
        for name, view in door.records().configuration.entities[entity].views.items()
    ]


def _labels(label: Label | None, name: str) -> Shape:
    """A label in the caller's language, and in all that the configuration has."""
    several = dict(label) if isinstance(label, dict) else {}
    return {"label": text_in(label, current_language(), name), "labels": several}
