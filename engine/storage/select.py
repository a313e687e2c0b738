"""Reading: pages of a list, counts, single records, titles. Each statement is built once per shape and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Subquery, and_, bindparam, func, select
from sqlalchemy.types import TypeEngine

from engine.query import COUNT_CAP, Query
from engine.rights import Rights
from engine.storage import trigram
from engine.storage.conditions import ESCAPE, Shape, Source, like_text, parameters_of, words_of
from engine.storage.database import Database
from engine.storage.statement import Loader, Prepared, Row
from engine.storage.tables import FOLD, Tables
from engine.storage.visible import count_everything, visible

CHUNK = 50
"""Values are looked up alone or so many at a time, so that two statements serve every number of them."""

Names = tuple[str, ...]
"""How the values of a piece are named in its statement."""
_NAMES: Names = tuple(f"v{number}" for number in range(CHUNK))


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
        pieces = self._pieces(("records", entity, trashed), partial(self._whole, entity, trashed), ids)
        found = (record for prepared, bound in pieces for record in prepared.records(connection, bound))
        return {record["id"]: record for record in found}

    def children(self, connection: Connection, child: str, parent: str, record_id: int) -> list[dict[str, Any]]:
        """The lines of a record in their order, as values."""

        def build() -> Select[Any]:
            rows = visible(self.tables, child, self.rights)
            return select(rows).where(rows.c[parent] == bindparam("parent")).order_by(rows.c._position, rows.c.id)

        prepared = self.database.prepared((self.tables, self.rights.key, "children", child, parent), build)
        return prepared.records(connection, {"parent": record_id})

    def titles(self, connection: Connection, target: str, ids: Iterable[int]) -> dict[int, str]:
        """What the given records are called; those that may not be seen are absent."""

        def build(names: Names) -> Select[Any]:
            rows = visible(self.tables, target, self.rights)
            return select(rows.c.id, rows.c._title).where(rows.c.id.in_(_places(names)))

        found: dict[int, str] = {}
        for prepared, bound in self._pieces(("titles", target), build, ids):
            found.update((key, title or f"#{key}") for key, title in prepared.raw(connection, bound))
        return found

    def links(self, connection: Connection, entity: str, name: str, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """The ordered ids that a linked field of records holds."""
        found: dict[int, list[int]] = {}
        for prepared, bound in self._pieces(("links", entity, name), partial(self._links, entity, name), ids):
            for record_id, target_id in prepared.raw(connection, bound):
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

        def build(names: Names) -> Select[Any]:
            rows = visible(self.tables, entity, self.rights)
            looked = rows.c[column]
            return select(looked, rows.c.id).where(looked.in_(_places(names, looked.type)))

        found: dict[Any, tuple[int, ...]] = {}
        for prepared, bound in self._pieces(("having", entity, column), build, values):
            for value, record_id in prepared.rows(connection, bound):
                found[value] = (*found.get(value, ()), record_id)
        return found

    def _pieces(
        self, key: tuple[Hashable, ...], build: Callable[[Names], Select[Any]], values: Iterable[Any]
    ) -> Iterator[tuple[Prepared, Mapping[str, Any]]]:
        """The kept statement that looks values up, and what to bind to it, piece by piece.

        The last piece is filled up with one of its own values, which changes nothing where they stand in an IN.
        """
        listed = list(values)
        size = 1 if len(listed) == 1 else CHUNK
        names = _NAMES[:size]
        for start in range(0, len(listed), size):
            prepared = self.database.prepared((self.tables, self.rights.key, size, *key), lambda: build(names))
            piece = listed[start : start + size]
            yield prepared, dict(zip_longest(names, piece, fillvalue=piece[-1]))

    def _whole(self, entity: str, trashed: bool, names: Names) -> Select[Any]:
        rows = visible(self.tables, entity, self.rights, trashed=trashed)
        return select(rows).where(rows.c.id.in_(_places(names)))

    def _links(self, entity: str, name: str, names: Names) -> Select[Any]:
        table = self.tables.links.get((entity, name))
        if table is None:
            file = self.tables.system("_file")
            of_field = and_(file.c.entity == entity, file.c.field == name)
            return (
                select(file.c.record_id, file.c.id)
                .where(of_field, file.c.record_id.in_(_places(names)))
                .order_by(file.c.position, file.c.id)
            )
        return (
            select(table.c.record_id, table.c.target_id)
            .where(table.c.record_id.in_(_places(names)))
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


def _places(names: Names, kind: TypeEngine[Any] | None = None) -> list[BindParameter[Any]]:
    return [bindparam(name, type_=kind) for name in names]
