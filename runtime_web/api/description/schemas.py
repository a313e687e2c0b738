"""The schemas of records: how each entity is given, made, changed and asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.expressions.reached import far_of, field_of
from engine.fields import Field
from engine.fields.lines import LinesField
from engine.model import Configuration, Entity
from engine.model.view import ViewKind
from engine.rights import Rights
from runtime_web.api.answers import Shape
from runtime_web.api.asking import MOST_CONDITIONS
from runtime_web.api.bulk import MOST as MOST_OPERATIONS
from runtime_web.api.changes import MOST_LINES
from runtime_web.api.values import KEY, LARGEST_FILTER, Schema, compared, given, nullable, sent

TITLES: Schema = {
    "type": "object",
    "description": "What records are called that are named here, by entity and id.",
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
}
ERRORS: Schema = {
    "type": "object",
    "description": "The error values of computed fields that have no value.",
    "additionalProperties": {"type": "string"},
}
Action = Literal["create", "update"]
MOMENT: Schema = {"type": "string", "format": "date-time"}
FAR: Schema = {
    "type": "object",
    "description": "Comparisons of a field of what is referred to, by the way there: client.city.",
}
LANGUAGES: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
ISSUE: Schema = {
    "type": "object",
    "required": ["code", "path", "message", "hint", "params"],
    "properties": {
        "code": {"type": "string", "description": "Stays the same in every language and version."},
        "path": {"type": "array", "items": {"type": "string"}, "description": "What it is about: a field, or a line."},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "params": {"type": "object", "additionalProperties": {"type": ["string", "integer", "null"]}},
    },
}
ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message", "hint", "problems"],
            "properties": {
                "status": {"type": "integer"},
                "message": {"type": "string"},
                "hint": {"type": "string"},
                "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}},
                "id": {"type": "string", "description": "The number under which the log has an unexpected error."},
                "conflicts": {"type": "array", "items": {"type": "object"}},
                "current": {"type": "object", "description": "The record as it is now."},
            },
        }
    },
}
FILE: Schema = {
    "type": "object",
    "required": ["id", "name", "kind", "size", "width", "height"],
    "properties": {
        "id": KEY,
        "name": {"type": "string"},
        "kind": {"type": "string", "description": "The media type that the bytes say."},
        "size": {"type": "integer"},
        "width": {"type": ["integer", "null"]},
        "height": {"type": ["integer", "null"]},
    },
}
VIEWS: Schema = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "label", "labels", "kind", "by", "until", "columns", "sort"],
                "properties": {
                    "name": {"type": "string"},
                    "label": {"type": "string"},
                    "labels": LANGUAGES,
                    "kind": {"enum": list(get_args(ViewKind)), "description": "How its records are laid out."},
                    "by": {"type": ["string", "null"], "description": "The field that lays them out."},
                    "until": {"type": ["string", "null"], "description": "The date up to which they last."},
                    "columns": {"type": "array", "items": {"type": "string"}},
                    "sort": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}
METADATA: Schema = {
    "type": "object",
    "required": ["name", "label", "labels", "language", "currency", "timezone", "user", "token", "entities"],
    "properties": {"name": {"type": "string"}, "label": {"type": "string"}, "labels": LANGUAGES},
}
BULK_RESULTS: Schema = {
    "type": "object",
    "required": ["results"],
    "properties": {
        "results": {
            "type": "array",
            "description": "The record of each operation, in their order.",
            "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": KEY, "_version": {"type": "string"}},
            },
        }
    },
}
COMMON: Mapping[str, Schema] = {
    "Problem": ISSUE,
    "Error": ERROR,
    "File": FILE,
    "Views": VIEWS,
    "Metadata": METADATA,
}


def bulk_body(names: list[str]) -> Schema:
    """Operations on these entities."""
    one: Schema = {
        "type": "object",
        "required": ["do", "entity"],
        "properties": {
            "do": {"enum": ["create", "update", "delete", "restore"]},
            "entity": {"enum": names},
            "id": {**KEY, "description": "The record, unless it is a new one."},
            "values": {"type": "object", "description": "What the call for one record takes."},
            "key": {"type": "string", "description": "What a single call says as Idempotency-Key."},
        },
        "additionalProperties": False,
    }
    listed: Schema = {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_OPERATIONS}
    return {
        "type": "object",
        "required": ["operations"],
        "properties": {"operations": listed},
        "additionalProperties": False,
    }


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


@dataclass(frozen=True)
class Schemas:
    """The schemas of what one caller may see.

    Args:
        configuration: what there is for the caller.
        rights: what the caller may read and change of it.
    """

    configuration: Configuration
    rights: Rights
    language: str

    def of(self, name: str) -> Iterator[tuple[str, Schema]]:
        """Every schema of an entity."""
        yield name, self.record(name)
        yield f"{name}.item", self.item(name)
        yield f"{name}.where", self.where(name)
        if self.entity(name).kind != "child":
            yield f"{name}.new", self.new(name)
            yield f"{name}.change", self.change(name)
        else:
            yield f"{name}.line", self.line(name)
            yield f"{name}.entered", self.entered(name)

    def subjects(self, names: Iterable[str]) -> list[str]:
        """Of these entities those of which a report may be taken out."""
        may = self.rights.may
        return [name for name in names if may("report", name) and may("export", name)]

    def entity(self, name: str) -> Entity:
        return self.configuration.entities[name]

    def fields(self, name: str) -> Iterator[tuple[str, Field]]:
        """The fields that the caller may read, in order."""
        yield from self.entity(name).fields.items()

    def record(self, name: str) -> Schema:
        """A record as one call gives it; a token that may not read is told its id alone."""
        lines = {
            key: {"type": "array", "items": reference(f"{field.of}.line")}
            for key, field in self.fields(name)
            if isinstance(field, LinesField)
        }
        own: Shape = {
            "id": KEY,
            "_version": {"type": "string", "description": "Changes with what people enter."},
            "_title": {"type": "string"},
            "_created_at": nullable(MOMENT),
            "_created_by": nullable(KEY),
            "_updated_at": nullable(MOMENT),
            "_updated_by": nullable(KEY),
        }
        more = {"_titles": TITLES, "_errors": ERRORS}
        return self._object({**own, **self._given(name), **lines, **more}, required=["id"])

    def item(self, name: str) -> Schema:
        """A row of a list: the fields that were asked for."""
        parent = self.configuration.parent_of(name)
        own = {"id": KEY, "_title": {"type": "string"}, **({parent: KEY} if parent else {})}
        return self._object({**own, **self._given(name), "_errors": ERRORS}, required=["id", "_title", "_errors"])

    def line(self, name: str) -> Schema:
        """A line within its record."""
        return self._object({"id": KEY, **self._given(name), "_errors": ERRORS}, required=["id", "_errors"])

    def new(self, name: str) -> Schema:
        """What makes a record."""
        required = [
            key
            for key, field in self.fields(name)
            if field.required and field.editable and field.default is None and field.kind != "boolean"
        ]
        return self._object(self._sent(name, "create"), required=required)

    def change(self, name: str) -> Schema:
        """What changes a record; fields that are not named stay as they are."""
        version = {"type": "string", "description": "The _version that was read."}
        base = {"type": "object", "description": "The values that were read, instead of the version."}
        return self._object({**self._sent(name, "update"), "_version": version, "_base": base})

    def entered(self, name: str) -> Schema:
        """A line as it is sent: one with an id is changed, one without is new."""
        deleted = {"type": "boolean", "description": "Remove the line of this id."}
        base = {"type": "object", "description": "The values that were read."}
        sendable = {**self._sent(name, "create"), **self._sent(name, "update")}
        return self._object({**sendable, "id": KEY, "_deleted": deleted, "_base": base})

    def where(self, name: str) -> Schema:
        """Conditions on the records of a list, all of which they meet."""
        parent = self.configuration.parent_of(name)
        keys = {"type": "array", "items": KEY, "minItems": 1, "maxItems": LARGEST_FILTER}
        named = [(key, field_of(self.configuration, name, key)) for key in (parent, *self.entity(name).fields) if key]
        fields = {
            key: self._object({operator: compared(field, operator) for operator in field.comparisons})
            for key, field in named
            if field and field.operators
        }
        found = self._object({"id": self._object({"any_of": keys}), **fields})
        inner = {"type": "array", "items": reference(f"{name}.where"), "minItems": 1, "maxItems": MOST_CONDITIONS}
        found["properties"] |= {"$any": inner, "$all": inner}
        if ways := [key for key, _ in named if far_of(self.configuration, name, key)]:
            found["patternProperties"] = {f"^(?:{'|'.join(ways)})\\.": FAR}
        return {**found, "description": f"At most {MOST_CONDITIONS} comparisons, all of which a record meets."}

    def _given(self, name: str) -> Shape:
        return {
            key: self._labelled(key, field, given(field) if field.kind == "boolean" else nullable(given(field)))
            for key, field in self.fields(name)
            if field.column() or field.links()
        }

    def _sent(self, name: str, action: Action) -> Shape:
        writable = [(key, field) for key, field in self.fields(name) if self.rights.may_write(name, key, action)]
        plain = {key: self._labelled(key, field, nullable(sent(field))) for key, field in writable if field.editable}
        lines = {
            key: {"type": "array", "items": reference(f"{field.of}.entered"), "maxItems": MOST_LINES}
            for key, field in writable
            if isinstance(field, LinesField)
        }
        return {**plain, **lines}

    def _labelled(self, key: str, field: Field, schema: Schema) -> Schema:
        help_text = field.help_in(self.language)
        return {
            "title": field.label_in(self.language, key),
            **schema,
            **({"description": help_text} if help_text else {}),
        }

    def _object(self, properties: Shape, required: list[str] | None = None) -> Schema:
        found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**found, "required": required} if required else found
