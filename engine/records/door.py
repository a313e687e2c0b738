"""Records: everything that is read or written, on behalf of one principal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine.expressions.choices import Choice
from engine.expressions.plan import TITLE
from engine.expressions.results import error_code
from engine.expressions.routes import Key
from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.model.entity import Pointer
from engine.problems import Refused, problem
from engine.query import Query
from engine.records.asking import Filling
from engine.records.batch import Batch
from engine.records.explaining import Explaining
from engine.records.explanation import Explanation
from engine.records.ruling import Ruling
from engine.records.saving import Saving, with_defaults
from engine.records.trash import Trash
from engine.records.values import NOTHING, Conflict, Draft, Edit, Found, Looks, Missing, Page, Preview, Record, Saved
from engine.rights import Principal, rights_of
from engine.storage import Collided, Connection, Database, stale
from engine.storage.jobs import add_job
from engine.storage.offers import Offer
from engine.storage.recompute import Recompute
from engine.storage.select import Count, Neighbours, Reader, Rows
from engine.storage.tables import ERROR, Tables
from engine.storage.write import Writer

T = TypeVar("T")
MOST_TITLES = 100_000
AT_ONCE = 20_000
"""So many records of one stage are computed by the save that changes them, more by a job."""
NONE_STALE: frozenset[Key] = frozenset()
CATCHING_UP = "catching_up"
"""The kind of job that does it."""
KnownTitles = dict[str, dict[int, str]]
"""The titles of records by target entity, kept from one batch of a stream to the next."""


class Records:
    """The door to the records of one database, for one principal. Cheap to make: one per request.

    Reading methods raise KeyError for an entity or field that does not exist for this principal, and Missing for a
    record; callers answer both alike.
    """

    def __init__(self, database: Database, tables: Tables, principal: Principal) -> None:
        self.database = database
        self.tables = tables
        self.configuration: Configuration = tables.configuration
        self.principal = principal
        self.rights = rights_of(self.configuration, principal)
        self._reader = Reader(database, tables, self.rights)
        self._connection: Connection | None = None

    # Reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Whatever is read inside comes from one state of the data, in one transaction; streams have their own."""
        with self.database.read() as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None

    def page(self, query: Query) -> Page:
        """One page of a list with its count, and the titles and links that its rows need."""
        stored = self._stored(query)
        with self._read() as connection:
            count = self._reader.count(connection, query)
            rows = self._reader.page(connection, stored, count)
            return self._page(connection, query, rows, count)

    def count(self, query: Query) -> Count:
        with self._read() as connection:
            return self._reader.count(connection, query)

    def stream(self, query: Query) -> Iterator[Page]:
        """Every record of a query, batch by batch: what exports read."""
        stored = self._stored(query)
        titles: KnownTitles = {}
        with self.database.read() as connection:
            for rows in self._reader.stream(connection, stored):
                yield self._page(connection, query, rows, Count(len(rows.rows)), titles)

    def get(self, entity: str, record_id: int, *, trashed: bool = False) -> Record:
        """One record with its lines and the titles of all it refers to.

        Raises:
            Missing: there is none, or not for this principal.
        """
        with self._read() as connection:
            return self._titled(connection, self._get(connection, entity, record_id, trashed=trashed))

    def blank(self, entity: str) -> Record:
        """A new record as its form opens: with defaults, without an id."""
        described = self.configuration.entities[entity]
        lines: dict[str, tuple[Record, ...]] = {
            name: () for name, field in described.fields.items() if field.kind == "lines"
        }
        with self._read() as connection:
            values = self._filling(connection).filled(entity, with_defaults(described, {}))
        return Record(entity, None, 0, "", values, lines)

    def looks(self, entity: str, ids: Iterable[int]) -> Mapping[int, Looks]:
        """How the cards of records look as they are now, by id; those absent of which everything is shown."""
        with self._read() as connection:
            return self._ruling(connection).looks(entity, ids)

    def explain(self, entity: str, record_id: int, field: str) -> Explanation:
        """Why a computed field of a record has its value.

        Raises:
            KeyError: there is no such computed field.
            Missing: there is no such record.
        """
        with self._read() as connection:
            explaining = Explaining(self.database, self.tables, self.rights, self._reader, connection, self.principal)
            return explaining.explanation(entity, record_id, field)

    def computing(self) -> frozenset[Key]:
        """The computed fields, as (entity, field), that are not up to date in every record: a job is at it."""
        if not self.tables.computation.stages:
            return NONE_STALE
        with self._read() as connection:
            waiting = stale.pending(self.database, connection)
        stages = ((entity, field) for _, entity, fields in waiting for field in fields)
        return self.tables.computation.affected(stages) if waiting else NONE_STALE

    def lookup(self, target: str, text: str, limit: int = 20, offer: Offer | None = None) -> list[tuple[int, str]]:
        """Records of `target` whose title contains every word of the text: the choices of a reference."""
        with self._read() as connection:
            return self._reader.lookup(connection, target, text, limit, offer)

    def offer(self, entity: str, name: str, draft: Draft | None = None) -> Offer | None:
        """What a reference offers for a record as it is being edited; None where it offers every record."""
        choice = self.choice(entity, name)
        if choice is None:
            return None
        return Offer(choice, self._said(entity, draft) if draft and choice.paths else {})

    def choice(self, entity: str, name: str) -> Choice | None:
        """The condition on what a reference leads to; None where it has none."""
        rules = self.tables.computation.rules.get(entity)
        return next((one for one in rules.choices if one.name == name), None) if rules else None

    def offered(self, offer: Offer, ids: Iterable[int]) -> set[int]:
        """Which of these records may be chosen."""
        with self._read() as connection:
            return self._reader.offered(connection, offer, ids)

    def titles(self, target: str, ids: Iterable[int]) -> dict[int, str]:
        """What records are called, those absent that this principal may not see."""
        with self._read() as connection:
            return self._reader.titles(connection, target, ids)

    def neighbours(self, query: Query, record_id: int) -> Neighbours:
        """The records before and after one in the list that it was opened from."""
        with self._read() as connection:
            return self._reader.neighbours(connection, replace(query, columns=()), record_id)

    def search(self, text: str, limit_per_entity: int = 5) -> tuple[Found, ...]:
        """Quick search over all entities but lines, a few hits of each."""
        found: list[Found] = []
        if not text.strip():
            return ()
        with self._read() as connection:
            for name, entity in self.configuration.entities.items():
                if entity.kind in ("child", "settings"):
                    continue
                query = Query(name, ("_title",), search=text, limit=limit_per_entity)
                found += [
                    Found(name, row[0], row[1] or f"#{row[0]}") for row in self._reader.some(connection, query).rows
                ]
        return tuple(found)

    # Writing

    def create(self, entity: str, edit: Edit, token: str | None = None) -> Saved:
        """Save a new record. A token that was used before gives the record it made then: one form, one record.

        Raises:
            Refused: with every Problem found; nothing was saved, and no number taken.
        """

        def work(connection: Connection) -> Saved:
            writer = self._writer()
            done = writer.submitted(connection, token) if token else None
            if done is not None:
                titles = self._reader.titles(connection, entity, [done])
                return Saved(done, 1, titles.get(done, f"#{done}"), created=False)
            saving = self._saving(connection, entity, writer)
            saved = self._computed(connection, writer, entity, saving.create(edit))
            saving.rule(self._ruling(connection), saved.id)
            if token:
                writer.submit(connection, token, entity, saved.id)
            return saved

        return self._retried(work)

    def update(self, entity: str, record_id: int, edit: Edit) -> Saved:
        """Save changes to a record, merged with what others have changed since `edit.base` was seen.

        Raises:
            Refused: with every Problem found.
            Conflict: others have changed the same values to something else.
            Missing: there is no such record.
        """

        def work(connection: Connection) -> Saved:
            writer = self._writer()
            writer.lock(connection, entity, record_id)
            current = self._get(connection, entity, record_id)
            saving = self._saving(connection, entity, writer)
            ruling = self._ruling(connection)
            before = saving.seen(ruling, current)
            saved = saving.update(edit, current)
            if saved is None:
                raise Conflict(saving.clashes, self._titled(connection, current))
            saved = self._computed(connection, writer, entity, saved)
            saving.rule(ruling, record_id, before)
            return saved

        return self._retried(work)

    def preview(self, entity: str, record_id: int | None, edit: Edit) -> Preview | None:
        """What a save of this edit would compute; nothing stays of it. None where it cannot be said before saving.

        Values that do not fit are left out, and nothing is refused: somebody is still typing.

        Raises:
            Missing: there is no such record.
        """
        try:
            with self.database.trial() as connection:
                writer = self._writer()
                current = None if record_id is None else self._get(connection, entity, record_id)
                saving = self._saving(connection, entity, writer)
                drafted = saving.draft(edit, current)
                self._recompute(connection, writer)
                record = self._titled(connection, self._get(connection, entity, drafted))
                looks = self._all_looks(connection, record)
        except Collided:
            return None
        return Preview(record, saving.written, looks)

    def _all_looks(self, connection: Connection, record: Record) -> Mapping[str, Mapping[int, Looks]]:
        ruling = self._ruling(connection)
        lines = {name: (rows[0].entity, [row.id or 0 for row in rows]) for name, rows in record.lines.items() if rows}
        wanted = {"": (record.entity, [record.id or 0]), **lines}
        return {name: ruling.looks(entity, ids) for name, (entity, ids) in wanted.items()}

    def _said(self, entity: str, draft: Draft) -> Mapping[str, Any]:
        """What conditions read of a record, or of a line of it, as a save would leave it."""
        try:
            with self.database.trial() as connection:
                writer = self._writer()
                current = None if draft.id is None else self._get(connection, draft.entity, draft.id)
                saving = self._saving(connection, draft.entity, writer)
                drafted = saving.draft(draft.edit, current)
                self._recompute(connection, writer)
                if draft.line:
                    name, key = draft.line
                    drafted = next((own for own, said in saving.written.get(name, {}).items() if said == key), 0)
                found = self._ruling(connection).said(entity, drafted)
        except Collided:
            return {}
        return found

    def delete(self, entity: str, ids: Sequence[int]) -> int:
        """Put records into the trash, with their lines; how many.

        Raises:
            Refused: other records still refer to one of them.
        """
        self._known(entity)

        def work(connection: Connection) -> int:
            trash = self._trash(connection)
            count = trash.put(entity, ids)
            self._recompute(connection, trash.writer)
            return count

        return self._retried(work)

    def restore(self, entity: str, ids: Sequence[int]) -> int:
        """Bring records back from the trash, with what went with them; how many.

        Raises:
            Refused: a unique value is taken meanwhile.
        """
        self._known(entity)

        def work(connection: Connection) -> int:
            trash = self._trash(connection)
            count = trash.restore(entity, ids)
            self._recompute(connection, trash.writer)
            return count

        return self._retried(work)

    @contextmanager
    def batch(self, *, trial: bool = False) -> Iterator[Batch]:
        """Many changes in one transaction; an exception inside leaves nothing of them, and a trial neither.

        Raises:
            Refused: at the end, where records do not meet conditions; each Problem's path begins with a record's id.
        """
        with self.database.trial() if trial else self.database.write() as connection:
            writer = self._writer()
            yield Batch(self.configuration, self._reader, writer, connection, self._today(), self._filling(connection))
            written = writer.changes.records()
            Recompute(self.database, self.tables).run(connection, writer.changes)
            self._ruling(connection).rule(written)

    # Within

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        if self._connection is not None:
            yield self._connection
            return
        with self.database.read() as connection:
            yield connection

    def _stored(self, query: Query) -> Query:
        fields = self.configuration.entities[query.entity].fields
        return replace(
            query, columns=tuple(name for name in query.columns if name not in fields or fields[name].column())
        )

    def _page(
        self, connection: Connection, query: Query, rows: Rows, count: Count, known: KnownTitles | None = None
    ) -> Page:
        entity = self.configuration.entities[query.entity]
        ids = [row[0] for row in rows.rows]
        links: dict[str, Mapping[int, tuple[int, ...]]] = {}
        wanted: dict[str, set[int]] = {}
        for name in query.columns:
            field = entity.fields.get(name)
            linked = field.links() if field else None
            if linked:
                links[name] = self._reader.links(connection, query.entity, name, ids)
                if linked.target != "_file":
                    wanted.setdefault(linked.target, set()).update(key for keys in links[name].values() for key in keys)
        for name, target, several in self._pointers(query.entity):
            if not several and name in rows.columns:
                at = rows.columns.index(name)
                wanted.setdefault(target, set()).update(row[at] for row in rows.rows if row[at] is not None)
        titles = {} if known is None else known
        for target, keys in wanted.items():
            self._name(connection, target, keys, titles.setdefault(target, {}))
        return Page(rows.columns, rows.rows, rows.loaders, titles, links, count, rows.previous, rows.next)

    def _name(self, connection: Connection, target: str, ids: set[int], titles: dict[int, str]) -> None:
        """Add the titles of these records to those that are known; not more of them than a page should hold."""
        if len(titles) > MOST_TITLES:
            titles.clear()
        titles.update(self._reader.titles(connection, target, ids - titles.keys()))

    def _pointers(self, entity: str) -> tuple[Pointer, ...]:
        """The fields of an entity that hold ids, with the reference of a line to its parent."""
        pointers = self.configuration.entities[entity].pointers
        parent = self.configuration.parent_of(entity)
        return (*pointers, Pointer(parent, parent, False)) if parent else pointers

    def _get(self, connection: Connection, entity: str, record_id: int, *, trashed: bool = False) -> Record:
        found = self._reader.records(connection, entity, [record_id], trashed=trashed).get(record_id)
        if found is None:
            raise Missing(entity, record_id)
        described = self.configuration.entities[entity]
        lines: dict[str, tuple[Record, ...]] = {}
        for name, field in described.fields.items():
            if isinstance(field, LinesField):
                children = self._reader.children(connection, field.of, entity, record_id)
                lines[name] = self._records(connection, field.of, children)
        (record,) = self._records(connection, entity, [found])
        return replace(record, lines=MappingProxyType(lines))

    def _titled(self, connection: Connection, record: Record) -> Record:
        """A record with the titles of all that it and its lines refer to."""
        everything = [record, *(line for listed in record.lines.values() for line in listed)]
        return replace(record, titles=self._titles_of(connection, everything))

    def _records(self, connection: Connection, entity: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Record, ...]:
        """Rows of one entity as records, their links read together."""
        described = self.configuration.entities[entity]
        ids = [row["id"] for row in rows]
        links = (
            {name: self._reader.links(connection, entity, name, ids) for name, _ in described.linked()} if ids else {}
        )
        stored = [name for name, _ in described.stored()]
        parent = self.configuration.parent_of(entity)
        stored += ["_position", parent] if parent else []
        return tuple(
            _record(
                entity,
                row,
                {**{name: row[name] for name in stored}, **{name: held.get(row["id"]) for name, held in links.items()}},
            )
            for row in rows
        )

    def _titles_of(self, connection: Connection, records: Sequence[Record]) -> Mapping[tuple[str, int], str]:
        wanted: dict[str, set[int]] = {}
        for record in records:
            for name, target, several in self._pointers(record.entity):
                value = record.values.get(name)
                if value:
                    wanted.setdefault(target, set()).update(value if several else (value,))
            for key in (record.created_by, record.updated_by):
                if key is not None:
                    wanted.setdefault("_user", set()).add(key)
        found: dict[tuple[str, int], str] = {}
        for target, ids in wanted.items():
            found.update(((target, key), title) for key, title in self._reader.titles(connection, target, ids).items())
        return MappingProxyType(found)

    def _writer(self) -> Writer:
        return Writer(self.database, self.tables, self.principal.id, dt.datetime.now(dt.UTC))

    def _saving(self, connection: Connection, entity: str, writer: Writer) -> Saving:
        self._known(entity)
        filling = self._filling(connection)
        return Saving(self.configuration, self._reader, writer, connection, entity, self._today(), filling)

    def _filling(self, connection: Connection) -> Filling:
        return Filling(self.database, self.tables, self.principal, connection)

    def _recompute(self, connection: Connection, writer: Writer) -> None:
        """Bring computed fields up to date with what the writer has changed; a job does what is too much for a save."""
        if Recompute(self.database, self.tables).run(connection, writer.changes, most=AT_ONCE):
            add_job(connection, CATCHING_UP, {}, self.principal.id, priority=1)

    def _computed(self, connection: Connection, writer: Writer, entity: str, saved: Saved) -> Saved:
        """Compute what depends on a save; the record may have another title then."""
        self._recompute(connection, writer)
        described = self.configuration.entities[entity]
        if (entity, described.title_field or TITLE) not in self.tables.computation.keys:
            return saved
        titles = self._reader.titles(connection, entity, [saved.id])
        return replace(saved, title=titles.get(saved.id, saved.title))

    def _ruling(self, connection: Connection) -> Ruling:
        return Ruling(self.database, self.tables, self.principal, connection, self._reader)

    def _trash(self, connection: Connection) -> Trash:
        return Trash(self.configuration, self._reader, self._writer(), connection)

    def _today(self) -> dt.date:
        return dt.datetime.now(ZoneInfo(self.configuration.timezone)).date()

    def _known(self, entity: str) -> None:
        if entity not in self.configuration.entities:
            raise KeyError(entity)

    def _retried(self, work: Callable[[Connection], T]) -> T:
        """Run a change; where a rival was there in the same instant, do it again, which finds what they did."""
        for _ in range(3):
            try:
                with self.database.write() as connection:
                    return work(connection)
            except Collided:
                continue
        raise Refused([problem("save-collided")])


def _record(entity: str, row: Mapping[str, Any], values: Mapping[str, Any]) -> Record:
    wrong = {name: error_code(row[name + ERROR]) for name in values if row.get(name + ERROR)}
    return Record(
        entity,
        row["id"],
        row["_version"],
        row["_title"] or f"#{row['id']}",
        values,
        errors=wrong or NOTHING,
        created_at=row["_created_at"],
        created_by=row["_created_by"],
        updated_at=row["_updated_at"],
        updated_by=row["_updated_by"],
    )
