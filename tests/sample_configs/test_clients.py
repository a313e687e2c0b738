"""The `clients` sample: it loads, shows every field type, and speaks every language of the program throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from engine.config.load import load
from engine.fields import FIELD_TYPES
from engine.fields.choice import Choosing
from engine.fields.label import Frozen, Label
from engine.fields.rule import Check
from engine.model import Configuration
from runtime_web.i18n import NAMES

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


def test_everything_that_people_read_is_there_in_every_language(clients: Configuration) -> None:
    missing = [where for where, label in (*_named(clients), *_texts(clients)) if not _is_whole(label)]
    assert missing == []


def test_a_text_without_one_of_the_languages_is_found() -> None:
    checked = Check.model_validate({"that": "a", "else": {"en": "No", "ru": "Нет"}})
    assert [where for where, label in _texts(checked) if not _is_whole(label)] == [".else"]
    assert not _is_whole("Name")
    assert not _is_whole(None)


def _is_whole(label: Label | None) -> bool:
    return isinstance(label, dict) and label.keys() == NAMES.keys()


def _named(configuration: Configuration) -> Iterator[tuple[str, Label | None]]:
    """What has to be called something: without a label, people would read its name."""
    yield "configuration", configuration.label
    parts = (configuration.roles, configuration.reports, configuration.dashboards)
    yield from ((name, described.label) for part in parts for name, described in part.items())
    for name, entity in configuration.entities.items():
        yield name, entity.label
        yield f"{name}.plural", entity.plural
        yield from ((f"{name} view {key}", view.label) for key, view in entity.views.items())
        for key, field in entity.fields.items():
            yield f"{name}.{key}", field.label
            if isinstance(field, Choosing):
                yield from ((f"{name}.{key}.{option.value}", option.label) for option in field.options)


def _texts(described: Any, where: str = "") -> Iterator[tuple[str, Label]]:
    """Every text of several languages that is given, wherever in the configuration that may be."""
    if isinstance(described, Mapping):
        for name, value in described.items():
            yield from _texts(value, f"{where}.{name}")
    elif isinstance(described, tuple):
        for number, value in enumerate(described):
            yield from _texts(value, f"{where}.{number}")
    elif isinstance(described, Frozen):
        for name, key in type(described).model_fields.items():
            value, place = getattr(described, name), f"{where}.{key.alias or name}"
            if value is not None and set(map(str, get_args(Label))) <= set(map(str, get_args(key.annotation))):
                yield place, value
            else:
                yield from _texts(value, place)


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
