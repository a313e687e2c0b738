"""How reports stand in the description of the API."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import Report
from runtime_web.api.answers import Shape
from runtime_web.api.values import Schema

TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
PARAMS: Schema = {
    "type": "object",
    "description": 'Filters by name: "2026-10", "last_month", "2026-03-01..", "new,paid"; "" lets everything through.',
    "additionalProperties": {"type": "string"},
}
TABLE: Schema = {
    "type": "object",
    "required": ["title", "records", "labels", "head", "rows", "notes"],
    "properties": {
        "title": {"type": "string"},
        "records": {"type": "integer", "description": "How many were counted."},
        "labels": {"type": "integer", "description": "How many columns stand before the numbers."},
        "head": {"type": "array", "items": TEXTS},
        "rows": {
            "type": "array",
            "description": "Numbers are texts with a point; null where there is none, a code such as #DIV/0! for errors.",
            "items": {"type": "array", "items": {"type": ["string", "boolean", "null"]}},
        },
        "notes": {**TEXTS, "description": "What is in no number."},
    },
}
LISTED: Schema = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "label", "help", "of", "saved", "params"],
                "properties": {
                    "name": {
                        "type": "string",
                        "description": "Its name, or the number of one that somebody has saved.",
                    },
                    "label": {"type": "string"},
                    "help": {"type": "string"},
                    "of": {"type": "string", "description": "The entity whose records are counted."},
                    "saved": {"type": "boolean"},
                    "params": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name", "field", "label", "ask"],
                            "properties": {
                                "name": {"type": "string"},
                                "field": {"type": "string"},
                                "label": {"type": "string"},
                                "ask": {"type": "boolean"},
                            },
                        },
                    },
                },
            },
        }
    },
}


def report_schemas(subjects: list[str]) -> Iterator[tuple[str, Schema]]:
    """The schemas of reports about these entities, none where there are none."""
    if not subjects:
        return
    described = Report.model_json_schema(ref_template="#/components/schemas/Report.{model}")
    yield from ((f"Report.{name}", part) for name, part in described.pop("$defs").items())
    described["properties"]["of"] = {"enum": subjects, "description": "The entity whose records are counted."}
    yield "Report", described
    yield "Reports", LISTED
    yield "Table", TABLE


def report_body() -> Schema:
    """What is sent to ask a report that is kept nowhere."""
    properties: Shape = {"report": {"$ref": "#/components/schemas/Report"}, "params": PARAMS}
    return {"type": "object", "required": ["report"], "properties": properties, "additionalProperties": False}
