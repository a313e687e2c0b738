"""The reference pages name everything that the language and the catalogue have."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.reference import main, pages, schemas, type_name
from engine.fields import FIELD_TYPES, Field
from engine.model import Configuration, Entity, Section, Tab, View
from engine.problems.catalogue import CATALOGUE


def test_every_key_outside_the_fields_stands_in_a_table() -> None:
    page = pages()["configuration.md"]
    keys = {key for model in (Configuration, Entity, Tab, Section, View) for key in model.model_fields}
    assert {key for key in keys if f"| `{key}` |" not in page} == set()


@pytest.mark.parametrize("kind", FIELD_TYPES, ids=type_name)
def test_every_field_type_has_its_keys_and_example(kind: type[Field]) -> None:
    page = pages()["fields.md"]
    part = page.split(f"\n## {type_name(kind)}\n")[1].split("\n## ")[0]
    own = set(kind.model_fields) - set(FIELD_TYPES[0].model_fields) - {"type"}
    assert f"```yaml fragment\n{kind.example}\n```" in part
    assert {key for key in own if f"| `{key}` |" not in part} == set()


def test_every_code_has_a_heading() -> None:
    headings = {line.removeprefix("### ") for line in pages()["problems.md"].splitlines() if line.startswith("### ")}
    assert headings == set(CATALOGUE)


def test_examples_of_problems_are_the_golden_ones() -> None:
    part = pages()["problems.md"].split("\n### type-unknown\n")[1].split("\n### ")[0]
    assert "kartoteka.yaml:6:21: error: There is no field type “mony”." in part


def test_everything_is_written(tmp_path: Path) -> None:
    main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*pages(), *schemas()}
