"""The rows of jobs and of the queue from which workers take them.

A job has one row for as long as it is remembered; while it waits it also has a message in the queue. Each statement
names the attempt that it is about, so that a worker that was thought dead changes nothing when it comes back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, null, select, update

from engine.storage.statement import Row
from engine.storage.system import system_table

_JOB = system_table("_job")
_QUEUE = system_table("_queue")
_USER = system_table("_user")
_ACT = system_table("_job_act")
_ACTION = system_table("_action")

_SHOWN = (
    _JOB.c.id,
    _JOB.c.kind,
    _JOB.c.params,
    _JOB.c.asked_by,
    _USER.c.name,
    _JOB.c.state,
    _JOB.c.done,
    _JOB.c.total,
    _JOB.c.result,
    _JOB.c.cancel,
    _JOB.c.created_at,
    _JOB.c.started_at,
    _JOB.c.finished_at,
    exists().where(_ACT.c.job_id == _JOB.c.id),
)


# The queue


def message(job_id: int) -> str:
    """What stands in the queue for a job."""
    return json.dumps({"job": job_id})


def put(connection: Connection, said: str, priority: int = 0) -> None:
    """Add a message at the end of the queue, or before those of less priority."""
    connection.execute(insert(_QUEUE).values(message=said, priority=priority))


def queued(connection: Connection) -> int:
    """How many messages wait."""
    return connection.execute(select(func.count()).select_from(_QUEUE)).scalar_one()


def is_empty(connection: Connection) -> bool:
    """Whether nothing waits: what idle workers ask all the time."""
    return not connection.execute(select(exists(select(_QUEUE.c.id)))).scalar_one()


def messages(connection: Connection, limit: int | None = None) -> list[str]:
    """What waits, in its order; it stays there."""
    ordered = select(_QUEUE.c.message).order_by(_QUEUE.c.priority.desc(), _QUEUE.c.id).limit(limit)
    return list(connection.execute(ordered).scalars())


def take(connection: Connection) -> str | None:
    """Remove the first message and return it; no two workers get the same."""
    first = select(_QUEUE.c.id).order_by(_QUEUE.c.priority.desc(), _QUEUE.c.id).limit(1)
    taken = first.with_for_update(skip_locked=True).scalar_subquery()
    return connection.execute(delete(_QUEUE).where(_QUEUE.c.id == taken).returning(_QUEUE.c.message)).scalar()


def clear_queue(connection: Connection) -> None:
    connection.execute(delete(_QUEUE))


# Jobs as people see them


def add_job(
    connection: Connection, kind: str, params: Mapping[str, Any], asked_by: int | None, *, priority: int = 0
) -> int:
    """Add a job that waits, and its message; both are there when the transaction ends, or neither."""
    values = {
        "kind": kind,
        "params": json.dumps(params, ensure_ascii=False),
        "asked_by": asked_by,
        "state": "waiting",
        "created_at": dt.datetime.now(dt.UTC),
    }
    job_id = int(connection.execute(insert(_JOB).values(values).returning(_JOB.c.id)).scalar_one())
    put(connection, message(job_id), priority)
    return job_id


def job(connection: Connection, job_id: int) -> Row | None:
    found = connection.execute(_jobs().where(_JOB.c.id == job_id)).first()
    return tuple(found) if found else None


def jobs(connection: Connection, asked_by: int | None, limit: int) -> Sequence[Row]:
    """The newest jobs, of one person or of all."""
    rows = _jobs().order_by(_JOB.c.id.desc()).limit(limit)
    return [tuple(row) for row in connection.execute(rows if asked_by is None else rows.where(_mine(asked_by)))]


def acts(connection: Connection, job_id: int) -> list[tuple[int, Mapping[str, Mapping[str, int]]]]:
    """What a job has done to records so far, in all its attempts: acts in their order, each with what it came to."""
    mine = select(_ACTION.c.id, _ACTION.c.summary).join(_ACT, _ACT.c.action_id == _ACTION.c.id)
    found = connection.execute(mine.where(_ACT.c.job_id == job_id).order_by(_ACTION.c.id))
    return [(number, json.loads(summary)) for number, summary in found]


def cancel(connection: Connection, job_id: int) -> None:
    """End a job that waits; wish that one that runs would end."""
    now = dt.datetime.now(dt.UTC)
    waiting = update(_JOB).where(_JOB.c.id == job_id, _JOB.c.state == "waiting")
    if not connection.execute(waiting.values(state="cancelled", finished_at=now)).rowcount:
        connection.execute(update(_JOB).where(_JOB.c.id == job_id, _JOB.c.state == "running").values(cancel=True))


def forget_jobs(connection: Connection, before: dt.datetime) -> int:
    """Remove what ended before that moment; how many."""
    return connection.execute(delete(_JOB).where(_JOB.c.finished_at < before)).rowcount


def _jobs() -> Select[Any]:
    return select(*_SHOWN).select_from(_JOB.outerjoin(_USER, _USER.c.id == _JOB.c.asked_by))


def _mine(asked_by: int) -> Any:
    return _JOB.c.asked_by == asked_by


# Jobs as workers see them


def begin(connection: Connection, job_id: int, worker: str) -> Row | None:
    """Make a job that waits one that runs: kind, params, asked by, attempt, deaths. None where it no longer waits."""
    now = dt.datetime.now(dt.UTC)
    changed = {
        "state": "running",
        "attempt": _JOB.c.attempt + 1,
        "worker": worker,
        "started_at": now,
        "seen_at": now,
        "done": 0,
        "total": null(),
    }
    said = (_JOB.c.kind, _JOB.c.params, _JOB.c.asked_by, _JOB.c.attempt, _JOB.c.deaths)
    waiting = update(_JOB).where(_JOB.c.id == job_id, _JOB.c.state == "waiting")
    found = connection.execute(waiting.values(changed).returning(*said)).first()
    return tuple(found) if found else None


def see(connection: Connection, job_id: int, attempt: int, done: int, total: int | None) -> bool | None:
    """Say that a job is alive and how far it is; whether somebody wants it to end. None: it is another worker's now."""
    changed = {"seen_at": dt.datetime.now(dt.UTC), "done": done, "total": total}
    return connection.execute(_run(job_id, attempt).values(changed).returning(_JOB.c.cancel)).scalar()


