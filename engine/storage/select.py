"""Reading: pages of a list, counts, single records, titles. Each statement is built once per shape and kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, Subquery, and_, bindparam, func, select
from sqlalchemy.types import TypeEngine

from engine.expressions.choices import Choice
from engine.fields.column import FILES
from engine.query import COUNT_CAP, Compound, Criterion, Edge, Query
from engine.rights import Rights, Rule
from engine.storage import trigram
from engine.storage.comparing import ESCAPE, Bool, like_text
from engine.storage.conditions import Shape, Source, parameters_of, words_of
from engine.storage.database import Database
from engine.storage.moments import asked_by
from engine.storage.offers import Offer, offered
from engine.storage.order import Level, Place, Walk, beyond
from engine.storage.statement import Loader, Prepared, Row
from engine.storage.tables import FOLD, Tables
from engine.storage.visible import Visible

CHUNK = 50
"""Values are looked up alone or so many at a time, so that two statements serve every number of them."""

Names = tuple[str, ...]
"""How the values of a piece are named in its statement."""
_NAMES: Names = tuple(f"v{number}" for number in range(CHUNK))


@dataclass(frozen=True, slots=True)
class Rows:
    """Raw rows of a page: an id, then the columns asked for. `loaders` turn raw items into values.

    `previous` and `next` are where the pages beside it begin, None where there is none.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    loaders: tuple[Loader, ...]
    previous: Edge | None = None
    next: Edge | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The ids around a record in the list that it was opened from, and its position there, from 0.

    `previous` and `next` are where the pages beside its own begin.
    """

    before: int | None = None
    after: int | None = None
    position: int | None = None
    previous: Edge | None = None
    next: Edge | None = None


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

    @cached_property
    def visible(self) -> Visible:
        return Visible(self.tables, self.rights, self.database.system)

    def among_all(self) -> Reader:
        """The same fields, of whatever record: for one that is being made, which is nobody else's yet."""
        return replace(self, rights=self.rights.among_all())

    def page(self, connection: Connection, query: Query, count: Count | None = None) -> Rows:
        """The rows of one page, each an id and the query's stored columns.

        A search with few hits gathers them by its index and sorts them; one with many walks the list in its order
        until the page is full. `count` says which; without it, it is asked for.
        """
        rare = bool(words_of(query.search)) and not (count or self.count(connection, query)).capped
        what, edge = "rare" if rare else "page", query.edge
        place = self._place(connection, query, edge.id) if edge else None
        if edge and place and place.mark(query) == edge.mark:
            return self._walked(connection, query, what, place)
        prepared = self._prepared(query, what)
        bound = self._bound(query) | {"limit": query.limit + 1, "offset": query.offset}
        return _rows(query, prepared, prepared.raw(connection, bound))

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

    def most_records(self, connection: Connection, entity: str) -> int:
        """How many records of an entity there are at most, whoever may see them: known at once."""
        table = self.tables.entities[entity]
        key = (self.tables, "largest", entity)
        prepared = self.database.prepared(key, lambda: select(func.coalesce(func.max(table.c.id), 0)))
        return int(prepared.raw(connection, {})[0][0])

    def count(self, connection: Connection, query: Query) -> Count:
        """The number of records that meet a query; exact when nothing filters or when it is asked for."""
        narrowed = query.conditions or query.where or words_of(query.search)
        if not narrowed and self.rights.rows(query.entity).always:
            prepared = self._kept(
                ("everything", query.entity, query.trashed),
                lambda: self.visible.everything(query.entity, trashed=query.trashed),
            )
            return Count(int(prepared.raw(connection, {})[0][0]))
        exact = query.exact_count
        prepared = self._prepared(query, "count" if exact else "capped")
        number = int(prepared.raw(connection, self._bound(query))[0][0])
        return Count(min(number, COUNT_CAP), number > COUNT_CAP) if not exact else Count(number)

    def neighbours(self, connection: Connection, query: Query, record_id: int) -> Neighbours:
        """What stands around a record in a list as it is. It is looked for on the page that the query names."""
        page = self.page(connection, query)
        ids = [row[0] for row in page.rows]
        if record_id not in ids:
            return Neighbours()
        at = ids.index(record_id)
        before = ids[at - 1] if at else self._beside(connection, query, page.previous)
        after = ids[at + 1] if at + 1 < len(ids) else self._beside(connection, query, page.next)
        return Neighbours(before, after, query.offset + at, page.previous, page.next)

    def _beside(self, connection: Connection, query: Query, edge: Edge | None) -> int | None:
        """The id of the record on the other side of an edge."""
        rows = self.page(connection, query.turned(edge)).rows if edge else ()
        return int(rows[-1 if edge and edge.backwards else 0][0]) if rows else None

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
            rows = self.visible(child, virtual=self.rights.readable[child])
            return select(rows).where(rows.c[parent] == bindparam("parent")).order_by(rows.c._position, rows.c.id)

        prepared = self._kept(("children", child, parent), build)
        return prepared.records(connection, {"parent": record_id})

    def titles(self, connection: Connection, target: str, ids: Iterable[int]) -> dict[int, str]:
        """What the given records are called; those that may not be seen are absent."""

        def build(names: Names) -> Select[Any]:
            rows = self.visible(target)
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

    def lookup(
        self, connection: Connection, target: str, text: str, limit: int, offer: Offer | None = None
    ) -> list[tuple[int, str]]:
        """Records whose title contains every word, those that begin with the text first; only what is offered."""
        words = words_of(text)
        choice = offer.choice if offer else None
        prepared = self._kept(("lookup", target, len(words), choice), lambda: self._lookup(target, len(words), choice))
        bound: dict[str, Any] = {f"w{number}": like_text(word) for number, word in enumerate(words)}
        bound |= {"start": like_text(" ".join(words), inside=False), "limit": limit}
        bound |= offer.bound if offer else {}
        return [(key, title or f"#{key}") for key, title in prepared.raw(connection, bound)]

    def offered(self, connection: Connection, offer: Offer, ids: Iterable[int]) -> set[int]:
        """Which of these records are offered."""

        def build(names: Names) -> Select[Any]:
            rows = self.visible(offer.choice.target)
            return select(rows.c.id).where(rows.c.id.in_(_places(names)), self._among_offered(rows, offer.choice))

        return {
            row[0]
            for prepared, bound in self._pieces(("offered", offer.choice), build, ids)
            for row in prepared.raw(connection, {**bound, **offer.bound})
        }

    def allowed(
        self, connection: Connection, entity: str, action: str, ids: Iterable[int], *, trashed: bool = False
    ) -> set[int]:
        """With which of these records an action is allowed."""
        listed = list(ids)
        rule = self.rights.rows(entity, action)
        if rule.never:
            return set()
        if rule.always:
            return set(listed)

        def build(names: Names) -> Select[Any]:
            allowing = self.visible.allowing(entity, action, trashed=trashed)
            return allowing.where(self.tables.entities[entity].c.id.in_(_places(names)))

        pieces = self._pieces(("allowed", entity, action, trashed), build, listed)
        return {row[0] for prepared, bound in pieces for row in prepared.raw(connection, bound)}

    def meeting(self, connection: Connection, entity: str, rule: Rule, ids: Iterable[int]) -> set[int]:
        """Which of these records meet a rule, whether they live or not."""
        listed = list(ids)
        if rule.always or rule.never:
            return set() if rule.never else set(listed)

        def build(names: Names) -> Select[Any]:
            table = self.tables.entities[entity]
            return select(table.c.id).where(table.c.id.in_(_places(names)), self.visible.met_by(entity, table, rule))

        pieces = self._pieces(("meeting", entity, rule), build, listed)
        return {row[0] for prepared, bound in pieces for row in prepared.raw(connection, bound)}

    def having(
        self, connection: Connection, entity: str, column: str, values: Sequence[Any]
    ) -> dict[Any, tuple[int, ...]]:
        """Which of the values already stand in a column of live records, and in which records."""

        def build(names: Names) -> Select[Any]:
            rows = self.visible(entity)
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
            prepared = self._kept((size, *key), lambda: build(names))
            piece = listed[start : start + size]
            yield prepared, dict(zip_longest(names, piece, fillvalue=piece[-1]))

    def _whole(self, entity: str, trashed: bool, names: Names) -> Select[Any]:
        rows = self.visible(entity, trashed=trashed, virtual=self.rights.readable[entity])
        return select(rows).where(rows.c.id.in_(_places(names)))

    def _links(self, entity: str, name: str, names: Names) -> Select[Any]:
        table = self.tables.links.get((entity, name))
        if table is None:
            table = self.tables.system(FILES)
            of_field = and_(table.c.entity == entity, table.c.field == name)
            found = select(table.c.record_id, table.c.id).where(of_field).order_by(table.c.position, table.c.id)
        else:
            found = select(table.c.record_id, table.c.target_id).order_by(table.c.position)
        found = found.where(table.c.record_id.in_(_places(names)))
        if self.rights.shown(entity, name).always:
            return found
        return found.where(table.c.record_id.in_(self.visible.showing(entity, name)))

    def _lookup(self, target: str, words: int, choice: Choice | None) -> Select[Any]:
        rows = self.visible(target)
        folded = func.lower(rows.c._title) if target == "_user" else rows.c[f"_title{FOLD}"]
        where: list[Bool] = [folded.like(bindparam(f"w{number}"), escape=ESCAPE) for number in range(words)]
        if choice:
            where.append(self._among_offered(rows, choice))
        begins = folded.like(bindparam("start"), escape=ESCAPE)
        order = [folded.asc().nulls_first(), rows.c.id]
        found = select(rows.c.id, rows.c._title).where(*where).limit(bindparam("limit"))
        return found.order_by(begins.desc(), *order) if words else found.order_by(*order)

    def _among_offered(self, rows: Subquery, choice: Choice) -> Bool:
        """Which rows a reference offers; its condition is the same for everybody, whatever they may see."""
        if self.rights.unlimited:
            return offered(self.visible, rows, choice)
        whole = self.visible.whole
        candidates = whole(choice.target)
        return rows.c.id.in_(select(candidates.c.id).where(offered(whole, candidates, choice)))

    def _place(self, connection: Connection, query: Query, record_id: int) -> Place | None:
        """Where a record stands in the order of a query, if it is there at all."""

        def build() -> Select[Any]:
            rows = self.visible(query.entity, trashed=query.trashed, virtual=query.named)
            levels = Shape(self._source(indexed=False), query, rows).order()
            return select(*_placed(levels)).where(rows.c.id == bindparam("id"))

        key = ("place", query.entity, query.sort, query.trashed)
        found = self._kept(key, build).rows(connection, {"id": record_id})
        return Place(found[0]) if found else None

    def _walked(self, connection: Connection, query: Query, what: str, place: Place) -> Rows:
        """The page that begins at the query's edge, which is this place."""
        assert query.edge is not None
        walk = Walk(place.blanks, query.edge.backwards)
        bound = self._bound(query) | place.bound | {"limit": query.limit + 1, "offset": 0}
        prepared = self._prepared(query, what, walk)
        raw = prepared.raw(connection, bound)
        if len(raw) <= query.limit and walk.stops_short(query.sort):
            prepared = self._prepared(query, what, replace(walk, near=False))
            raw = prepared.raw(connection, bound)
        return _rows(query, prepared, raw, backwards=walk.backwards)

    def _bound(self, query: Query) -> dict[str, Any]:
        return parameters_of(query, self.tables)

    def _prepared(self, query: Query, what: str, walk: Walk | None = None) -> Prepared:
        shape = tuple(map(_shape, query.conditions))
        key = (
            what,
            query.entity,
            query.columns,
            shape,
            tuple(trigram.serves(word) for word in words_of(query.search)),
            query.sort,
            query.trashed,
            query.where,
            walk,
        )
        return self._kept(key, lambda: self._statement(query, what, walk))

    def _kept(self, key: tuple[Hashable, ...], build: Callable[[], Select[Any]]) -> Prepared:
        """The kept statement of a key for these rights, asked at this moment."""
        found = self.database.prepared((self.tables, self.rights.key, *key), build)
        return found.asking(self._moments) if found.asks else found

    @cached_property
    def _moments(self) -> Mapping[str, Any]:
        return asked_by(self.database, self.tables.configuration, self.rights.user)

    def _statement(self, query: Query, what: str, walk: Walk | None) -> Select[Any]:
        scanned = what == "page" and self._is_scanned(query)
        rows = self.visible(query.entity, trashed=query.trashed, scanned=scanned, virtual=query.named)
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
            return select(*columns).where(*where).order_by(*_ordering(shape.order()))
        return self._page(query, rows, shape.order(gathered=what == "rare" and self.database.sqlite), where, walk)

    def _page(
        self, query: Query, rows: Subquery, levels: Sequence[Level], where: Sequence[Bool], walk: Walk | None
    ) -> Select[Any]:
        """The page's ids first: they come from a narrow index, and only fifty whole rows are read.

        After its columns a row has its place in the order.
        """
        ids = select(rows.c.id).where(*where, *([beyond(levels, walk)] if walk else []))
        ids = ids.order_by(*_ordering(walk.along(levels) if walk else levels))
        ids = ids.limit(bindparam("limit")).offset(bindparam("offset"))
        if not query.columns and not (walk and walk.backwards):
            return ids.add_columns(*_placed(levels[:-1]))
        outer = self.visible(query.entity, trashed=query.trashed, virtual=query.named)
        shown = Shape(self._source(indexed=False), query, outer).order(gathered=self.database.sqlite)
        page = select(outer.c.id, *(outer.c[name] for name in query.columns), *_placed(shown[:-1]))
        return page.where(outer.c.id.in_(ids)).order_by(*_ordering(shown))

    def _is_scanned(self, query: Query) -> bool:
        """Whether every row has to be looked at, because nothing narrows them down and no index has their order."""
        if not self.database.sqlite or query.narrowed or not query.sort or query.trashed:
            return False
        rows = self.visible(query.entity, virtual=query.named)
        first = Shape(self._source(indexed=False), query, rows).order()[0].column
        return not self.tables.is_indexed(query.entity, getattr(first, "name", ""))

    def _source(self, *, indexed: bool) -> Source:
        return Source(self.visible, indexed and self.database.sqlite)


