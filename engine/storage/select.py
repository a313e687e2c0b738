"""Reading: pages of a list, counts, single records, titles. Each statement is built once per shape and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, bindparam, func, select

from engine.query import COUNT_CAP, Query
from engine.rights import Rights
from engine.storage import trigram
from engine.storage.conditions import ESCAPE, Shape, Source, like_text, parameters_of, words_of
from engine.storage.database import Database
from engine.storage.statement import Loader, Prepared, Row
from engine.storage.tables import FOLD, Tables
from engine.storage.visible import count_everything, visible

CHUNK = 50
"""Ids are looked up so many at a time, so that one statement serves every number of them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Raw rows of a page: an id, then the columns asked for. `loaders` turn raw items into values."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    loaders: tuple[Loader, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many records meet a query; `capped` says that there are more than `number`."""

    number: int
    capped: bool = False


@dataclass(frozen=True)
class Reader:
    """The reading statements over one database, configuration and set of rights."""

    database: Database
    tables: Tables
    rights: Rights

    def page(self, connection: Connection, query: Query, count: Count | None = None) -> Rows:
        """The rows of one page, each an id and the query's stored columns.

        A search with few hits gathers them by its index and sorts them; one with many walks the list in its order
        until the page is full. `count` says which; without it, it is asked for.
        """
        rare = bool(words_of(query.search)) and not (count or self.count(connection, query)).capped
        prepared = self._prepared(query, "rare" if rare else "page")
        bound = self._bound(query) | {"limit": query.limit, "offset": query.offset}
        return Rows(("id", *query.columns), prepared.raw(connection, bound), prepared.loaders)

    def some(self, connection: Connection, query: Query) -> Rows:
        """A few rows of a query in no order: what quick search shows of each entity."""
        prepared = self._prepared(query, "some")
        return Rows(
            ("id", *query.columns),
            prepared.raw(connection, self._bound(query) | {"limit": query.limit}),
            prepared.loaders,
        )

    def stream(self, connection: Connection, query: Query) -> Iterator[Rows]:
        """All rows of a query in batches, in its order, for exports."""
        prepared = self._prepared(query, "all")
        for batch in prepared.stream(connection, self._bound(query)):
            yield Rows(("id", *query.columns), batch, prepared.loaders)

    def count(self, connection: Connection, query: Query) -> Count:
        """The number of records that meet a query; exact when nothing filters or when it is asked for."""
        filtered = bool(query.conditions or words_of(query.search))
        if not filtered:
            prepared = self.database.prepared(
                (self.tables, self.rights.key, "everything", query.entity, query.trashed),
                lambda: count_everything(self.tables, query.entity, self.rights, trashed=query.trashed),
            )
            return Count(int(prepared.raw(connection, {})[0][0]))
        exact = query.exact_count
        prepared = self._prepared(query, "count" if exact else "capped")
        number = int(prepared.raw(connection, self._bound(query))[0][0])
        return Count(min(number, COUNT_CAP), number > COUNT_CAP) if not exact else Count(number)

    def neighbours(
        self, connection: Connection, query: Query, record_id: int
    ) -> tuple[int | None, int | None, int | None]:
        """The ids before and after a record in a list as it stands, and the record's position from 0.

        Looks at the page that the query names and one record around it.
        """
        wider = Query(
            query.entity,
            (),
            query.conditions,
            query.search,
            query.sort,
            query.limit + 2,
            max(query.offset - 1, 0),
            query.trashed,
        )
        ids = [row[0] for row in self.page(connection, wider).rows]
        if record_id not in ids:
            return None, None, None
        at = ids.index(record_id)
        before = ids[at - 1] if at else None
        after = ids[at + 1] if at + 1 < len(ids) else None
        return before, after, wider.offset + at

    def records(
        self, connection: Connection, entity: str, ids: Iterable[int], *, trashed: bool = False
    ) -> dict[int, dict[str, Any]]:
        """The visible columns of records by id, as values."""
        return self._by_id(connection, entity, ids, f"records{trashed}", lambda: self._whole(entity, trashed))

    def children(self, connection: Connection, child: str, parent: str, record_id: int) -> list[dict[str, Any]]:
        """The lines of a record in their order, as values."""

        def build() -> Select[Any]:
            rows = visible(self.tables, child, self.rights)
            return select(rows).where(rows.c[parent] == bindparam("parent")).order_by(rows.c._position, rows.c.id)

        prepared = self.database.prepared((self.tables, self.rights.key, "children", child, parent), build)
        return prepared.records(connection, {"parent": record_id})

    def titles(self, connection: Connection, target: str, ids: Iterable[int]) -> dict[int, str]:
        """What the given records are called; those that may not be seen are absent."""

        def build() -> Select[Any]:
            rows = visible(self.tables, target, self.rights)
            return select(rows.c.id, rows.c._title).where(rows.c.id.in_(_chunk()))

        prepared = self.database.prepared((self.tables, self.rights.key, "titles", target), build)
        found: dict[int, str] = {}
        for chunk in _chunks(ids):
            found.update((key, title or f"#{key}") for key, title in prepared.raw(connection, chunk))
        return found

    def links(self, connection: Connection, entity: str, name: str, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """The ordered ids that a linked field of records holds."""
        prepared = self.database.prepared((self.tables, "links", entity, name), lambda: self._links(entity, name))
        found: dict[int, list[int]] = {}
        for chunk in _chunks(ids):
            for record_id, target_id in prepared.raw(connection, chunk):
                found.setdefault(record_id, []).append(target_id)
        return {record_id: tuple(targets) for record_id, targets in found.items()}

    def lookup(self, connection: Connection, target: str, text: str, limit: int) -> list[tuple[int, str]]:
        """Records whose title contains every word, those that begin with the text first."""
        words = words_of(text)
        prepared = self.database.prepared(
            (self.tables, self.rights.key, "lookup", target, len(words)), lambda: self._lookup(target, len(words))
        )
        bound: dict[str, Any] = {f"w{number}": like_text(word) for number, word in enumerate(words)}
        bound |= {"start": like_text(" ".join(words), inside=False), "limit": limit}
        return [(key, title or f"#{key}") for key, title in prepared.raw(connection, bound)]

    def having(
        self, connection: Connection, entity: str, column: str, values: Sequence[Any]
    ) -> dict[Any, tuple[int, ...]]:
        """Which of the values already stand in a column of live records, and in which records."""

        def build() -> Select[Any]:
            rows = visible(self.tables, entity, self.rights)
            looked = rows.c[column]
            places = [bindparam(f"v{index}", type_=looked.type) for index in range(CHUNK)]
            return select(looked, rows.c.id).where(looked.in_(places))

        prepared = self.database.prepared((self.tables, self.rights.key, "having", entity, column), build)
        found: dict[Any, tuple[int, ...]] = {}
        for start in range(0, len(values), CHUNK):
            chunk = list(values[start : start + CHUNK])
            chunk += [chunk[-1]] * (CHUNK - len(chunk))
            for value, record_id in prepared.rows(
                connection, {f"v{index}": value for index, value in enumerate(chunk)}
            ):
                found[value] = (*found.get(value, ()), record_id)
        return found

    def _by_id(
        self, connection: Connection, entity: str, ids: Iterable[int], what: str, build: Any
    ) -> dict[int, dict[str, Any]]:
        prepared = self.database.prepared((self.tables, self.rights.key, what, entity), build)
        chunks = (prepared.records(connection, chunk) for chunk in _chunks(ids))
        return {record["id"]: record for records in chunks for record in records}

    def _whole(self, entity: str, trashed: bool) -> Select[Any]:
        rows = visible(self.tables, entity, self.rights, trashed=trashed)
        return select(rows).where(rows.c.id.in_(_chunk()))

    def _links(self, entity: str, name: str) -> Select[Any]:
        table = self.tables.links.get((entity, name))
        if table is None:
            file = self.tables.system("_file")
            of_field = and_(file.c.entity == entity, file.c.field == name)
            return (
                select(file.c.record_id, file.c.id)
                .where(of_field, file.c.record_id.in_(_chunk()))
                .order_by(file.c.position, file.c.id)
            )
        return (
            select(table.c.record_id, table.c.target_id)
            .where(table.c.record_id.in_(_chunk()))
            .order_by(table.c.position)
        )

    def _lookup(self, target: str, words: int) -> Select[Any]:
        rows = visible(self.tables, target, self.rights)
        folded = func.lower(rows.c._title) if target == "_user" else rows.c[f"_title{FOLD}"]
        where = [folded.like(bindparam(f"w{number}"), escape=ESCAPE) for number in range(words)]
        begins = folded.like(bindparam("start"), escape=ESCAPE)
        order = [folded.asc().nulls_first(), rows.c.id]
        found = select(rows.c.id, rows.c._title).where(*where).limit(bindparam("limit"))
        return found.order_by(begins.desc(), *order) if words else found.order_by(*order)

    def _bound(self, query: Query) -> dict[str, Any]:
        return parameters_of(query, self.tables)

    def _prepared(self, query: Query, what: str) -> Prepared:
        shape = tuple((condition.field, condition.operator, len(condition.values)) for condition in query.conditions)
        key = (
            self.tables,
            self.rights.key,
            what,
            query.entity,
            query.columns,
            shape,
            tuple(trigram.serves(word) for word in words_of(query.search)),
            query.sort,
            query.trashed,
        )
        return self.database.prepared(key, lambda: self._statement(query, what))

    def _statement(self, query: Query, what: str) -> Select[Any]:
        rows = visible(self.tables, query.entity, self.rights, trashed=query.trashed)
        shape = Shape(self._source(indexed=what != "page"), query, rows)
        where = shape.where()
        if what == "count":
            return select(func.count()).select_from(rows).where(*where)
        if what == "capped":
            few = select(rows.c.id).where(*where).limit(COUNT_CAP + 1).subquery()
            return select(func.count()).select_from(few)
        columns = [rows.c.id, *(rows.c[name] for name in query.columns)]
        if what == "some":
            return select(*columns).where(*where).limit(bindparam("limit"))
        if what == "all":
            return select(*columns).where(*where).order_by(*shape.order())
        return self._page(query, rows, shape, gathered=what == "rare" and self.database.sqlite)

    def _page(self, query: Query, rows: Subquery, shape: Shape, *, gathered: bool) -> Select[Any]:
        """The page's ids first: they come from a narrow index, and only fifty whole rows are read."""
        ids = select(rows.c.id).where(*shape.where()).order_by(*shape.order(gathered=gathered))
        ids = ids.limit(bindparam("limit")).offset(bindparam("offset"))
        outer = visible(self.tables, query.entity, self.rights, trashed=query.trashed)
        ordered = Shape(self._source(indexed=False), query, outer)
        page = select(outer.c.id, *(outer.c[name] for name in query.columns)).where(outer.c.id.in_(ids))
        return page.order_by(*ordered.order(gathered=self.database.sqlite))

    def _source(self, *, indexed: bool) -> Source:
        return Source(self.tables, self.rights, indexed and self.database.sqlite)


def _chunk() -> list[Any]:
    return [bindparam(f"id{index}") for index in range(CHUNK)]


def _chunks(ids: Iterable[int]) -> Iterator[Mapping[str, int]]:
    listed = list(ids)
    for start in range(0, len(listed), CHUNK):
        chunk = listed[start : start + CHUNK]
        chunk += [-1] * (CHUNK - len(chunk))
        yield {f"id{index}": key for index, key in enumerate(chunk)}
