"""Which rows and columns of an entity a principal may touch: the one place where that is decided.

Every read, whatever it is for, selects from and joins only the subqueries made here. A column that is not in one cannot
be asked for, filtered or sorted by: it does not exist.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, null, select

from engine.expressions.conditions import condition_of
from engine.model import Configuration
from engine.query import TINT
from engine.rights import Rights
from engine.storage.located import Located, computed, met
from engine.storage.order import plus
from engine.storage.tables import ERROR, FOLD, Tables
from formulas.to_sql import System

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


@dataclass(frozen=True, eq=False)
class Visible:
    """What of the tables of a database is to be seen with these rights."""

    tables: Tables
    rights: Rights
    system: System

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    def __call__(
        self,
        entity: str,
        *,
        trashed: bool = False,
        alias: str | None = None,
        scanned: bool = False,
        virtual: Container[str] = (),
    ) -> Subquery:
        """The readable columns of an entity's readable rows: those that live, or those in the trash.

        `scanned` tells SQLite that all rows will be looked at. It would go through them by way of an index of live
        rows, whatever that is sorted by, which takes half as long again as the table itself. Of the fields that are
        computed when they are read there are those that `virtual` names.

        Raises:
            KeyError: the entity does not exist, or not for these rights.
        """
        if entity == "_user":
            return _people(self.tables, alias)
        table = self.tables.entities[entity]
        readable = self.rights.readable[entity]
        parent = self.configuration.parent_of(entity)
        columns: list[ColumnElement[Any]] = [table.c[name] for name in ALWAYS]
        for column in table.c:
            name = column.name.removesuffix(FOLD).removesuffix(ERROR)
            if (entity, name) in self.tables.computation.virtual:
                continue
            if name in readable or column.name in ("_position", parent):
                columns.append(column)
        columns += self._virtual(entity, virtual)
        if TINT in virtual:
            columns.append(self._tint(entity))
        mark = plus(table.c._trashed_at) if scanned else table.c._trashed_at
        rows = mark.is_not(None) if trashed else mark.is_(None)
        return select(*columns).where(rows).subquery(alias)

    def everything(self, entity: str, *, trashed: bool = False) -> Select[tuple[int]]:
        """How many records of an entity there are to be seen.

        The live ones are all rows less those in the trash: databases count a whole table far faster than a part of it.
        """
        table = self.tables.entities[entity]
        gone = select(func.count()).select_from(table).where(table.c._trashed_at.is_not(None)).scalar_subquery()
        if trashed:
            return select(gone.label("number"))
        return select((select(func.count()).select_from(table).scalar_subquery() - gone).label("number"))

    def _tint(self, entity: str) -> ColumnElement[Any]:
        """The number of the first colour whose condition a record meets."""
        located = Located(self, entity, self.tables.entities[entity])
        trees = (
            condition_of(self.configuration, entity, tint.where) for tint in self.configuration.entities[entity].colors
        )
        return case(*((met(located, tree), number) for number, tree in enumerate(trees)), else_=null()).label(TINT)

    def _virtual(self, entity: str, wanted: Container[str]) -> Iterator[ColumnElement[Any]]:
        readable = self.rights.readable[entity]
        located = Located(self, entity, self.tables.entities[entity])
        for (own, name), field in self.tables.computation.virtual.items():
            if own == entity and name in readable and (name in wanted or name + ERROR in wanted):
                found, error = computed(located, field)
                yield found.label(name)
                yield error.label(name + ERROR)


def _people(tables: Tables, alias: str | None) -> Subquery:
    """Users as a reference sees them: an id and a name, for everybody who is signed in."""
    table = tables.system("_user")
    columns = table.c
    return select(columns.id, columns.name.label("_title"), columns.active).subquery(alias)
