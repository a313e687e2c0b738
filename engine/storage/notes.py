"""The statements about what people write on records, and about whom they name in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from engine.storage.sharing import number_by_chance
from engine.storage.system import system_table

_NOTE = system_table("_note")
_MENTION = system_table("_mention")
_USER = system_table("_user")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note as its row holds it."""

    id: int
    entity: str
    record_id: int
    kind: str
    at: dt.datetime
    text: str
    next_step: str
    next_on: dt.date | None
    done_at: dt.datetime | None
    written_by: int
    written_at: dt.datetime
    changed_at: dt.datetime | None
    trashed_at: dt.datetime | None


_COLUMNS = [_NOTE.c[name] for name in NoteRow.__dataclass_fields__]


def of_record(connection: Connection, entity: str, record_id: int) -> list[NoteRow]:
    """The notes on a record, the latest first."""
    here = and_(_NOTE.c.entity == entity, _NOTE.c.record_id == record_id, _NOTE.c.trashed_at.is_(None))
    found = connection.execute(select(*_COLUMNS).where(here).order_by(_NOTE.c.at.desc(), _NOTE.c.id.desc()))
    return [NoteRow(*row) for row in found]


def note(connection: Connection, number: int) -> NoteRow | None:
    """One note, deleted or not."""
    row = connection.execute(select(*_COLUMNS).where(_NOTE.c.id == number)).first()
    return NoteRow(*row) if row else None


def add_note(connection: Connection, values: Mapping[str, Any]) -> int:
    """Keep a new note under a number that nobody has."""
    number = number_by_chance(connection, _NOTE)
    connection.execute(insert(_NOTE).values(id=number, **values))
    return number


def change_note(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(_NOTE).where(_NOTE.c.id == number).values(**values))


def ahead(connection: Connection, user: int, limit: int) -> list[NoteRow]:
    """The notes of a user whose next step is not done, by the day on which it is due, those without one last."""
    open_ = and_(or_(_NOTE.c.next_step != "", _NOTE.c.next_on.is_not(None)), _NOTE.c.done_at.is_(None))
    mine = and_(_NOTE.c.written_by == user, open_, _NOTE.c.trashed_at.is_(None))
    order = _NOTE.c.next_on.is_(None), _NOTE.c.next_on, _NOTE.c.at, _NOTE.c.id
    return [NoteRow(*row) for row in connection.execute(select(*_COLUMNS).where(mine).order_by(*order).limit(limit))]


# Whom notes name


def people(connection: Connection) -> list[tuple[int, str]]:
    """Who can be named: everybody who may sign in, with their names."""
    found = connection.execute(select(_USER.c.id, _USER.c.name).where(_USER.c.active).order_by(_USER.c.id))
    return [(number, name) for number, name in found]


def named_in(connection: Connection, numbers: Collection[int]) -> dict[int, set[int]]:
    """The users whom each of these notes names."""
    found: dict[int, set[int]] = {}
    if numbers:
        wanted = select(_MENTION.c.note_id, _MENTION.c.user_id).where(_MENTION.c.note_id.in_(sorted(numbers)))
        for number, user in connection.execute(wanted):
            found.setdefault(number, set()).add(user)
    return found


def add_mentions(connection: Connection, number: int, users: Sequence[int]) -> None:
    if users:
        connection.execute(insert(_MENTION), [{"note_id": number, "user_id": user} for user in users])


def unread(connection: Connection, user: int, limit: int) -> list[NoteRow]:
    """The notes of others that name a user who has not put them aside, the latest first."""
    joined = _NOTE.join(_MENTION, _MENTION.c.note_id == _NOTE.c.id)
    mine = and_(_MENTION.c.user_id == user, _MENTION.c.read_at.is_(None), _NOTE.c.trashed_at.is_(None))
    wanted = select(*_COLUMNS).select_from(joined).where(mine).order_by(_NOTE.c.written_at.desc(), _NOTE.c.id)
    return [NoteRow(*row) for row in connection.execute(wanted.limit(limit))]


def read(connection: Connection, user: int, number: int, now: dt.datetime) -> None:
    """A user has put one note aside."""
    _read(connection, user, _MENTION.c.note_id == number, now)


def read_all(connection: Connection, user: int, entity: str, record_id: int, now: dt.datetime) -> None:
    """A user has seen what stands on a record."""
    here = select(_NOTE.c.id).where(_NOTE.c.entity == entity, _NOTE.c.record_id == record_id)
    _read(connection, user, _MENTION.c.note_id.in_(here), now)


def _read(connection: Connection, user: int, which: ColumnElement[bool], now: dt.datetime) -> None:
    mine = and_(_MENTION.c.user_id == user, _MENTION.c.read_at.is_(None), which)
    connection.execute(update(_MENTION).where(mine).values(read_at=now))
