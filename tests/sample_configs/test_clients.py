"""The `clients` sample: it loads, shows every field type, and speaks two languages throughout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.config.load import load
from engine.fields import FIELD_TYPES
from engine.fields.choice import Choosing
from engine.fields.label import Label
from engine.model import Configuration

SAMPLE = Path(__file__).parents[2] / "sample_configs" / "clients"
FILES = sorted(SAMPLE.rglob("*.yaml"))


@pytest.fixture(scope="module")
def clients() -> Configuration:
    configuration, problems = load(SAMPLE)
    assert problems == ()
    assert configuration
    return configuration


def test_it_shows_every_field_type(clients: Configuration) -> None:
    used = {field.kind for entity in clients.entities.values() for field in entity.fields.values()}
    known = {kind.model_fields["type"].annotation.__args__[0] for kind in FIELD_TYPES}  # type: ignore[union-attr]
    assert used == known


def test_the_menu_begins_with_clients_and_orders(clients: Configuration) -> None:
    shown = [name for name, entity in clients.entities.items() if entity.kind != "child"]
    assert shown == ["client", "contact_event", "order", "payment", "product", "category", "employee", "wage"]


def test_everything_has_a_label_in_both_languages(clients: Configuration) -> None:
    missing = [
        where for where, label in _labels(clients) if not isinstance(label, dict) or not {"en", "ru"} <= set(label)
    ]
    assert missing == []


def _labels(configuration: Configuration) -> Iterator[tuple[str, Label | None]]:
    yield "configuration", configuration.label
    for name, entity in configuration.entities.items():
        yield name, entity.label
        yield f"{name}.plural", entity.plural
        for field_name, field in entity.fields.items():
            yield f"{name}.{field_name}", field.label
            if field.help:
                yield f"{name}.{field_name}.help", field.help
            if field.check:
                yield f"{name}.{field_name}.check", field.check.otherwise
            if isinstance(field, Choosing):
                yield from ((f"{name}.{field_name}.{option.value}", option.label) for option in field.options)
        yield from ((f"{name}.checks", check.otherwise) for check in entity.checks)
        yield from ((f"{name} colours", tint.label) for tint in entity.colors)
        for tab in entity.card:
            yield f"{name} card", tab.tab
            yield from ((f"{name} section", section.label) for section in tab.sections if section.label)
        yield from ((f"{name} view {view_name}", view.label) for view_name, view in entity.views.items())


def test_every_field_of_an_entity_with_a_card_is_on_it(clients: Configuration) -> None:
    for name, entity in clients.entities.items():
        if entity.card:
            sections = [section for tab in entity.card for section in tab.sections]
            columns = {field for section in sections for group in section.side_by_side for field in group}
            shown = columns | {section.lines or section.related for section in sections}
            assert set(entity.fields) - shown == set(), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SAMPLE)))
def test_the_first_line_leads_an_editor_to_the_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    start, schema = first.split("$schema=")
    assert start == "# yaml-language-server: "
    reference = SAMPLE.parents[1] / "docs" / "reference"
    name = "kartoteka.schema.json" if file.name == "kartoteka.yaml" else "entities.schema.json"
    assert (file.parent / schema).resolve() == reference / name


def test_the_files_are_all_included(clients: Configuration) -> None:
    text = (SAMPLE / "kartoteka.yaml").read_text(encoding="utf-8")
    assert all(f"entities/{file.name}" in text for file in FILES if file.parent.name == "entities")
