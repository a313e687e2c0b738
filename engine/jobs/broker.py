"""huey over our own database: its queue is a table beside the records, and its messages name jobs and nothing else.

huey pickles what it is given, and its own storages open connections of their own. Here a message is a line of JSON
with the id of a job; what the job is stands in the row of the job. Schedules and results of huey are not used.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any

from huey import Huey
from huey.constants import EmptyData
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import BaseStorage

from engine.storage import Database
from engine.storage import jobs as rows

POLL_SECONDS = 0.5
"""How often an idle worker looks: a job begins within this time, and nobody notices the looking."""


class Storage(BaseStorage):  # type: ignore[misc]  # huey is published without types
    """What huey asks of its storage, answered by the table of the queue."""

    def __init__(self, name: str, database: Database) -> None:
        super().__init__(name)
        self._database = database

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        with self._database.write() as connection:
            rows.put(connection, data.decode(), int(priority or 0))

    def dequeue(self) -> bytes | None:
        with self._database.read() as connection:
            if rows.is_empty(connection):
                return None
        with self._database.write() as connection:
            taken = rows.take(connection)
        return taken.encode() if taken else None

    def queue_size(self) -> int:
        with self._database.read() as connection:
            return rows.queued(connection)

    def enqueued_items(self, limit: int | None = None) -> list[bytes]:
        with self._database.read() as connection:
            return [found.encode() for found in rows.messages(connection, limit)]

    def flush_queue(self) -> None:
        with self._database.write() as connection:
            rows.clear_queue(connection)

    def read_schedule(self, ts: dt.datetime) -> Sequence[bytes]:
        """Nothing is ever scheduled."""
        return ()

    def schedule_size(self) -> int:
        return 0

    def peek_data(self, key: bytes) -> Any:
        """No results and no revocations are kept: the row of a job says all that."""
        return EmptyData

    def delete_data(self, key: bytes) -> bool:
        return False


class Messages(Serializer):  # type: ignore[misc]
    """The one message there is, as JSON."""

    def __init__(self, task: str) -> None:
        super().__init__()
        self._task = task

    def _serialize(self, data: Message) -> bytes:
        return rows.message(data.args[0]).encode()

    def _deserialize(self, data: bytes) -> Message:
        job = int(json.loads(data)["job"])
        return Message(id=f"job-{job}", name=self._task, retries=0, retry_delay=0, args=(job,), kwargs={})


class Hands(Consumer):  # type: ignore[misc]
    """huey's threads. Who ends them, and when, the process decides that they run in."""

    @property
    def threads(self) -> list[Thread]:
        """Those that take jobs."""
        return [thread for _, thread in self.worker_threads]

    def _set_signal_handlers(self) -> None:
        """None of huey's: it would start the program anew at a hang-up."""


def hands(database: Database, run: Callable[[int], None], threads: int) -> Hands:
    """Threads that take jobs from the queue and run them; not yet started."""
    name = "run"
    queue = Huey(
        "kartoteka",
        results=False,
        serializer=Messages(f"{run.__module__}.{name}"),
        storage_class=Storage,
        database=database,
    )
    queue.task(name=name)(run)
    return Hands(
        queue,
        workers=threads,
        periodic=False,
        initial_delay=POLL_SECONDS,
        max_delay=POLL_SECONDS,
        backoff=1.0,
        scheduler_interval=60,
    )
