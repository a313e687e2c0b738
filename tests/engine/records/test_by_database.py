"""What the database computes by itself, for many records, is what the evaluator gives for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine.records import Records
from engine.storage import recompute
from engine.storage.changes import Changes
from engine.storage.updating import updating_of
from tests.computed import open_trade
from tests.engine.records.test_computed import ENTITIES, STEPS, Model, compute_anew, everything, fresh


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


def test_most_stages_can_be_computed_by_the_database(trade: Records) -> None:
    found = set()
    for stage in trade.tables.computation.stages:
        if updating_of(trade.database, trade.tables, stage, some=False):
            found |= set(stage.names)
    assert found >= {"turnover", "debt", "last", "sold"}


def wipe(records: Records) -> None:
    """Take every result of live records away, as if none had ever been computed."""
    with records.database.write() as connection:
        for entity, name in records.tables.computation.keys:
            table = records.tables.entities[entity]
            if f"{name}__error" in table.c:
                blank = False if records.configuration.entities[entity].fields[name].kind == "boolean" else None
                live = table.update().where(table.c._trashed_at.is_(None))
                connection.execute(live.values({name: blank, f"{name}__error": 1}))


def check(records: Records, steps: list[tuple[Any, ...]]) -> None:
    model = Model(records)
    for step in steps:
        model.run(step)
    found = everything(records)
    wipe(records)
    compute_anew(records)
    assert everything(records) == found


def test_what_is_gone_is_computed_anew(trade: Records) -> None:
    check(trade, [("order", 0, [(0, 2, None), (1, 1, None)]), ("pay", 0, "cash", None)])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_sequence_of_changes(tmp_path: Path, steps: list[tuple[Any, ...]]) -> None:
    with fresh(tmp_path) as records:
        check(records, steps)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_saves_that_leave_all_to_the_database(tmp_path: Path, steps: list[tuple[Any, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch, fresh(tmp_path) as records:
        patch.setattr(recompute, "MANY", 1)
        model = Model(records)
        for step in steps:
            model.run(step)
        found = everything(records)
        patch.setattr(recompute, "MANY", 10**9)
        with records.database.write() as connection:
            changes = Changes()
            for entity in ENTITIES:
                rows = connection.execute(records.tables.entities[entity].select())
                changes.note_existence(entity, [row.id for row in rows])
            recompute.Recompute(records.database, records.tables).run(connection, changes)
        assert everything(records) == found
