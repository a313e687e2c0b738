"""The JSON Schema says what the model does: samples pass it, faults do not, and the committed copies are fresh."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import referencing
from ruamel.yaml import YAML

from designer.reference import schemas
from engine.config.schema import Schema, entities_schema, root_schema
from engine.fields import FIELD_TYPES
from tests.surroundings import ROOT

CONFIGURATIONS = sorted(
    path.parent
    for path in (*ROOT.glob("sample_configs/*/kartoteka.yaml"), *ROOT.glob("tests/engine/config/design/kartoteka.yaml"))
)
FILES = [file for folder in CONFIGURATIONS for file in sorted(folder.rglob("*.yaml"))]


def validator(schema: Schema) -> jsonschema.Draft202012Validator:
    """One that opens no address, whatever a schema points to."""
    return jsonschema.Draft202012Validator(schema, registry=referencing.Registry())


def as_an_editor_reads(text: str) -> Any:
    """The typed values of YAML 1.2, which is what editors hold against a schema."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def test_the_schemas_are_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(root_schema())
    jsonschema.Draft202012Validator.check_schema(entities_schema())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_samples_pass(file: Path) -> None:
    schema = root_schema() if file.name == "kartoteka.yaml" else entities_schema()
    validator(schema).validate(as_an_editor_reads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_first_line_points_an_editor_to_the_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    start, _, schema = first.partition("$schema=")
    assert start == "# yaml-language-server: "
    assert (file.parent / schema).resolve().name in schemas()


@pytest.mark.parametrize("kind", FIELD_TYPES, ids=lambda kind: kind.__name__)
def test_the_example_of_each_type_passes(kind: Any) -> None:
    example = as_an_editor_reads(kind.example)
    validator(entities_schema()).validate({"a": {"fields": {"x": example}}})


FIELD = {"type": "text"}


@pytest.mark.parametrize(
    "configuration",
    [
        {},
        {"kartoteka": 1, "name": "a"},
        {"kartoteka": 2, "name": "a", "entities": {"a": {"fields": {"x": FIELD}}}},
        {"kartoteka": 1, "name": "a", "entities": {}},
        {"kartoteka": 1, "name": "a", "entities": {"A": {"fields": {"x": FIELD}}}},
        {"kartoteka": 1, "name": "a", "entities": {"a": {"fields": {}}}},
        {"kartoteka": 1, "name": "a", "entities": {"a": {"fields": {"x__y": FIELD}}}},
        {"kartoteka": 1, "name": "a", "entities": {"a": {"fields": {"x": {"type": "txet"}}}}},
        {"kartoteka": 1, "name": "a", "entities": {"a": {"fields": {"x": {**FIELD, "format": "y"}}}}},
        {"kartoteka": 1, "name": "a", "entities": {"a": {"fields": {"x": {**FIELD, "label": {}}}}}},
    ],
)
def test_faults_do_not_pass(configuration: dict[str, Any]) -> None:
    assert not validator(root_schema()).is_valid(configuration)


def test_a_reference_elsewhere_is_not_followed() -> None:
    schema = {"$ref": "http://127.0.0.1:9/schema.json"}
    with pytest.raises(referencing.exceptions.Unresolvable):
        validator(schema).validate({})


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_committed_schema_is_fresh(name: str) -> None:
    assert (ROOT / "docs/reference" / name).read_text(encoding="utf-8") == schemas()[name], "run: make docs"
