"""The log tells of every record that anything has written: triggers in the database see the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from engine.query import Query
from engine.records import Edit, Records
from engine.storage import Database
from engine.storage.touched import KEPT, LATE, Mark, _ids, _spans, mark, tell_all, touched_since
from tests.engine.records.test_columns import change, client, lines, order
from tests.guarded import open_guarded


@pytest.fixture
def trade(sqlite_url: str) -> Iterator[Records]:
    records = open_guarded(sqlite_url)
    drawn = random.Random(2)
    for number in range(4):
        records.create("product", Edit({"name": f"p{number}"}))
    for _ in range(6):
        records.create("client", Edit(client(drawn)))
    for _ in range(40):
        records.create("order", Edit(order(drawn), lines={"lines": lines(drawn)}))
    yield records
    records.database.close()


class Watch:
    """Lets a database say itself which rows are written, in every transaction."""

    def __init__(self, database: Database, entities: tuple[str, ...]) -> None:
        self.database, self.entities = database, entities
        self.missed: set[tuple[str, int]] = set()
        self.seen = 0

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with Database.write(self.database) as connection:
            connection.execute(text("CREATE TEMP TABLE IF NOT EXISTS seen (entity TEXT, id INTEGER)"))
            connection.execute(text("DELETE FROM seen"))
            for entity in self.entities:
                for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                    connection.execute(
                        text(
                            f"CREATE TEMP TRIGGER IF NOT EXISTS watch_{entity}_{event} AFTER {event} ON "
                            f"main.\"{entity}\" BEGIN INSERT INTO seen VALUES ('{entity}', {row}.id); END"
                        )
                    )
            before = mark(self.database, connection)
            yield connection
            found = {(entity, number) for entity, number in connection.execute(text("SELECT * FROM seen"))}
            told = touched_since(self.database, connection, before, mark(self.database, connection))
            assert told is not None
            self.seen += len(found)
            self.missed |= {
                (entity, number)
                for entity, number in found
                if entity not in told or number not in (told[entity] or {number})
            }


def test_whatever_is_written_is_told(trade: Records) -> None:
    watch, drawn = Watch(trade.database, tuple(trade.configuration.entities)), random.Random(4)
    with mock.patch.object(trade.database, "write", watch.write):
        for _ in range(60):
            change(trade, drawn)
        trade.update("client", 1, Edit({"name": "other"}))
        with trade.batch() as batch:
            for number, *_ in trade.page(Query("order", limit=30)).rows:
                batch.update("order", number, {"note": "x"}, {"note": None})
    assert watch.seen > 250
    assert not watch.missed


@given(st.sets(st.integers(1, 60), min_size=1))
def test_ids_side_by_side_are_told_by_the_first_and_the_last(ids: set[int]) -> None:
    assert set(_ids(",".join(_spans(ids)))) == ids


def test_the_log_stays_short_and_says_where_it_no_longer_goes_back(trade: Records) -> None:
    database = trade.database
    with database.write() as connection:
        first = mark(database, connection)
        for _ in range(KEPT + 2 * LATE):
            tell_all(database, connection, ["client"])
        now = mark(database, connection)
        assert connection.execute(text("SELECT count(*) FROM _touched")).scalar_one() <= KEPT + LATE
        assert touched_since(database, connection, first, now) is None
        late = Mark(now.at - 5, now.row - 5, first.turn)
        assert touched_since(database, connection, late, now) == {"client": None}
