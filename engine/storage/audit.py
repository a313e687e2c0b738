"""The audit log as rows: written once, read by what, who and when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from engine.storage.system import system_table

_AUDIT, _USER = system_table("_audit"), system_table("_user")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit log: what happened, when, who did it, whom it was about, and what else is known."""

    id: int
    at: dt.datetime
    event: str
    by: int | None
    by_name: str
    subject: int | None
    subject_name: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines of the audit log are wanted; None means any. `person` did it or it was about them."""

    event: str | None = None
    person: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def add(connection: Connection, line: Mapping[str, Any]) -> None:
    """Write one line, whose values are named like the columns."""
    connection.execute(insert(_AUDIT).values(line))


def lines(connection: Connection, sought: Sought, *, limit: int, before: int | None = None) -> list[Line]:
    """Lines with the names of people as they are today, the newest first; `before` is the id where an earlier page ended."""
    by, subject = _USER.alias(), _USER.alias()
    wanted = (
        select(_AUDIT, by.c.name.label("by_name"), subject.c.name.label("subject_name"))
        .join_from(_AUDIT, by, by.c.id == _AUDIT.c.done_by, isouter=True)
        .join(subject, subject.c.id == _AUDIT.c.subject, isouter=True)
        .order_by(_AUDIT.c.id.desc())
        .limit(limit)
    )
    for condition in _conditions(sought, before):
        wanted = wanted.where(condition)
    return [
        Line(
            row.id,
            row.at,
            row.event,
            row.done_by,
            row.by_name or "",
            row.subject,
            row.subject_name or "",
            json.loads(row.details),
        )
        for row in connection.execute(wanted)
    ]


def _conditions(sought: Sought, before: int | None) -> list[Any]:
    found: list[Any] = []
    if sought.event is not None:
        found.append(_AUDIT.c.event == sought.event)
    if sought.person is not None:
        found.append(or_(_AUDIT.c.done_by == sought.person, _AUDIT.c.subject == sought.person))
    if sought.since is not None:
        found.append(_AUDIT.c.at >= sought.since)
    if sought.until is not None:
        found.append(_AUDIT.c.at < sought.until)
    if before is not None:
        found.append(_AUDIT.c.id < before)
    return found
