"""Every configuration that anybody shows to anybody loads: the samples, the pages, the examples of field types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.config import load
from engine.fields import FIELD_TYPES, Field
from tests.surroundings import ROOT

PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT).as_posix()}-{number}")
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
]
AROUND = """kartoteka: 1
name: examples
entities:
  example:
    fields:
      label: {type: text}
      client: {type: reference, to: client}
      example: %s
  client: {fields: {name: {type: text}}}
  employee: {fields: {name: {type: text}}}
  order: {fields: {client: {type: reference, to: client}}}
  payment: {fields: {order: {type: reference, to: example}}}
"""
CHILD = "  order_line: {kind: child, fields: {product: {type: text}}}\n"


def assert_loads(text: str, tmp_path: Path) -> None:
    path = tmp_path / "kartoteka.yaml"
    path.write_text(text, encoding="utf-8")
    configuration, problems = load(path)
    assert [f"{found.place} {found.sentence}" for found in problems] == []
    assert configuration


@pytest.mark.parametrize(
    "folder",
    [
        *(path.parent for path in sorted(ROOT.glob("sample_configs/*/kartoteka.yaml"))),
        ROOT / "tests/engine/config/design",
    ],
    ids=lambda folder: folder.name,
)
def test_samples_load(folder: Path) -> None:
    configuration, problems = load(folder)
    assert [f"{found.place} {found.sentence}" for found in problems] == []
    assert configuration


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_yaml_in_a_page_is_a_configuration(block: str, tmp_path: Path) -> None:
    """One that is only a part of one is marked as `yaml fragment`."""
    assert_loads(block, tmp_path)


@pytest.mark.parametrize("kind", FIELD_TYPES, ids=lambda kind: kind.__name__)
def test_the_example_of_each_type_loads(kind: type[Field], tmp_path: Path) -> None:
    text = AROUND % kind.example
    assert_loads(text + CHILD if "type: lines" in kind.example else text, tmp_path)
