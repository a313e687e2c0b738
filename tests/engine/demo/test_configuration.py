"""The demo data fits the `clients` sample: every column is a field, every value is one the field accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.load import load
from engine.demo import Batch
from engine.fields.sequence import SequenceField
from engine.model import Configuration
from tests.engine.demo.conftest import Rows

SAMPLE = Path(__file__).parents[3] / "sample_configs" / "clients"

LEFT_BLANK = {("employee", "account"), ("order", "files")}
"""What the generator does not fill: users are made by the administrator."""


@pytest.fixture(scope="module")
def clients() -> Configuration:
    configuration, problems = load(SAMPLE)
    assert problems == ()
    assert configuration
    return configuration


def test_every_entity_has_data(clients: Configuration, rows: Rows) -> None:
    assert set(rows) == set(clients.entities)


def test_every_column_is_a_field(clients: Configuration, batches: tuple[Batch, ...]) -> None:
    for batch in batches:
        own = {clients.parent_of(batch.entity), "_position"} if clients.parent_of(batch.entity) else set()
        assert set(batch.columns) - own <= set(clients.entities[batch.entity].fields)
        assert own <= set(batch.columns)


def test_every_value_is_accepted_as_it_is(clients: Configuration, rows: Rows) -> None:
    for entity, found in rows.items():
        fields = clients.entities[entity].fields
        for column, field in fields.items():
            if field.formula:
                continue
            distinct = {row.get(column) for row in found}
            assert {field.accept(value) for value in distinct} == distinct, (entity, column)


def test_required_fields_are_filled(clients: Configuration, rows: Rows) -> None:
    for entity, found in rows.items():
        for column, field in clients.entities[entity].fields.items():
            assert not field.required or all(row[column] is not None for row in found), (entity, column)


def test_every_field_has_a_value_somewhere(clients: Configuration, rows: Rows) -> None:
    for entity, found in rows.items():
        described = clients.entities[entity]
        kept = {name for name, field in (*described.stored(), *described.linked()) if not field.formula}
        filled = {column for row in found for column, value in row.items() if value is not None}
        assert {(entity, name) for name in kept - filled} <= LEFT_BLANK


def test_numbers_are_those_of_the_masks(clients: Configuration, rows: Rows) -> None:
    for entity in ("order", "payment"):
        field = clients.entities[entity].fields["number"]
        assert isinstance(field, SequenceField)
        for row in rows[entity]:
            counted = field.counted(row["number"])
            assert counted
            assert field.text(row["date"], counted[1]) == row["number"]
