"""Which rows and columns of an entity a principal may touch: the one place where that is decided.

Every read, whatever it is for, selects from and joins only the subqueries made here. A column that is not in one cannot
be asked for, filtered or sorted by: it does not exist.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from engine.expressions.conditions import condition_of
from engine.fields.column import USERS
from engine.model import Configuration, Entity
from engine.query import TINT
from engine.rights import SYSTEM, Rights, Rule, rights_of
from engine.storage.located import Located, computed, met
from engine.storage.order import plus
from engine.storage.tables import ERROR, FOLD, Tables
from formulas.to_sql import System

PLAIN = ("id", "_created_at", "_created_by", "_trashed_at")
"""Columns that are there for whoever may see the row."""
STAMPS = {"_updated_at": "_created_at", "_updated_by": "_created_by"}
"""A change of what somebody may not read must not show: then only the making of a record does."""


@dataclass(frozen=True, eq=False)
class Visible:
    """What of the tables of a database is to be seen with these rights."""

    tables: Tables
    rights: Rights
    system: System

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    @cached_property
    def whole(self) -> Visible:
        """Everything: what rules and results are computed from, which are the same whoever asks."""
        return Visible(self.tables, rights_of(self.configuration, SYSTEM), self.system)

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
        if entity == USERS:
            return people(self.tables).subquery(alias)
        table = self.tables.entities[entity]
        mark = plus(table.c._trashed_at) if scanned else table.c._trashed_at
        rows: list[ColumnElement[bool]] = [mark.is_not(None) if trashed else mark.is_(None)]
        rule = self.rights.of(entity).rows["read"]
        if not rule.always:
            rows.append(self.met_by(entity, table, rule))
        return select(*self._columns(entity, table, virtual)).where(*rows).subquery(alias)

    def everything(self, entity: str, *, trashed: bool = False) -> Select[tuple[int]]:
        """How many records of an entity there are, all of which are to be seen.

        The live ones are all rows less those in the trash: databases count a whole table far faster than a part of it.
        """
        assert self.rights.rows(entity).always
        table = self.tables.entities[entity]
        gone = select(func.count()).select_from(table).where(table.c._trashed_at.is_not(None)).scalar_subquery()
        if trashed:
            return select(gone.label("number"))
        return select((select(func.count()).select_from(table).scalar_subquery() - gone).label("number"))

    def met_by(self, entity: str, rows: FromClause, rule: Rule) -> ColumnElement[bool]:
        """Whether rows, which have an id and the reference of a line to its parent, meet a rule.

        Where they are lines the rule is about their parents.
        """
        if rule.never:
            return false()
        table, head = self.tables.entities[entity], self.rights.of(entity).head
        if head == entity and (rows is table or getattr(rows, "element", None) is table):
            return self._met(entity, rows, rule)
        whole = self.tables.entities[head].alias()
        own = rows.c.id if head == entity else rows.c[head]
        return own.in_(select(whole.c.id).where(self._met(head, whole, rule)))

    def shown(self, entity: str, name: str, rows: FromClause, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """A value of a field in rows: blank in those where it may not be read."""
        rule = self.rights.shown(entity, name)
        return value if rule.always else case((self.met_by(entity, rows, rule), value), else_=null())

    @property
    def unlimited(self) -> bool:
        """Whether everything is to be seen."""
        return self.rights.unlimited

    def showing(self, entity: str, name: str) -> Select[tuple[int]]:
        """The ids of the records, among those that may be seen, in which a field may be read."""
        table = self.tables.entities[entity]
        return select(table.c.id).where(self.met_by(entity, table, self.rights.shown(entity, name)))

    def allowing(self, entity: str, action: str, *, trashed: bool = False) -> Select[tuple[int]]:
        """The ids of the records with which an action is allowed."""
        table = self.tables.entities[entity]
        gone = table.c._trashed_at.is_not(None) if trashed else table.c._trashed_at.is_(None)
        return select(table.c.id).where(gone, self.met_by(entity, table, self.rights.rows(entity, action)))

    def _met(self, entity: str, rows: FromClause, rule: Rule) -> ColumnElement[bool]:
        """Rules are read with the system's eyes: what they look at may itself be hidden."""
        located = Located(self.whole, entity, rows)

        def term(text: str) -> ColumnElement[bool]:
            return met(located, condition_of(self.configuration, entity, text))

        clauses = (
            or_(*(and_(*(term(text) for text in sorted(terms))) for terms in sorted(clause, key=sorted)))
            for clause in rule.clauses
        )
        return and_(*clauses)

    def _columns(self, entity: str, table: FromClause, virtual: Container[str]) -> Iterator[ColumnElement[Any]]:
        rights = self.rights.of(entity)
        yield from (table.c[name] for name in PLAIN)
        yield from self._stamps(entity, table)
        yield from self._title(entity, table)
        for column in table.c:
            name = column.name.removesuffix(FOLD).removesuffix(ERROR)
            if (entity, name) in self.tables.computation.virtual:
                continue
            if name in rights.readable:
                shown = self.shown(entity, name, table, column)
                yield column if shown is column else shown.label(column.name)
            elif column.name in ("_position", self.configuration.parent_of(entity)):
                yield column
        yield from self._virtual(entity, table, virtual)
        if TINT in virtual:
            yield self._tint(entity, table)

    def _stamps(self, entity: str, table: FromClause) -> Iterator[ColumnElement[Any]]:
        whole = self.rights.of(entity).whole
        yield table.c._version if whole else literal(1).label("_version")
        yield from (table.c[name] if whole else table.c[made].label(name) for name, made in STAMPS.items())

    def _title(self, entity: str, table: FromClause) -> Iterator[ColumnElement[Any]]:
        """What a record is called; by its number instead where that may not be read."""
        rights = self.rights.of(entity)
        for ending in ("", FOLD):
            title: ColumnElement[Any] = table.c[f"_title{ending}"]
            if not rights.title.always:
                stand_in = table.c[f"{rights.called}{ending}"] if rights.called else null()
                title = case((self.met_by(entity, table, rights.title), title), else_=stand_in).label(f"_title{ending}")
            yield title

    def _tint(self, entity: str, table: FromClause) -> ColumnElement[Any]:
        """The number of the first colour whose condition a record meets."""
        described: Entity = self.rights.configuration.entities[entity]
        located = Located(self, entity, table, masked=True)
        trees = (condition_of(self.configuration, entity, tint.where) for tint in described.colors)
        return case(*((met(located, tree), number) for number, tree in enumerate(trees)), else_=null()).label(TINT)

    def _virtual(self, entity: str, table: FromClause, wanted: Container[str]) -> Iterator[ColumnElement[Any]]:
        readable = self.rights.readable[entity]
        located = Located(self.whole, entity, table)
        for (own, name), field in self.tables.computation.virtual.items():
            if own == entity and name in readable and (name in wanted or name + ERROR in wanted):
                for ending, value in zip(("", ERROR), computed(located, field), strict=True):
                    yield self.shown(entity, name, table, value).label(name + ending)


def people(tables: Tables) -> Select[Any]:
    """Users as others see them: an id, a name, and the records that they are linked to; for whoever is signed in."""
    table, link = tables.system(USERS), tables.system("_user_link")
    columns = table.c

    def linked(entity: str) -> ColumnElement[Any]:
        mine = (link.c.user_id == columns.id) & (link.c.entity == entity)
        return select(link.c.record_id).where(mine).scalar_subquery().label(entity)

    links = map(linked, tables.configuration.user_links)
    return select(columns.id, columns.name, columns.name.label("_title"), columns.active, *links)


def links_of(connection: Connection, tables: Tables, user: int) -> dict[str, int]:
    """The records that a user is linked to, by entity."""
    link = tables.system("_user_link")
    found = connection.execute(select(link.c.entity, link.c.record_id).where(link.c.user_id == user))
    return {str(entity): int(record_id) for entity, record_id in found}
