"""A field type is one set of files with one name: module, widget, tests, heading in the reference."""

from __future__ import annotations

from typing import get_args

import pytest

from engine.fields import FIELD_TYPES, Field
from tests.surroundings import ROOT

NAMES = [get_args(kind.model_fields["type"].annotation)[0] for kind in FIELD_TYPES]
REFERENCE = ROOT / "docs/reference/fields.md"


def test_every_field_class_with_a_type_is_in_the_registry() -> None:
    assert {
        kind for kind in below(Field) if kind.__module__.startswith("engine.fields.") and "type" in kind.model_fields
    } == set(FIELD_TYPES)


def test_the_module_is_named_like_the_type() -> None:
    assert [kind.__module__ for kind in FIELD_TYPES] == [f"engine.fields.{name}" for name in NAMES]


def test_each_type_has_its_widget() -> None:
    assert [name for name in NAMES if not (ROOT / f"templates/html/widgets/{name}.html").is_file()] == []


def test_each_type_has_its_tests() -> None:
    assert [name for name in NAMES if not (ROOT / f"tests/engine/fields/test_{name}.py").is_file()] == []


@pytest.mark.skipif(not any(REFERENCE.parent.glob("*.md")), reason="The reference is not generated yet.")
def test_each_type_has_its_heading_in_the_reference() -> None:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    headings = {line.strip("# `") for line in lines if line.startswith("#")}
    assert [name for name in NAMES if name not in headings] == []


def test_no_widget_is_left_over() -> None:
    widgets = {path.stem for path in (ROOT / "templates/html/widgets").glob("*.html") if not path.stem.startswith("_")}
    assert widgets - set(NAMES) == set()


def below(kind: type[Field]) -> set[type[Field]]:
    return {found for child in kind.__subclasses__() for found in {child, *below(child)}}
