"""The queue that huey's threads take from: each message once, as JSON, in the same transaction as its job."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.jobs.broker import hands
from engine.jobs.door import Jobs
from engine.rights import SYSTEM
from engine.storage import Database
from engine.storage import jobs as rows
from tests.shop import open_shop


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    records = open_shop(database_url)
    yield records.database
    records.database.close()


def nothing(_: int) -> None:
    """What a message is about, for nobody."""


def test_what_huey_would_write_is_what_a_job_leaves(database: Database) -> None:
    queue = hands(database, nothing, 1).huey
    asked = Jobs(database, SYSTEM).start("count", {})
    assert [bytes(found) for found in queue.storage.enqueued_items()] == [b'{"job": %d}' % asked]
    task = queue.dequeue()
    assert (task.args, queue.storage.queue_size()) == ((asked,), 0)
    assert queue.dequeue() is None
    queue.enqueue(task)
    assert [bytes(found) for found in queue.storage.enqueued_items()] == [b'{"job": %d}' % asked]
    queue.storage.flush_queue()
    assert queue.storage.queue_size() == 0


def test_nobody_gets_what_another_has(database: Database) -> None:
    asked = [Jobs(database, SYSTEM).start("count", {}) for _ in range(40)]
    storage = hands(database, nothing, 1).huey.storage
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: storage.dequeue(), range(60)))
    assert sorted(one for one in taken if one) == sorted(rows.message(job).encode() for job in asked)


def test_what_is_urgent_comes_first(database: Database) -> None:
    with database.write() as connection:
        usual = rows.add_job(connection, "count", {}, None)
        urgent = rows.add_job(connection, "count", {}, None, priority=1)
    storage = hands(database, nothing, 1).huey.storage
    assert [storage.dequeue() for _ in range(2)] == [rows.message(job).encode() for job in (urgent, usual)]


def test_a_job_of_a_transaction_that_fails_leaves_no_message(database: Database) -> None:
    with database.trial() as connection:
        rows.add_job(connection, "count", {}, None)
    with database.read() as connection:
        assert rows.is_empty(connection)
        assert rows.waiting(connection) == []