def _shape(one: Criterion) -> tuple[Hashable, ...]:
    """What a statement depends on of a condition: all but its values."""
    if isinstance(one, Compound):
        return (one.how, *map(_shape, one.parts))
    return one.field, one.operator, len(one.values)


def _places(names: Names, kind: TypeEngine[Any] | None = None) -> list[BindParameter[Any]]:
    return [bindparam(name, type_=kind) for name in names]


def _rows(query: Query, prepared: Prepared, raw: Sequence[Row], *, backwards: bool = False) -> Rows:
    """The rows of a page, of which one more was read than it has, to know whether it is the last."""
    width = 1 + len(query.columns)
    over = len(raw) > query.limit
    if over:
        raw = raw[1:] if backwards else raw[:-1]

    def edge(row: Row, *, backwards: bool) -> Edge:
        return Place((*prepared.load(row)[width:], row[0])).edge(query, backwards=backwards)

    return Rows(
        ("id", *query.columns),
        [row[:width] for row in raw],
        prepared.loaders[:width],
        edge(raw[0], backwards=True) if raw and query.offset and (over or not backwards) else None,
        edge(raw[-1], backwards=False) if raw and (over or backwards) else None,
    )


def _placed(levels: Sequence[Level]) -> list[ColumnElement[Any]]:
    return [level.column.label(f"_k{number}") for number, level in enumerate(levels)]


def _ordering(levels: Sequence[Level]) -> list[ColumnElement[Any]]:
    return [level.sql for level in levels]
