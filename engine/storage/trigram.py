"""Finding a text inside others without reading them all, on SQLite: an index of every three letters.

Each entity's folded columns have a full-text table beside them, kept by triggers, so that no way of writing can forget
it. PostgreSQL has indexes of its own for this (`pg_trgm`). Words of fewer than three letters are looked for by LIKE.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import BindParameter, ColumnElement, Connection, Table, bindparam, column, literal_column, select, text
from sqlalchemy import table as named_table
from sqlalchemy.sql.selectable import Select

from engine.storage.tables import FOLD

SHORTEST = 3
MANY = 500
"""From so many rows on, setting the trigger aside is worth its while."""
SEGMENTS = 8
"""So many pieces of an index of equal size are merged into one, a bit with each save. Twice as many as usual: a save
costs half as much. Nor are the lengths of texts kept, which only an order by relevance needs."""


def matched(table: Table, columns: Iterable[str], parameter: str) -> Select[tuple[int]]:
    """The ids of rows that have the text of a parameter (see `quoted`) inside one of the folded columns."""
    name = index_name(table)
    bound: BindParameter[str] = bindparam(parameter)
    filtered: ColumnElement[str] = literal_column(f"'{{{' '.join(columns)}}} : '").concat(bound)
    # The table's own name is the hidden column that MATCH is asked of.
    return (
        select(column("rowid")).select_from(named_table(name)).where(literal_column(f'"{name}"').op("MATCH")(filtered))
    )


def quoted(word: str) -> str:
    """A word as the full-text language writes a text that is to be taken literally."""
    return '"' + word.replace('"', '""') + '"'


def serves(word: str) -> bool:
    return len(word) >= SHORTEST


def index_name(table: Table) -> str:
    return f"_search__{table.name}"


def folded_columns(table: Table) -> tuple[str, ...]:
    """The columns that are indexed: the folded shadows of fields."""
    return tuple(column.name for column in table.c if column.name.endswith(FOLD) and not column.name.startswith("_"))


def rebuild(connection: Connection, table: Table) -> None:
    """Make the index of a table anew: for a new entity, or after a field was added."""
    for statement in _statements(table):
        connection.execute(text(statement.replace(":", r"\:")))


@contextmanager
def at_once(connection: Connection, table: Table, ids: range) -> Iterator[None]:
    """Index the rows that are inserted within in one go: five times faster than one by one, as the trigger does it.

    An exception within must undo the whole transaction, for the trigger stands aside meanwhile.
    """
    columns = folded_columns(table) if len(ids) >= MANY else ()
    if not columns:
        yield
        return
    name, listed = index_name(table), _listed(columns)
    connection.exec_driver_sql(f'DROP TRIGGER "{name}_insert"')
    yield
    rows = f'SELECT id, {listed} FROM "{table.name}" WHERE id BETWEEN ? AND ?'
    connection.exec_driver_sql(f'INSERT INTO "{name}" (rowid, {listed}) {rows}', (ids[0], ids[-1]))
    connection.exec_driver_sql(_insert_trigger(table))


def _listed(columns: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{column}"' for column in columns)


def _added(table: Table) -> str:
    columns = folded_columns(table)
    values = _listed(columns, "new.")
    return f'INSERT INTO "{index_name(table)}" (rowid, {_listed(columns)}) VALUES (new.id, {values});'


def _insert_trigger(table: Table) -> str:
    name = index_name(table)
    return f'CREATE TRIGGER "{name}_insert" AFTER INSERT ON "{table.name}" BEGIN {_added(table)} END'


def _statements(table: Table) -> Iterator[str]:
    name, columns = index_name(table), folded_columns(table)
    for event in ("insert", "update", "delete"):
        yield f'DROP TRIGGER IF EXISTS "{name}_{event}"'
    yield f'DROP TABLE IF EXISTS "{name}"'
    if not columns:
        return
    listed = _listed(columns)
    yield (
        f'CREATE VIRTUAL TABLE "{name}" USING fts5'
        f"({listed}, content='{table.name}', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0)"
    )
    yield f"""INSERT INTO "{name}" ("{name}", rank) VALUES ('automerge', {SEGMENTS})"""
    old = _listed(columns, "old.")
    remove = f"""INSERT INTO "{name}" ("{name}", rowid, {listed}) VALUES ('delete', old.id, {old});"""
    change = f"{remove} {_added(table)}"
    yield _insert_trigger(table)
    yield f'CREATE TRIGGER "{name}_delete" AFTER DELETE ON "{table.name}" BEGIN {remove} END'
    yield f'CREATE TRIGGER "{name}_update" AFTER UPDATE OF {listed} ON "{table.name}" BEGIN {change} END'
    yield f"""INSERT INTO "{name}" ("{name}") VALUES ('rebuild')"""
