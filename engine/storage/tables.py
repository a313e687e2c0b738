"""From a Configuration to the tables that hold it: a pure function, the same for both databases.

Columns of fields may be NULL whatever the configuration says: `required` is kept by `engine.records`, so that a field
that becomes required later never stands in the way of data that is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    false,
    text,
)
from sqlalchemy.types import TypeEngine

from engine.expressions import Computation, computation_of
from engine.expressions.conditions import condition_of
from engine.fields import Field
from engine.fields.column import Column as Stored
from engine.model import Configuration, Entity
from engine.query import Sort
from engine.storage.system import KEY, add_system_tables
from engine.storage.types import BlankFirst, Codes, Exactly, Moment, Seconds
from formulas.scope import USER
from formulas.tree import Compared, Read, walk

FOLD = "__fold"
ERROR = "__error"
"""Ends the name of the column with the number of the error that a formula gave in place of a value."""
LIVE = text("_trashed_at IS NULL")
GONE = text("_trashed_at IS NOT NULL")
"""Every read of live records says this, so every index may leave out the trash."""


@dataclass(frozen=True, eq=False)
class Tables:
    """The described tables of one configuration: an entity's by its name, links by (entity, field)."""

    configuration: Configuration
    metadata: MetaData = field(repr=False)
    entities: Mapping[str, Table] = field(repr=False)
    links: Mapping[tuple[str, str], Table] = field(repr=False)
    computation: Computation = field(repr=False)

    def system(self, name: str) -> Table:
        return self.metadata.tables[name]

    def is_indexed(self, entity: str, column: str) -> bool:
        """Whether live rows can be walked in the order of a column."""
        first = (next(iter(index.expressions)) for index in self.entities[entity].indexes)
        return any(isinstance(found, BlankFirst) and found.column.name == column for found in first)


def describe_tables(configuration: Configuration) -> Tables:
    """The tables that hold this configuration."""
    metadata = MetaData()
    add_system_tables(metadata)
    computation = computation_of(configuration)
    entities = {
        name: _entity_table(configuration, name, entity, metadata) for name, entity in configuration.entities.items()
    }
    for name, table in entities.items():
        for index in _indexes(configuration, name, table, computation):
            assert index.table is table
    links = {
        (name, field_name): _link_table(name, field_name, links.target, metadata)
        for name, entity in configuration.entities.items()
        for field_name, linked in entity.linked()
        if (links := linked.links()) and links.target != "_file"
    }
    return Tables(configuration, metadata, entities, links, computation)


def short_name(*parts: str) -> str:
    """A database name of at most 60 bytes; PostgreSQL would cut a longer one silently."""
    name = "__".join(parts)
    if len(name) <= 60:
        return name
    return f"{name[:51]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _entity_table(configuration: Configuration, name: str, entity: Entity, metadata: MetaData) -> Table:
    columns: list[Column[object]] = [Column("id", KEY, primary_key=True), *_system_columns()]
    parent = configuration.parent_of(name)
    if parent:
        columns += [
            Column(parent, ForeignKey(f"{parent}.id", name=short_name("fk", name, parent)), nullable=False),
            Column("_position", Integer, nullable=False, server_default="0"),
        ]
    for field_name, stored in entity.stored():
        columns += field_columns(name, field_name, stored)
    return Table(name, metadata, *columns, sqlite_autoincrement=True)


def _system_columns() -> list[Column[object]]:
    return [
        Column("_version", Integer, nullable=False, server_default="1"),
        Column("_title", Text),
        Column(f"_title{FOLD}", Text),
        Column("_created_at", Moment, nullable=False),
        Column("_created_by", BigInteger),
        Column("_updated_at", Moment, nullable=False),
        Column("_updated_by", BigInteger),
        Column("_trashed_at", Moment),
        Column("_trashed_by", BigInteger),
    ]


def field_columns(entity: str, name: str, described: Field) -> list[Column[object]]:
    """The column of a stored field and, where it is searched or sorted as text, its folded shadow."""
    stored = described.column()
    if stored is None:
        return []
    columns: list[Column[object]]
    if stored.kind == "boolean":
        columns = [Column(name, column_type(stored), nullable=False, server_default=false())]
    elif stored.kind == "reference":
        key = ForeignKey(f"{stored.target}.id", name=short_name("fk", entity, name))
        columns = [Column(name, column_type(stored), key)]
    else:
        columns = [Column(name, column_type(stored))]
    if stored.folded:
        columns.append(Column(name + FOLD, Text))
    if described.formula is not None:
        # One that changes with the day leaves both empty: a formula may become another without the table changing.
        columns.append(Column(name + ERROR, SmallInteger))
    return columns


