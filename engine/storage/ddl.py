"""Changing the tables themselves. Runs inside one write transaction, which both databases undo whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, inspect, select, text, update
from sqlalchemy.schema import (
    AddConstraint,
    CreateColumn,
    CreateIndex,
    CreateTable,
    DropIndex,
    ForeignKeyConstraint,
    Index,
)

from engine.storage import trigram
from engine.storage.database import Database
from engine.storage.fold import fold
from engine.storage.tables import FOLD, Tables, field_columns

SYSTEM = (
    "_configuration",
    "_user",
    "_session",
    "_login_attempt",
    "_session_origin",
    "_user_role",
    "_group",
    "_group_member",
    "_group_role",
    "_user_link",
    "_second_factor",
    "_recovery_code",
    "_counter",
    "_submission",
    "_file",
    "_cleared",
    "_audit",
    "_action",
    "_change",
    "_brought",
    "_note",
    "_mention",
    "_touched",
    "_rate",
    "_job",
    "_job_act",
    "_queue",
    "_stale_stage",
    "_stale",
    "_token",
    "_report",
    "_report_role",
    "_pin",
    "_dashboard",
    "_dashboard_role",
    "_view",
    "_view_role",
    "_first_view",
    "_layout",
)
BATCH = 5000


def table_names(connection: Connection) -> frozenset[str]:
    """The tables that the database has."""
    return frozenset(inspect(connection).get_table_names())


def create_system(connection: Connection, tables: Tables) -> None:
    """Create the program's own tables, those that are missing."""
    present = table_names(connection)
    missing = [tables.system(name) for name in SYSTEM if name not in present]
    tables.metadata.create_all(connection, missing, checkfirst=False)


def lacks_system(connection: Connection, tables: Tables) -> bool:
    """Whether a database that has been set up lacks tables or columns that an earlier version did not have."""
    present = table_names(connection)
    if "_configuration" not in present:
        return False
    return not present.issuperset(SYSTEM) or any(_lacking(connection, tables))


def complete_system(connection: Connection, tables: Tables) -> None:
    """Create what is missing of the program's own tables, one process after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE _configuration IN SHARE ROW EXCLUSIVE MODE"))
    create_system(connection, tables)
    for table, columns in list(_lacking(connection, tables)):
        for column in columns:
            _add_column(connection, column)
        known = {index["name"] for index in inspect(connection).get_indexes(table.name)}
        for index in sorted(table.indexes, key=_name):
            if index.name not in known:
                connection.execute(CreateIndex(index))


def _lacking(connection: Connection, tables: Tables) -> Iterator[tuple[Table, list[Column[Any]]]]:
    """The program's own tables that lack columns, with these; what is in a table is looked up for all at once."""
    found = inspect(connection).get_multi_columns(filter_names=SYSTEM)
    present = {table: {column["name"] for column in columns} for (_, table), columns in found.items()}
    for name in SYSTEM:
        table = tables.system(name)
        lacking = [column for column in table.columns if column.name not in present.get(name, table.c)]
        if lacking:
            yield table, lacking


def create_tables(connection: Connection, tables: Tables, names: list[str]) -> None:
    """Create tables that may refer to each other in a circle, with their indexes."""
    created = [tables.metadata.tables[name] for name in names]
    inline = (
        connection.dialect.name == "sqlite"
    )  # it cannot add a foreign key later, and does not ask for the table at once
    for table in created:
        keys = list(table.foreign_key_constraints) if inline else []
        connection.execute(CreateTable(table, include_foreign_key_constraints=keys))
    if not inline:
        for table in created:
            _add_keys(connection, table.foreign_key_constraints)
    for table in created:
        for index in sorted(table.indexes, key=_name):
            connection.execute(CreateIndex(index))
        if inline and table.name in tables.entities:
            trigram.rebuild(connection, table)


def add_field(connection: Connection, tables: Tables, entity: str, field: str) -> None:
    """Add the column of a field, or its table of links."""
    links = tables.links.get((entity, field))
    if links is not None:
        create_tables(connection, tables, [links.name])
        return
    table = tables.entities[entity]
    for described in field_columns(entity, field, tables.configuration.entities[entity].fields[field]):
        _add_column(connection, table.c[described.name])
    if connection.dialect.name == "sqlite":
        trigram.rebuild(connection, table)


def _add_column(connection: Connection, column: Column[Any]) -> None:
    quoted = connection.dialect.identifier_preparer.quote
    definition = str(CreateColumn(column).compile(dialect=connection.dialect))
    key = next(iter(column.foreign_keys), None)
    if key is not None:
        definition += f" REFERENCES {quoted(key.column.table.name)} ({quoted(key.column.name)})"
    connection.execute(text(f"ALTER TABLE {quoted(column.table.name)} ADD COLUMN {definition}"))


def create_index(connection: Connection, tables: Tables, name: str) -> None:
    connection.execute(CreateIndex(_index(tables, name)))


def drop_index(connection: Connection, tables: Tables, name: str) -> None:
    connection.execute(DropIndex(_index(tables, name)))


def retitle(connection: Connection, database: Database, tables: Tables, entity: str) -> None:
    """Write anew what every record of an entity is called, after another field has become its title."""
    described = tables.configuration.entities[entity]
    table = tables.entities[entity]
    title = described.title_field
    changing = (
        update(table)
        .where(table.c.id == bindparam("record"))
        .values({"_title": bindparam("t"), f"_title{FOLD}": bindparam("f")})
    )
    if title is None:
        connection.execute(update(table).values({"_title": None, f"_title{FOLD}": None}))
        return
    field = described.fields[title]
    for rows in _batches(connection, table, title):
        shown = [(record, None if value is None else field.title_text(value)) for record, value in rows]
        connection.execute(
            changing, [{"record": record, "t": name, "f": fold(name) if name else None} for record, name in shown]
        )


def row_count(connection: Connection, tables: Tables, entity: str) -> int:
    """How many records an entity has, the trash included."""
    return connection.execute(select(func.count()).select_from(tables.entities[entity])).scalar_one()


def index_names(tables: Tables) -> dict[str, str]:
    """The indexes of entities' tables, each with its table."""
    everything = (*tables.entities.values(), *tables.links.values())
    return {_name(index): table.name for table in everything for index in table.indexes}


def _batches(connection: Connection, table: Table, column: str) -> Iterator[list[tuple[int, object]]]:
    last = 0
    while True:
        rows = select(table.c.id, table.c[column]).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
        found = [(record, value) for record, value in connection.execute(rows)]
        if not found:
            return
        yield found
        last = found[-1][0]


def _add_keys(connection: Connection, keys: set[ForeignKeyConstraint]) -> None:
    for key in sorted(keys, key=lambda key: str(key.name)):
        # The same tables may be made in another database afterwards, which makes its keys inline.
        connection.execute(AddConstraint(key, isolate_from_table=False))


def _index(tables: Tables, name: str) -> Index:
    for table in (*tables.entities.values(), *tables.links.values()):
        for index in table.indexes:
            if _name(index) == name:
                return index
    raise KeyError(name)


def _name(index: Index) -> str:
    return str(index.name)