def end(connection: Connection, job_id: int, attempt: int, values: Mapping[str, Any]) -> bool:
    """Note how a job has ended; false where it is another worker's now."""
    ended = {"finished_at": dt.datetime.now(dt.UTC), **values}
    return bool(connection.execute(_run(job_id, attempt).values(ended)).rowcount)


def hand_back(connection: Connection, job_id: int, attempt: int, *, died: bool = False) -> bool:
    """Let a job wait again whose worker has ended, or died, before it; false where it no longer runs."""
    deaths = _JOB.c.deaths + int(died)
    waits = {"deaths": deaths, "state": "waiting", "worker": null(), "seen_at": null(), "done": 0, "total": null()}
    given = bool(connection.execute(_run(job_id, attempt).values(waits)).rowcount)
    if given:
        put(connection, message(job_id))
    return given


def running(connection: Connection) -> list[tuple[int, int, str, dt.datetime]]:
    """The jobs that run: id, attempt, worker and last sign of life."""
    columns = (_JOB.c.id, _JOB.c.attempt, _JOB.c.worker, _JOB.c.seen_at)
    rows = connection.execute(select(*columns).where(_JOB.c.state == "running"))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def waiting(connection: Connection) -> list[int]:
    """The jobs that wait."""
    return list(connection.execute(select(_JOB.c.id).where(_JOB.c.state == "waiting").order_by(_JOB.c.id)).scalars())


def is_asked(connection: Connection, kind: str) -> bool:
    """Whether a job of this kind waits or runs."""
    under_way = select(_JOB.c.id).where(_JOB.c.kind == kind, _JOB.c.state.in_(("waiting", "running")))
    return bool(connection.execute(select(exists(under_way))).scalar_one())


def _run(job_id: int, attempt: int) -> Any:
    return update(_JOB).where(_JOB.c.id == job_id, _JOB.c.attempt == attempt, _JOB.c.state == "running")