def column_type(stored: Stored) -> TypeEngine[Any]:
    """How a value of a field is stored."""
    if stored.kind == "decimal":
        return Exactly(stored.digits, stored.scale)
    plain: dict[str, TypeEngine[Any]] = {
        "text": Text(),
        "integer": BigInteger(),
        "date": Date(),
        "time": Time(),
        "datetime": Moment(),
        "duration": Seconds(),
        "codes": Codes(),
        "boolean": Boolean(),
        "reference": KEY,
    }
    return plain[stored.kind]


def _link_table(entity: str, name: str, target: str, metadata: MetaData) -> Table:
    table_name = short_name(entity, name)
    return Table(
        table_name,
        metadata,
        Column(
            "record_id", KEY, ForeignKey(f"{entity}.id", name=short_name("fk", table_name, "record")), primary_key=True
        ),
        Column(
            "target_id",
            KEY,
            ForeignKey(f"{target}.id", name=short_name("fk", table_name, "target")),
            primary_key=True,
            index=True,
        ),
        Column("position", Integer, nullable=False),
    )


def _indexes(configuration: Configuration, name: str, table: Table, computation: Computation) -> Iterable[Index]:
    """Indexes: of the trash, of each reference, and over live records of each unique field and each sort of a view."""
    entity = configuration.entities[name]
    yield Index(short_name("ix", name, "trash"), table.c.id, sqlite_where=GONE, postgresql_where=GONE)
    parent = configuration.parent_of(name)
    if parent:
        yield Index(short_name("ix", name, parent), table.c[parent], table.c._position)
    for field_name, described in entity.stored():
        if described.unique:
            yield _index(table, field_name, (field_name,), unique=True)
        stored = described.column()
        if stored and stored.kind == "reference" and (name, field_name) not in computation.virtual:
            yield Index(short_name("ix", name, field_name), table.c[field_name], table.c.id)
    for columns in sorted(_sorted_columns(configuration, name, entity)):
        if (name, columns[0]) in computation.virtual:
            continue
        yield _index(table, f"sort_{'_'.join(columns)}", columns)
    yield from _own_indexes(configuration, table, computation)


def _owned(configuration: Configuration, name: str) -> set[str]:
    """The fields by which a role sees only a person's own records: manager = USER()."""
    found: set[str] = set()
    for role in configuration.roles.values():
        wheres = [grant.where for grant in role.grants if grant.entity == name]
        wheres += [restriction.where for restriction in role.restrictions if restriction.entity == name]
        for where in wheres:
            for node in walk(condition_of(configuration, name, where)) if where else ():
                if isinstance(node, Compared) and node.sign == "==":
                    sides = {side.path for side in (node.left, node.right) if isinstance(side, Read)}
                    own = sides - {USER} if USER in sides else set()
                    found |= own & configuration.entities[name].fields.keys()
    return found


def _own_indexes(configuration: Configuration, table: Table, computation: Computation) -> Iterable[Index]:
    """Somebody's own records in the order of the first list."""
    for field_name in sorted(_owned(configuration, table.name)):
        if (table.name, field_name) not in computation.virtual:
            yield _own_index(configuration, table, field_name)


def _own_index(configuration: Configuration, table: Table, field_name: str) -> Index:
    order = _order_columns(configuration.entities[table.name], configuration.view(table.name)[1].sort)
    listed = [table.c[field_name], *(BlankFirst(table.c[column]) for column in order), table.c.id, table.c._trashed_at]
    return Index(short_name("ix", table.name, "own", field_name), *listed, sqlite_where=LIVE, postgresql_where=LIVE)


def _sorted_columns(configuration: Configuration, name: str, entity: Entity) -> set[tuple[str, ...]]:
    """The columns of each order that lists are shown in: of views, of indexed fields, of titles."""
    if entity.kind == "child":
        return set()
    orders = {view.sort for view in entity.views.values()} | {configuration.view(name)[1].sort}
    orders |= {(field_name,) for field_name, described in entity.stored() if described.index}
    found = {(f"_title{FOLD}",)} if entity.title_field or entity.title_formula else set()
    return found | {columns for order in orders if (columns := _order_columns(entity, order))}


def _order_columns(entity: Entity, order: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of an order as far as one index serves it: in one direction, and not over references or choices."""
    columns: list[str] = []
    sorts = [Sort.parse(text) for text in order]
    for sort in sorts:
        stored = entity.fields[sort.field].column() if sort.field in entity.fields else None
        plain = stored and stored.kind not in ("reference", "codes") and entity.fields[sort.field].kind != "choice"
        if not plain or sort.descending != sorts[0].descending:
            break
        columns.append(sort.field + FOLD if stored and stored.folded else sort.field)
    return tuple(columns)


def _index(table: Table, what: str, columns: tuple[str, ...], *, unique: bool = False) -> Index:
    # The id ends every order, and with the mark of the trash SQLite need not look at the row itself.
    listed = [table.c[column] for column in columns]
    ordered = listed if unique else [*(BlankFirst(column) for column in listed), table.c.id, table.c._trashed_at]
    return Index(
        short_name("uq" if unique else "ix", table.name, what),
        *ordered,
        unique=unique,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
