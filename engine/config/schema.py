"""The JSON Schema of the language, for editors: from the model, so that it says what the model does.

There are two: of a configuration's first file, and of the files that it includes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from engine.config.checks.names import NAME
from engine.config.load import PARTS
from engine.fields.label import Label
from engine.model import Configuration

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMED = frozenset({"dashboards", "entities", "fields", "reports", "roles", "tiles", "views"})
OTHERS = PARTS[1:]
"""What an included file may hold besides entities."""
_POINTER: Schema = {"type": "string", "description": "Where an editor finds the JSON Schema of this file."}
_INCLUDE: Schema = {
    "description": "Files of entities, relative to this one, such as entities/*.yaml.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}


def root_schema() -> Schema:
    """The schema of kartoteka.yaml."""
    schema = _model_schema()
    schema["properties"] |= {"include": _INCLUDE, "$schema": _POINTER}
    schema["required"] = [key for key in schema["required"] if key != "entities"]
    schema["anyOf"] = [{"required": ["entities"]}, {"required": ["include"]}]
    schema["description"] = "What a business keeps."
    return {"$schema": DIALECT, "title": "Kartoteka: a configuration", **schema}


def entities_schema() -> Schema:
    """The schema of an included file, which maps names to entities and may hold roles, reports and dashboards."""
    schema = _model_schema()
    properties = schema["properties"]
    entity = properties["entities"]["additionalProperties"]
    parts = {part: {"anyOf": [properties[part], entity]} for part in OTHERS}
    return {
        "$schema": DIALECT,
        "title": "Kartoteka: entities",
        "description": "An included file: entities by name, roles, reports or dashboards.",
        "type": "object",
        "minProperties": 1,
        "properties": {"$schema": _POINTER, **parts},
        "patternProperties": {_pattern().replace("^", f"^(?!({'|'.join(OTHERS)})$)"): entity},
        "additionalProperties": False,
        "$defs": schema["$defs"],
    }


def as_text(schema: Schema) -> str:
    """A schema as it stands in a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _model_schema() -> Schema:
    schema: Schema = _tidy(Configuration.model_json_schema(mode="validation"))
    # A grant may speak of a field of lines: lines.price.
    del schema["$defs"]["Grant"]["properties"]["fields"]["propertyNames"]
    schema["$defs"]["Label"] = {"description": "One text, or a text for each language.", **_label()}
    return schema


@lru_cache(maxsize=1)
def _label() -> Schema:
    return TypeAdapter(Label).json_schema()


def _tidy(node: Any, key: str = "") -> Any:
    """Shorter than pydantic writes it, and with names held to their pattern."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if key in {"properties", "$defs"}:
        return {name: _named(name, _tidy(item)) for name, item in node.items()}
    # Titles repeat the keys; a key that may be left out need not offer null.
    kept = {name: item for name, item in node.items() if name not in {"title", "discriminator"}}
    if kept.get("default", "") is None:
        del kept["default"]
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].partition("\n\n")[0].split())
    return _shorter({name: _tidy(item, name) for name, item in kept.items()})


def _shorter(schema: Schema) -> Schema:
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if choices == _label()["anyOf"]:
        choices = [{"$ref": "#/$defs/Label"}]
    if not choices:
        return schema
    rest = {name: item for name, item in schema.items() if name != "anyOf"}
    return {**choices[0], **rest} if len(choices) == 1 else {"anyOf": choices, **rest}


def _named(name: str, schema: Any) -> Any:
    if name in _NAMED and isinstance(schema, dict) and schema.get("type") == "object":
        return {**schema, "propertyNames": {"pattern": _pattern()}}
    return schema


def _pattern() -> str:
    """The pattern of names as ECMAScript writes it."""
    return "^" + NAME.pattern.replace(r"\Z", "$")
