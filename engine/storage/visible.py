"""Which rows and columns of an entity a principal may touch: the one place where that is decided.

Every read, whatever it is for, selects from and joins only the subqueries made here. A column that is not in one cannot
be asked for, filtered or sorted by: it does not exist.
"""

from __future__ import annotations

from sqlalchemy import Select, Subquery, func, select

from engine.rights import Rights
from engine.storage.order import plus
from engine.storage.tables import ERROR, FOLD, Tables

ALWAYS = (
    "id",
    "_version",
    "_title",
    f"_title{FOLD}",
    "_created_at",
    "_created_by",
    "_updated_at",
    "_updated_by",
    "_trashed_at",
)


def visible(
    tables: Tables,
    entity: str,
    rights: Rights,
    *,
    trashed: bool = False,
    alias: str | None = None,
    scanned: bool = False,
) -> Subquery:
    """The readable columns of an entity's readable rows: those that live, or those in the trash.

    `scanned` tells SQLite that all rows will be looked at. It would go through them by way of an index of live rows,
    whatever that is sorted by, which takes half as long again as the table itself.

    Raises:
        KeyError: the entity does not exist, or not for these rights.
    """
    if entity == "_user":
        return _people(tables, alias)
    table = tables.entities[entity]
    readable = rights.readable[entity]
    columns = [table.c[name] for name in ALWAYS]
    for column in table.c:
        name = column.name.removesuffix(FOLD).removesuffix(ERROR)
        if name in readable or column.name in ("_position", tables.configuration.parent_of(entity)):
            columns.append(column)
    mark = plus(table.c._trashed_at) if scanned else table.c._trashed_at
    rows = mark.is_not(None) if trashed else mark.is_(None)
    return select(*columns).where(rows).subquery(alias)


def count_everything(tables: Tables, entity: str, rights: Rights, *, trashed: bool = False) -> Select[tuple[int]]:
    """How many records of an entity there are to be seen.

    The live ones are all rows less those in the trash: databases count a whole table far faster than a part of it.
    """
    table = tables.entities[entity]
    gone = select(func.count()).select_from(table).where(table.c._trashed_at.is_not(None)).scalar_subquery()
    if trashed:
        return select(gone.label("number"))
    return select((select(func.count()).select_from(table).scalar_subquery() - gone).label("number"))


def _people(tables: Tables, alias: str | None) -> Subquery:
    """Users as a reference sees them: an id and a name, for everybody who is signed in."""
    table = tables.system("_user")
    columns = table.c
    return select(columns.id, columns.name.label("_title"), columns.active).subquery(alias)
