"""Reading what formulas need, as the evaluator takes it: values by dotted path, rows of lists under the list's path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, type_coerce

from engine.expressions.defaults import Peek
from engine.expressions.plan import TITLE, Inquiry, Stage
from engine.expressions.results import error_code
from engine.expressions.routes import Way, currency_path, walked
from engine.expressions.rules import Rules
from engine.expressions.scope import members_of
from engine.fields.column import USERS
from engine.model import Configuration
from engine.storage.database import Database
from engine.storage.located import Located
from engine.storage.moments import asked_by
from engine.storage.reach import Reach, among, bound
from engine.storage.statement import Prepared
from engine.storage.tables import ERROR, Tables
from engine.storage.types import Exactly
from formulas import FormulaError, Money
from formulas.to_sql import rollup_parts
from formulas.tree import Node
from formulas.values import Reference

Values = dict[str, Any]
Asking = Stage | Rules | Peek | Inquiry
ROW_ID = "id"
"""Under this name a row says which record it is, where that is asked for; no field can have it."""
Make = Callable[[Sequence[Any]], Any]
"""Makes one value of a row."""


@dataclass(frozen=True, eq=False)
class Making:
    """Makes the values that formulas see out of rows: most are items of the row as they are, few want a maker."""

    plain: Mapping[str, int]
    made: Mapping[str, Make]

    def of(self, row: Sequence[Any]) -> Values:
        found = {path: row[at] for path, at in self.plain.items()}
        for path, make in self.made.items():
            found[path] = make(row)
        return found


@dataclass(frozen=True, eq=False)
class Rows:
    """The statement that reads the rows of one list, and what is made of each: the owner's id stands first."""

    root: str
    statement: Prepared
    making: Making


@dataclass(frozen=True, eq=False)
class Given:
    """Reads the inputs of a stage for records of its entity, and what is stored as its results now.

    `trees` are the formulas of its fields as they are to be computed: sums over rows that the database has added up
    are among the values.
    """

    database: Database
    configuration: Configuration
    own: Prepared
    making: Making
    stored: Mapping[str, int]
    lists: tuple[Rows, ...]
    trees: Mapping[str, Node] = field(default_factory=dict)

    def read(
        self, connection: Connection, ids: Sequence[int], user: int | None = None
    ) -> dict[int, tuple[Values, Values]]:
        """By id of the live ones: what the formulas need, and the stored results with their errors. `user` asks."""
        wanted = bound(self.database, ids)
        if self.own.asks or any(rows.statement.asks for rows in self.lists):
            wanted = {**wanted, **asked_by(self.database, self.configuration, user)}
        found: dict[int, tuple[Values, Values]] = {}
        for row in self.own.rows(connection, wanted):
            values = self.making.of(row)
            for rows in self.lists:
                values[rows.root] = []
            found[row[0]] = (values, {name: row[at] for name, at in self.stored.items()})
        for rows in self.lists:
            for row in rows.statement.rows(connection, wanted):
                if row[0] in found:
                    found[row[0]][0][rows.root].append(rows.making.of(row))
        return found


def columns_of(name: str) -> tuple[str, ...]:
    """Where a result is stored, and its error; what a record is called has none, it is called by its number then."""
    return (name,) if name == TITLE else (name, name + ERROR)


@lru_cache(maxsize=500)
def given_of(database: Database, tables: Tables, stage: Asking) -> Given:
    """The kept statements of a stage, of the conditions of an entity, of what its defaults or an explanation look at."""
    reach = Reach(database, tables, stage.entity)
    columns = Columns(reach, stage.entity, (), [reach.base.c.id])
    trees, made = _added_up(columns, stage) if isinstance(stage, Stage) else ({}, {})
    needs = stage.needs_of(trees) if isinstance(stage, Stage) else stage.needs
    making = columns.making(path for path in needs.own if path not in made)
    making = Making(making.plain, MappingProxyType({**making.made, **made}))
    stored: dict[str, int] = {}
    for name in stage.names:
        column, error = reach.column(stage.entity, (), name)
        stored[name] = columns.add(column)
        if error is not None:
            stored[name + ERROR] = columns.add(error)
    live = reach.base.c._trashed_at.is_(None)
    own = columns.selected.where(among(database, reach.base.c.id), live)
    lists = tuple(_rows(database, tables, stage, root, paths) for root, paths in needs.lists.items())
    return Given(database, tables.configuration, Prepared(own, database.dialect), making, stored, lists, trees)


