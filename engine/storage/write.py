"""Writing: inserting, changing and trashing rows, links and counters. Validation happens before, in `engine.records`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select, update
from sqlalchemy import column as named_column
from sqlalchemy import table as named_table
from sqlalchemy.dialects import postgresql, sqlite

from engine.fields.column import FILES
from engine.storage import history, trigram
from engine.storage.bulk import Columns, each_once, insert_columns
from engine.storage.changes import Changes
from engine.storage.database import Collided, Database
from engine.storage.fold import fold
from engine.storage.history import Origin, Stamp
from engine.storage.reach import among, bound
from engine.storage.recording import Recording
from engine.storage.tables import FOLD, Tables

Values = Mapping[str, Any]


def insert_if_absent(database: Database, table: Table, values: Values) -> Any:
    """An INSERT that does nothing where the key is taken, even by a transaction still under way."""
    dialect = sqlite if database.sqlite else postgresql
    return dialect.insert(table).values(values).on_conflict_do_nothing()


def _last_given() -> Select[Any]:
    """The last id that SQLite has given in a table."""
    given = named_table("sqlite_sequence", named_column("name"), named_column("seq"))
    return select(given.c.seq).where(given.c.name == bindparam("table"))


@dataclass(frozen=True)
class Writer:
    """The writing statements over one database and configuration, on behalf of one person, at one moment."""

    database: Database
    tables: Tables
    by: int | None
    at: dt.datetime
    changes: Changes = field(default_factory=Changes)
    origin: Origin = "program"

    @cached_property
    def recording(self) -> Recording:
        """What history will tell of this transaction."""
        return Recording(self.changes)

    def keep_history(self, connection: Connection) -> int | None:
        """Write what has been recorded; the action that it is, if it is more than a single change."""
        return history.keep(
            self.database, connection, self.tables, self.recording, Stamp(self.by, self.at, self.origin)
        )

    def insert(self, connection: Connection, entity: str, values: Values) -> int:
        """Insert one row of final values; its id."""
        row = self._row(entity, values) | self._stamps("_created", "_updated") | {"_version": 1}
        table = self.tables.entities[entity]

        def build() -> Any:
            return (
                insert(table)
                .values({name: bindparam(name, type_=table.c[name].type) for name in row})
                .returning(table.c.id)
            )

        prepared = self.database.prepared((self.tables, "insert", entity, tuple(row)), build)
        record_id = int(prepared.raw(connection, row)[0][0])
        self.changes.note_existence(entity, (record_id,))
        return record_id

    def insert_each(self, connection: Connection, entity: str, rows: Sequence[Values]) -> range:
        """Insert several rows of final values by one statement; their ids."""
        first = self.next_ids(connection, entity, len(rows))
        ids = range(first, first + len(rows))
        names = dict.fromkeys(name for row in rows for name in row)
        self.insert_many(connection, entity, ids, {name: [row.get(name) for row in rows] for name in names})
        return ids

    def insert_many(self, connection: Connection, entity: str, ids: range, columns: Columns) -> None:
        """Insert rows with these ids, whose values stand in columns of that length."""
        table = self.tables.entities[entity]
        given = {"id": ids, **self._shadowed(entity, columns)}
        stamps = {**self._stamps("_created", "_updated"), "_version": 1}
        given.update((name, (value,) * len(ids)) for name, value in stamps.items())
        indexing = trigram.at_once(connection, table, ids) if self.database.sqlite else nullcontext()
        with indexing:
            insert_columns(self.database, connection, table, given)
        self.changes.note_existence(entity, ids)

    def _shadowed(self, entity: str, columns: Columns) -> Columns:
        """The columns, with folded shadows and titles added."""
        described = self.tables.configuration.entities[entity]
        table = self.tables.entities[entity]
        found = dict(columns)
        for name, values in columns.items():
            field = described.fields.get(name)
            if field and name + FOLD in table.c:
                found[name + FOLD] = each_once(each_once(values, field.search_text), fold)
            if field and name == described.title_field:
                found["_title"] = each_once(values, field.title_text)
                found[f"_title{FOLD}"] = each_once(found["_title"], fold)
        return found

    def next_ids(self, connection: Connection, entity: str, number: int) -> int:
        """Reserve `number` ids for rows inserted in bulk; the first of them. Within a write transaction only."""
        table = self.tables.entities[entity]
        if self.database.sqlite:
            found = self.database.prepared("sqlite_sequence", _last_given).raw(connection, {"table": table.name})
            return int(found[0][0]) + 1 if found else 1
        sequence = connection.exec_driver_sql("SELECT pg_get_serial_sequence(%s, 'id')", (f'"{table.name}"',)).scalar()
        # Others may take numbers of the same sequence at this moment; these must stand side by side.
        taking = (
            "SELECT min(taken), max(taken) FROM (SELECT nextval(%s) AS taken FROM generate_series(1, %s)) AS numbers"
        )
        while True:
            first, last = connection.exec_driver_sql(taking, (sequence, max(number, 1))).one()
            if last - first + 1 == max(number, 1):
                return int(first)

    def update(self, connection: Connection, entity: str, record_id: int, values: Values) -> None:
        """Change columns of one row and raise its version."""
        row = self._row(entity, values) | self._stamps("_updated")
        table = self.tables.entities[entity]
        self._leave(connection, entity, (record_id,), values)
        self.changes.note(entity, values, (record_id,))
        self.changes.note_besides(entity, (record_id,))

        def build() -> Any:
            changes: dict[str, Any] = {name: bindparam(name, type_=table.c[name].type) for name in row}
            changes["_version"] = table.c._version + 1
            return update(table).where(table.c.id == bindparam("record")).values(changes)

        prepared = self.database.prepared((self.tables, "update", entity, tuple(row)), build)
        prepared.run(connection, row | {"record": record_id})

    def point_elsewhere(
        self, connection: Connection, entity: str, name: str, ids: Sequence[int], change: tuple[int | None, int]
    ) -> list[int]:
        """Let a reference of many records lead to another one, where it still leads to the first; which they are."""
        table, (before, after) = self.tables.entities[entity], change
        row = self._row(entity, {name: after}) | self._stamps("_updated") | {"_version": table.c._version + 1}
        leading = update(table).where(among(self.database, table.c.id), table.c[name] == before)
        found = connection.execute(leading.values(row).returning(table.c.id), bound(self.database, ids))
        changed = list(found.scalars())
        if before is not None and (entity, name) in self.tables.computation.watched:
            self.changes.note_former(entity, name, (before,))
        self.changes.note(entity, (name,), changed)
        for record_id in changed:
            self.recording.changed(entity, record_id, {name: change}, watch=False)
        return changed

    def lock(self, connection: Connection, entity: str, record_id: int) -> None:
        """Keep others from changing a record until the end of the transaction; SQLite's writer is alone anyway."""
        if self.database.sqlite:
            return
        table = self.tables.entities[entity]
        prepared = self.database.prepared(
            (self.tables, "lock", entity),
            lambda: select(table.c.id).where(table.c.id == bindparam("record")).with_for_update(),
        )
        prepared.raw(connection, {"record": record_id})

    def lock_all(self, connection: Connection, entity: str, ids: Sequence[int]) -> None:
        """The same for several, in the order of their ids, so that two who do so wait for each other only one way."""
        if not self.database.sqlite:
            table = self.tables.entities[entity]
            mine = select(table.c.id).where(among(self.database, table.c.id)).order_by(table.c.id).with_for_update()
            connection.execute(mine, bound(self.database, ids)).all()

    def trash(self, connection: Connection, entity: str, ids: Sequence[int]) -> set[int]:
        """Put live rows into the trash; which they were."""
        table = self.tables.entities[entity]
        self.changes.note_existence(entity, ids)
        changes = {"_trashed_at": self.at, "_trashed_by": self.by}
        live = update(table).where(among(self.database, table.c.id), table.c._trashed_at.is_(None))
        gone = connection.execute(live.values(changes).returning(table.c.id), bound(self.database, ids))
        return set(gone.scalars())

    def untrash(self, connection: Connection, entity: str, ids: Sequence[int]) -> None:
        table = self.tables.entities[entity]
        self.changes.note_existence(entity, ids)
        back = update(table).where(among(self.database, table.c.id)).values(_trashed_at=None, _trashed_by=None)
        connection.execute(back, bound(self.database, ids))

    def pointing(self, connection: Connection, entity: str, column: str, ids: Sequence[int]) -> list[tuple[int, int]]:
        """(record, target) of live rows whose reference points at one of the ids."""
        table = self.tables.entities[entity]
        pointing = among(self.database, table.c[column]), table.c._trashed_at.is_(None)
        found = connection.execute(select(table.c.id, table.c[column]).where(*pointing), bound(self.database, ids))
        return [(record_id, target) for record_id, target in found]

    def trashed_with(
        self, connection: Connection, entity: str, column: str, target: int, moment: dt.datetime
    ) -> list[int]:
        """Rows pointing at `target` that went into the trash at the same moment as it."""
        table = self.tables.entities[entity]
        rows = select(table.c.id).where(table.c[column] == target, table.c._trashed_at == moment)
        return [record_id for (record_id,) in connection.execute(rows)]

    def clear(
        self, connection: Connection, entity: str, column: str, pairs: Sequence[tuple[int, int]], target: str
    ) -> None:
        """Blank references to trashed records and remember them, so that restoring brings them back."""
        table, cleared = self.tables.entities[entity], self.tables.system("_cleared")
        kept = [
            {"entity": entity, "field": column, "record_id": record, "target": target, "target_id": to}
            for record, to in pairs
        ]
        connection.execute(insert(cleared), kept)
        ids = [record for record, _ in pairs]
        for record, to in pairs:
            self.recording.changed(entity, record, {column: (to, None)}, watch=False)
        self.changes.note_former(entity, column, (to for _, to in pairs))
        self.changes.note(entity, (column,), ids)
        blank = {column: None, "_version": table.c._version + 1}
        mine = update(table).where(among(self.database, table.c.id)).values(blank)
        connection.execute(mine, bound(self.database, ids))

    def bring_back(self, connection: Connection, target: str, target_id: int) -> None:
        """Put back the references that were blanked when this record went into the trash, where they still are blank."""
        cleared = self.tables.system("_cleared")
        mine = (cleared.c.target == target) & (cleared.c.target_id == target_id)
        for entity, column, record_id in connection.execute(
            select(cleared.c.entity, cleared.c.field, cleared.c.record_id).where(mine)
        ):
            table = self.tables.entities.get(entity)
            if table is not None and column in table.c:
                self.changes.note(entity, (column,), (record_id,))
                still = (table.c.id == record_id) & table.c[column].is_(None)
                back = update(table).where(still).values({column: target_id, "_version": table.c._version + 1})
                if connection.execute(back).rowcount:
                    self.recording.changed(entity, record_id, {column: (None, target_id)}, watch=False)
        connection.execute(delete(cleared).where(mine))

    def link(self, connection: Connection, entity: str, field: str, record_id: int, targets: Sequence[int]) -> None:
        """Make `targets` the ordered links of a field, or the attached files of it."""
        table = self.tables.links.get((entity, field))
        if table is None:
            self._attach(connection, entity, field, record_id, targets)
            return
        if (entity, field) in self.tables.computation.watched:
            before = select(table.c.target_id).where(table.c.record_id == record_id)
            self.changes.note_former(entity, field, connection.execute(before).scalars())
        self.changes.note(entity, (field,), (record_id,))
        gone = self.database.prepared(
            (self.tables, "unlink", entity, field),
            lambda: delete(table).where(table.c.record_id == bindparam("record")),
        )
        gone.run(connection, {"record": record_id})
        if targets:
            self.link_new(connection, entity, field, {record_id: targets})

    def link_new(self, connection: Connection, entity: str, field: str, links: Mapping[int, Sequence[int]]) -> None:
        """The links of many new records at once."""
        table = self.tables.links.get((entity, field))
        if table is None:
            for record_id, files in links.items():
                self._attach(connection, entity, field, record_id, files)
            return
        rows = [(record, target, place) for record, targets in links.items() for place, target in enumerate(targets)]
        if rows:
            names = ("record_id", "target_id", "position")
            insert_columns(self.database, connection, table, dict(zip(names, zip(*rows, strict=True), strict=True)))

    def _attach(self, connection: Connection, entity: str, field: str, record_id: int, files: Sequence[int]) -> None:
        # Files that are no longer named stay, without a record, until the clean-up of `engine.files` finds them.
        file: Table = self.tables.system(FILES)
        of_field = (file.c.entity == entity) & (file.c.field == field)
        dropped = of_field & (file.c.record_id == record_id) & file.c.id.not_in(files)
        connection.execute(update(file).where(dropped).values(record_id=None, loose_since=self.at))
        for number, key in enumerate(files):
            mine = of_field & (file.c.id == key) & (file.c.record_id.is_(None) | (file.c.record_id == record_id))
            taken = update(file).where(mine).values(record_id=record_id, position=number, loose_since=None)
            if not connection.execute(taken).rowcount:
                raise Collided(f"the file {key} has gone elsewhere meanwhile")

    def count_on(
        self, connection: Connection, entity: str, field: str, period: str, *, by: int = 1, start: int = 1
    ) -> int:
        """Raise a counter by `by` and give its new value; the row stays locked until the transaction ends."""
        counter = self.tables.system("_counter")
        mine = {"entity": entity, "field": field, "period": period}

        def raising() -> Any:
            keys = [counter.c[name] == bindparam(f"of_{name}") for name in mine]
            return (
                update(counter).where(*keys).values(value=counter.c.value + bindparam("by")).returning(counter.c.value)
            )

        prepared = self.database.prepared((self.tables, "count_on"), raising)
        bound = {**{f"of_{name}": value for name, value in mine.items()}, "by": by}
        found = prepared.raw(connection, bound)
        if not found:
            # Two first saves of a period on PostgreSQL: the second insert does nothing and the update then waits its turn.
            connection.execute(insert_if_absent(self.database, counter, {**mine, "value": start - 1}))
            found = prepared.raw(connection, bound)
        return int(found[0][0])

    def count_from(self, connection: Connection, entity: str, field: str, period: str, reached: int) -> None:
        """Let a counter go on from a number that came from elsewhere; it never goes back."""
        counter = self.tables.system("_counter")
        keys = {"entity": entity, "field": field, "period": period}
        connection.execute(insert_if_absent(self.database, counter, {**keys, "value": reached}))
        mine = (counter.c.entity == entity) & (counter.c.field == field) & (counter.c.period == period)
        connection.execute(update(counter).where(mine, counter.c.value < reached).values(value=reached))

    def submitted(self, connection: Connection, token: str) -> int | None:
        """The record that a form with this token has already made, if any."""
        submission = self.tables.system("_submission")
        prepared = self.database.prepared(
            "submitted", lambda: select(submission.c.record_id).where(submission.c.token == bindparam("token"))
        )
        found = prepared.raw(connection, {"token": token})
        return int(found[0][0]) if found else None

    def submit(self, connection: Connection, token: str, entity: str, record_id: int) -> None:
        submission = self.tables.system("_submission")
        prepared = self.database.prepared("submit", lambda: insert(submission))
        prepared.run(connection, {"token": token, "entity": entity, "record_id": record_id, "at": self.at})

    def _leave(self, connection: Connection, entity: str, ids: Sequence[int], names: Iterable[str]) -> None:
        """Note where links lead that are about to change, where something is computed over them."""
        table = self.tables.entities[entity]
        for name in names:
            if (entity, name) in self.tables.computation.watched:
                before = select(table.c[name]).where(table.c.id.in_(ids))
                self.changes.note_former(entity, name, connection.execute(before).scalars())

    def _row(self, entity: str, values: Values) -> dict[str, Any]:
        """The row of these values: folded shadows and the title added."""
        described = self.tables.configuration.entities[entity]
        table = self.tables.entities[entity]
        row: dict[str, Any] = {}
        for name, value in values.items():
            row[name] = value
            if name + FOLD in table.c:
                field = described.fields.get(name)
                row[name + FOLD] = fold(field.search_text(value)) if field and value is not None else None
        if described.title_field in values:
            shown = described.title_of(values)
            row["_title"] = shown
            row[f"_title{FOLD}"] = fold(shown) if shown else None
        return row

    def _stamps(self, *prefixes: str) -> dict[str, Any]:
        return {f"{prefix}_{what}": value for prefix in prefixes for what, value in (("at", self.at), ("by", self.by))}
