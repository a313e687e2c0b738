"""Which records each transaction has touched, as a log: by it, what is kept of them in memory is brought up to date.

On SQLite, whose writer is alone, transactions commit in the order of the log. On PostgreSQL one that began earlier may
commit later; there each row has the number of its transaction, and everything is read again that was not yet certain
to have ended. See https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from threading import Lock
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, cast, delete, func, insert, literal, select
from sqlalchemy import Text as Words

from engine.storage.changes import Changes
from engine.storage.database import Database
from engine.storage.system import system_table

_TOUCHED = system_table("_touched")
MOST = 50_000
"""Beyond so many records of an entity the log says that any may have changed."""
KEPT = 10_000
"""So many rows stay. Whoever looks so rarely begins anew."""
PRUNED_EVERY = 500
LATE = 1000
_TURN = Lock()
_TURNS = count(1)
"""A transaction of PostgreSQL that commits late may be so many rows behind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one transaction sees of the log: everything before `at`, which is the number of a row or of a transaction.

    `row` is the last row that was there, `turn` counts the transactions of this process in the order of what they see.
    """

    at: int
    row: int
    turn: int

    def sees_more(self, other: Mark, database: Database) -> bool:
        """Whether something may have been touched that the other did not see yet."""
        return self.row > other.row if database.sqlite else self.turn > other.turn


Touched = Mapping[str, frozenset[int] | None]
"""The ids of touched records by entity; None where any may have been."""


def tell(database: Database, connection: Connection, changes: Changes) -> None:
    """Add to the log what a transaction has touched."""
    records = changes.touched()
    for entity in sorted(records.keys() | changes.whole):
        ids = records.get(entity, set())
        if entity in changes.whole or len(ids) > MOST:
            _add(database, connection, entity, None)
        elif ids:
            _add(database, connection, entity, ",".join(_spans(ids)))


def tell_of(database: Database, connection: Connection, entity: str, record_id: int) -> None:
    """Add to the log that something about a record has changed that is not a field of it."""
    _add(database, connection, entity, str(record_id))


def tell_all(database: Database, connection: Connection, entities: Iterable[str]) -> None:
    """Add to the log that any record of these entities may have changed."""
    for entity in sorted(entities):
        _add(database, connection, entity, None)


def mark(database: Database, connection: Connection) -> Mark:
    """What a transaction sees. To be asked first in it: only then has it not seen less than those with earlier turns."""
    if database.sqlite:
        last = database.prepared("touched.last", lambda: select(_TOUCHED.c.id).order_by(_TOUCHED.c.id.desc()).limit(1))
        found = last.raw(connection, {})
        row = found[0][0] if found else 0
        return Mark(row + 1, row, next(_TURNS))
    with _TURN:
        at, row = database.prepared("touched.mark", _marked).raw(connection, {})[0]
        return Mark(at, row, next(_TURNS))


def touched_since(database: Database, connection: Connection, before: Mark, now: Mark) -> Touched | None:
    """What has been touched since an earlier mark; None where the log does not go back so far."""
    if not now.sees_more(before, database):
        return {}
    if now.row > KEPT and before.row < now.row - KEPT + LATE:
        return None
    found: dict[str, set[int] | None] = {}
    for entity, spans in database.prepared("touched.since", lambda: _since(database)).raw(
        connection, {"since": before.at}
    ):
        known = found.setdefault(entity, set())
        if spans is None:
            found[entity] = None
        elif known is not None:
            known.update(_ids(spans))
    return {entity: None if ids is None else frozenset(ids) for entity, ids in found.items()}


def _since(database: Database) -> Select[Any]:
    column = _TOUCHED.c.id if database.sqlite else _TOUCHED.c.transaction
    return select(_TOUCHED.c.entity, _TOUCHED.c.spans).where(column >= bindparam("since", type_=BigInteger))


def _marked() -> Select[Any]:
    oldest = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Words), BigInteger)
    newest = select(func.coalesce(func.max(_TOUCHED.c.id), 0)).scalar_subquery()
    return select(oldest.label("at"), newest.label("row"))


def _add(database: Database, connection: Connection, entity: str, spans: str | None) -> None:
    def build() -> Any:
        own: Any = literal(None) if database.sqlite else cast(cast(func.pg_current_xact_id(), Words), BigInteger)
        values = {"entity": bindparam("entity"), "spans": bindparam("spans"), "transaction": own}
        return insert(_TOUCHED).values(values).returning(_TOUCHED.c.id)

    added = database.prepared("touched.add", build).raw(connection, {"entity": entity, "spans": spans})
    if added[0][0] % PRUNED_EVERY == 0:
        connection.execute(delete(_TOUCHED).where(_TOUCHED.c.id <= added[0][0] - KEPT))


def _spans(ids: Collection[int]) -> Iterator[str]:
    """Ids as text, those side by side as the first and the last of them."""
    ordered = sorted(ids)
    first = last = ordered[0]
    for one in chain(ordered[1:], (None,)):
        if one == last + 1:
            last = one
            continue
        yield str(first) if first == last else f"{first}-{last}"
        if one is not None:
            first = last = one


def _ids(spans: str) -> Iterator[int]:
    for span in spans.split(","):
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)