def _added_up(columns: Columns, stage: Stage) -> tuple[dict[str, Node], dict[str, Make]]:
    """The formulas of a stage without the sums over rows that the database adds up, and how their values are made."""
    located = Located(columns.reach.visible, stage.entity, columns.reach.base)
    trees: dict[str, Node] = {}
    made: dict[str, Make] = {}
    for computed in stage.fields:
        tree, parts = rollup_parts(computed.formula.tree, located.visible.system, located, f"{computed.name}=")
        trees[computed.name] = tree
        for name, (node, part) in parts.items():
            is_number = node.type.kind in ("number", "money")
            at = columns.add(type_coerce(part.value, Exactly(38, part.places)) if is_number else part.value)
            make: Make = itemgetter(at)
            made[name] = make if part.error is None else _unless_wrong(make, columns.add(part.error))
    return trees, made


def _rows(database: Database, tables: Tables, stage: Asking, root: str, paths: Iterable[str]) -> Rows:
    way, _ = walked(tables.configuration, stage.entity, root)
    reach = Reach(database, tables, stage.entity)
    far = reach.follow(way, needed=True)
    columns = Columns(reach, way[-1].far, way, [reach.base.c.id])
    making = columns.making(paths)
    if isinstance(stage, Inquiry):
        making = Making({**making.plain, ROW_ID: columns.add(far.c.id)}, making.made)
    order = [reach.base.c.id, *([far.c._position] if "_position" in far.c else []), far.c.id]
    rows = columns.selected.where(among(database, reach.base.c.id)).order_by(*order)
    return Rows(root, Prepared(rows, database.dialect), making)


@dataclass
class Columns:
    """The columns of one SELECT, and how values are made of them."""

    reach: Reach
    entity: str
    before: Way
    columns: list[ColumnElement[Any]]

    @property
    def selected(self) -> Select[Any]:
        columns = [column.label(f"c{number}") for number, column in enumerate(self.columns)]
        return select(*columns).select_from(self.reach.source)

    def add(self, column: ColumnElement[Any]) -> int:
        """Select a column; its place in the row."""
        self.columns.append(column)
        return len(self.columns) - 1

    def making(self, paths: Iterable[str]) -> Making:
        """How the values at these paths are made; selects what they are made of."""
        found = {path: self._maker(path) for path in sorted(paths)}
        return Making(
            MappingProxyType({path: made for path, made in found.items() if isinstance(made, int)}),
            MappingProxyType({path: made for path, made in found.items() if not isinstance(made, int)}),
        )

    def _maker(self, path: str) -> Make | int:
        """How the value at a path is made, or its place in the row where nothing is made of it."""
        configuration = self.reach.tables.configuration
        if not path:
            key, entity = self.add(self.reach.follow(self.before).c.id), self.entity
            return lambda row: Reference(entity, row[key])
        column, error = self.reach.column(self.entity, self.before, path)
        at = self.add(column)
        make = self._plain(configuration, path, at)
        if error is not None:
            wrong = self.add(error)
            return _unless_wrong(itemgetter(make) if isinstance(make, int) else make, wrong)
        return make

    def _plain(self, configuration: Configuration, path: str, at: int) -> Make | int:
        money = currency_path(configuration, self.entity, path)
        if money:
            said = self.add(self.reach.column(self.entity, self.before, money)[0])
            return lambda row: None if row[at] is None else Money(row[at], row[said] or "")
        target = _target(configuration, self.entity, path)
        if target:
            return lambda row: None if row[at] is None else Reference(target, row[at])
        return at


def _unless_wrong(make: Make, wrong: int) -> Make:
    return lambda row: make(row) if row[wrong] is None else FormulaError(error_code(row[wrong]))


def _target(configuration: Configuration, entity: str, path: str) -> str:
    """The entity that a reference at a path leads to; "" for a plain value."""
    way, name = walked(configuration, entity, path)
    holder = way[-1].far if way else entity
    if holder == USERS:
        return name if name in configuration.user_links else ""
    return members_of(configuration)[holder][name].type.entity
