"""Records: everything that is read or written, on behalf of one principal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from engine.expressions.choices import Choice
from engine.expressions.plan import TITLE
from engine.expressions.routes import Key
from engine.model import Configuration, Entity
from engine.problems import Refused, problem
from engine.query import Query
from engine.records.asking import Filling
from engine.records.batch import Batch
from engine.records.drafted import Drafted
from engine.records.entitled import Entitled
from engine.records.explaining import Explaining
from engine.records.explanation import Explanation
from engine.records.fetching import Fetching, KnownTitles
from engine.records.looking import Looking, looks_new
from engine.records.ranking import farness_from
from engine.records.ruling import Ruling
from engine.records.saving import Saving, with_defaults
from engine.records.trash import Trash
from engine.records.values import Conflict, Draft, Edit, Found, Looks, Page, Preview, Record, Saved
from engine.rights import SYSTEM, Principal, rights_of
from engine.storage import Collided, Connection, Database, stale
from engine.storage.changes import Changes
from engine.storage.history import Origin
from engine.storage.jobs import add_job
from engine.storage.offers import Offer
from engine.storage.recompute import Recompute
from engine.storage.select import Count, Neighbours, Reader
from engine.storage.tables import Tables
from engine.storage.write import Writer

T = TypeVar("T")
AT_ONCE = 20_000
"""So many records of one stage are computed by the save that changes them, more by a job."""
LOOKED_THROUGH = 40
"""Among so many hits of an entity quick search looks for the likeliest ones."""
NONE_STALE: frozenset[Key] = frozenset()
CATCHING_UP = "catching_up"
"""The kind of job that does it."""


class Records:
    """The door to the records of one database, for one principal. Cheap to make: one per request.

    `configuration` is what there is for this principal: what they may not read is not in it.

    Reading methods raise KeyError for an entity or field that does not exist for this principal, and Missing for a
    record; callers answer both alike.
    """

    def __init__(self, database: Database, tables: Tables, principal: Principal, origin: Origin = "program") -> None:
        self.database = database
        self.tables = tables
        self.principal = principal
        self.origin = origin
        self.rights = rights_of(tables.configuration, principal)
        self.configuration: Configuration = self.rights.configuration
        self._reader = Reader(database, tables, self.rights)
        self._whole = Reader(database, tables, rights_of(tables.configuration, SYSTEM))
        self._fetching = Fetching(self._reader)
        self._connection: Connection | None = None
        self._writing: Connection | None = None

    def doing(self, action: str, entity: str) -> Records:
        """The same door, but of an entity to those records only with which an action is allowed, such as export.

        Raises:
            Refused: it is allowed with none.
        """
        if not self.rights.may(action, entity):
            raise Refused([problem("right-missing", action=action, entity=entity)])
        found = Records(self.database, self.tables, self.principal, self.origin)
        found.rights = self.rights.for_action(action, entity)
        found._reader = Reader(self.database, self.tables, found.rights)
        found._fetching = Fetching(found._reader)
        return found

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
            count = self._reader.count(connection, query) if query.counted else None
            rows = self._reader.page(connection, stored, count)
            return self._fetching.page(connection, query, rows, count or Count(0))

    def count(self, query: Query) -> Count:
        with self._read() as connection:
            return self._reader.count(connection, query)

    def stream(self, query: Query) -> Iterator[Page]:
        """Every record of a query, batch by batch: what exports read."""
        stored = self._stored(query)
        titles: KnownTitles = {}
        with self.database.read() as connection:
            for rows in self._reader.stream(connection, stored):
                yield self._fetching.page(connection, query, rows, Count(len(rows.rows)), titles)

    def get(self, entity: str, record_id: int, *, trashed: bool = False) -> Record:
        """One record with its lines and the titles of all it refers to.

        Raises:
            Missing: there is none, or not for this principal.
        """
        with self._read() as connection:
            return self._fetching.titled(
                connection, self._fetching.record(connection, entity, record_id, trashed=trashed)
            )

    def blank(self, entity: str) -> Record:
        """A new record as its form opens: with defaults, without an id."""
        described = self.configuration.entities[entity]
        lines: dict[str, tuple[Record, ...]] = {
            name: () for name, field in described.fields.items() if field.kind == "lines"
        }
        with self._read() as connection:
            values = self._filling(connection).filled(entity, with_defaults(self._all(entity), {}))
        values = {name: value for name, value in values.items() if self.rights.shown(entity, name).always}
        return Record(entity, None, 0, "", values, lines)

    def looks(self, entity: str, ids: Iterable[int]) -> Mapping[int, Looks]:
        """How the cards of records look as they are now, by id; those absent of which everything is shown and open."""
        with self._read() as connection:
            return self._looking(connection).of(entity, list(ids))

    def looks_new(self, entity: str, action: Literal["create", "update"] = "create") -> Looks:
        """How the card of a new record looks, or a new line of one that is changed, whatever is entered in it."""
        return looks_new(self.rights, entity, action)

    def allowed(self, entity: str, record_id: int, *, trashed: bool = False) -> frozenset[str]:
        """What may be done with a record."""
        if self.rights.unhindered:
            return frozenset(self.rights.of(entity).rows)
        with self._read() as connection:
            return frozenset(
                action
                for action in self.rights.of(entity).rows
                if self._reader.allowed(connection, entity, action, [record_id], trashed=trashed)
            )

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
        """Quick search over all entities but lines, a few hits of each, the likeliest first."""
        found: list[Found] = []
        if not text.strip():
            return ()
        farness = farness_from(text)
        with self._read() as connection:
            for name, entity in self.configuration.entities.items():
                if entity.kind in ("child", "settings"):
                    continue
                query = Query(name, ("_title",), search=text, limit=LOOKED_THROUGH)
                rows = self._reader.some(connection, query).rows
                hits = (Found(name, row[0], row[1] or f"#{row[0]}") for row in rows)
                found += sorted(hits, key=farness)[:limit_per_entity]
        return tuple(sorted(found, key=farness))

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
            saving = self._saving(connection, entity, writer, "create")
            saved = self._computed(connection, writer, entity, saving.create(edit))
            saving.rule(self._ruling(connection, writer), saved.id)
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
            current = self._fetching.record(connection, entity, record_id)
            saving = self._saving(connection, entity, writer)
            saving.entitled.need_each("update", entity, [record_id])
            ruling = self._ruling(connection, writer)
            before = saving.seen(ruling, current)
            saved = saving.update(edit, current)
            if saved is None:
                raise Conflict(saving.clashes, self._fetching.titled(connection, current))
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
                current = None if record_id is None else self._fetching.record(connection, entity, record_id)
                saving = self._saving(connection, entity, writer, "create" if record_id is None else "update")
                seen = Drafted.before(saving.entitled, current)
                drafted = saving.draft(edit, current)
                self._recompute(connection, writer)
                record = seen.left(self._drafted(connection, entity, drafted))
                looks = self._looking(connection).whole(record, new=record_id is None)
        except Collided:
            return None
        return Preview(record, saving.written, seen.looks(looks))

    def _drafted(self, connection: Connection, entity: str, record_id: int) -> Record:
        """A record as it is being typed: it is its author's, whoever's it would be when it is saved."""
        rows = Fetching(self._reader.among_all())
        return rows.titled(connection, rows.record(connection, entity, record_id))

    def _said(self, entity: str, draft: Draft) -> Mapping[str, Any]:
        """What conditions read of a record, or of a line of it, as a save would leave it."""
        try:
            with self.database.trial() as connection:
                writer = self._writer()
                current = None if draft.id is None else self._fetching.record(connection, draft.entity, draft.id)
                saving = self._saving(connection, draft.entity, writer, "create" if draft.id is None else "update")
                drafted = saving.draft(draft.edit, current)
                self._recompute(connection, writer)
                if draft.line:
                    name, key = draft.line
                    drafted = next((own for own, said in saving.written.get(name, {}).items() if said == key), 0)
                found = self._ruling(connection).said(entity, drafted)
        except Collided:
            return {}
        return found

    def delete(self, entity: str, ids: Sequence[int], *, kind: str | None = None, job: int | None = None) -> int:
        """Put records into the trash, with their lines; how many.

        Args:
            kind: what history calls the act; without one a single deletion stands alone.
            job: of which job it is a part.

        Raises:
            Refused: other records still refer to one of them.
        """
        self._known(entity)

        def work(connection: Connection) -> int:
            trash = self._trash(connection)
            trash.writer.recording.kind, trash.writer.recording.job = kind, job
            there = sorted(self._reader.titles(connection, entity, ids))
            trash.entitled.need_each("delete", entity, there)
            count = trash.put(entity, there)
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
            there = sorted(self._reader.records(connection, entity, ids, trashed=True))
            trash.entitled.need_each("delete", entity, there, trashed=True)
            count = trash.restore(entity, there)
            self._recompute(connection, trash.writer)
            self._ruling(connection, trash.writer).upright()
            return count

        return self._retried(work)

    def together(self, work: Callable[[], T]) -> T:
        """Several changes in one transaction: whatever `work` does and reads here, all of it or, if it raises, nothing.

        It may be called again from its beginning, where a rival was there in the same instant.
        """

        def within(connection: Connection) -> T:
            self._connection = self._writing = connection
            try:
                return work()
            finally:
                self._connection = self._writing = None

        return self._retried(within)

    @contextmanager
    def batch(self, *, trial: bool = False, kind: str = "batch") -> Iterator[Batch]:
        """Many changes in one transaction; an exception inside leaves nothing of them, and a trial neither.

        History calls it by its `kind`: an import, a hand-over.

        Raises:
            Refused: at the end, where records do not meet conditions; each Problem's path begins with a record's id.
        """
        with self.database.trial() if trial else self.database.write() as connection:
            writer = self._writer("import" if kind == "import" else None)
            writer.recording.kind = kind
            filling, entitled = self._filling(connection), Entitled(self._reader, connection)
            batch = Batch(self.tables.configuration, self._reader, writer, connection, self._today(), filling, entitled)
            yield batch
            written = writer.changes.records()
            Recompute(self.database, self.tables).run(connection, writer.changes)
            self._ruling(connection, writer).rule(written)
            batch.stay_within()
            writer.keep_history(connection)

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

    def _writer(self, origin: Origin | None = None) -> Writer:
        return Writer(
            self.database, self.tables, self.principal.id, dt.datetime.now(dt.UTC), origin=origin or self.origin
        )

    def _saving(
        self, connection: Connection, entity: str, writer: Writer, action: Literal["create", "update"] = "update"
    ) -> Saving:
        self._known(entity)
        entitled = Entitled(self._reader, connection)
        entitled.need(action, entity)
        filling = self._filling(connection)
        return Saving(self._whole, writer, connection, entity, action, self._today(), filling, entitled)

    def _all(self, entity: str) -> Entity:
        """An entity with all its fields, those included that this principal may not read."""
        return self.tables.configuration.entities[entity]

    def _filling(self, connection: Connection) -> Filling:
        return Filling(self.database, self.tables, self.principal, connection)

    def _recompute(self, connection: Connection, writer: Writer) -> int | None:
        """Bring computed fields up to date with what the writer has changed, and keep its history: the action that it is.

        A job computes what is too much for a save.
        """
        if Recompute(self.database, self.tables).run(connection, writer.changes, most=AT_ONCE):
            add_job(connection, CATCHING_UP, {}, self.principal.id, priority=1)
        return writer.keep_history(connection)

    def _computed(self, connection: Connection, writer: Writer, entity: str, saved: Saved) -> Saved:
        """Compute what depends on a save; the record may have another title then."""
        self._recompute(connection, writer)
        described, rights = self._all(entity), self.rights.of(entity)
        if not rights.title.always:
            titles = self._reader.among_all().titles(connection, entity, [saved.id])
            return replace(saved, title=titles[saved.id])
        if (entity, described.title_field or TITLE) not in self.tables.computation.keys:
            return saved
        titles = self._reader.titles(connection, entity, [saved.id])
        return replace(saved, title=titles.get(saved.id, saved.title))

    def _ruling(self, connection: Connection, writer: Writer | None = None) -> Ruling:
        changes = writer.changes if writer else Changes()
        return Ruling(self.database, self.tables, self.principal, connection, self._reader, self._whole, changes)

    def _looking(self, connection: Connection) -> Looking:
        return Looking(self.rights, self._reader, self._ruling(connection), connection)

    def _trash(self, connection: Connection) -> Trash:
        return Trash(
            self.tables.configuration, self._whole, self._writer(), connection, Entitled(self._reader, connection)
        )

    def _today(self) -> dt.date:
        return dt.datetime.now(ZoneInfo(self.configuration.timezone)).date()

    def _known(self, entity: str) -> None:
        if entity not in self.configuration.entities:
            raise KeyError(entity)

    def _retried(self, work: Callable[[Connection], T]) -> T:
        """Run a change; where a rival was there in the same instant, do it again, which finds what they did."""
        if self._writing is not None:
            return work(self._writing)
        for _ in range(3):
            try:
                with self.database.write() as connection:
                    return work(connection)
            except Collided:
                continue
        raise Refused([problem("save-collided")])
