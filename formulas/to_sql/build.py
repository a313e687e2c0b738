"""Puts a formula's SQL together: the native expression, its error, and the evaluator behind it where SQLite needs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Dialect,
    FromClause,
    Subquery,
    Time,
    and_,
    case,
    column,
    false,
    null,
    select,
    table,
    type_coerce,
)
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.types import TypeEngine

from formulas.problems import FormulaProblem, Unparsed, finding
from formulas.scope import Member
from formulas.to_sql.cells import Cell, NotNative, NotSafe, Sql
from formulas.to_sql.fallback import Asked, Fallback, Leaf, SqliteFunction, fallback, leaves_of
from formulas.to_sql.kit import Kit
from formulas.to_sql.postgresql import PostgreSQL
from formulas.to_sql.rollups import is_rollup, plain
from formulas.to_sql.size import is_too_large
from formulas.to_sql.sqlite import SQLite
from formulas.to_sql.translate import Rows, Source, Translator
from formulas.tree import Call, Node, Read, replaced
from formulas.types import Kind
from formulas.values import Context

System = Literal["sqlite", "postgresql"]
_DIALECTS: dict[System, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(),  # type: ignore[no-untyped-call]
}
_TYPES: dict[Kind, TypeEngine[Any]] = {
    "boolean": Boolean(),
    "date": Date(),
    "datetime": DateTime(),
    "time": Time(),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A formula as SQL.

    `value` is null where `error` is not; a number on SQLite is an integer scaled by the places that were asked for.
    `error` is the small number of the error value, None where the formula cannot fail. The SQLite connection that runs
    the statement must know its functions: see `functions_of`.
    """

    value: Sql
    error: Sql | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How the result is to be: a condition, or a value with places and digits for a number."""

    condition: bool = False
    places: int = 10
    digits: int = 0
    row: FromClause | None = None


@dataclass(frozen=True, slots=True)
class _Native:
    """The expression of the database itself, the conditions under which it is right, and where its number stands."""

    result: Result
    guards: tuple[Sql, ...]
    once: Subquery | None = None


def value(
    tree: Node,
    system: System,
    source: Source,
    context: Context,
    *,
    places: int = 10,
    digits: int = 0,
    row: FromClause | None = None,
) -> Result:
    """The value of a formula and its error.

    Args:
        tree: what was compiled.
        system: the database that the expression is for.
        source: where the values of the record are.
        context: today, which becomes a parameter.
        places: a number is rounded to so many.
        digits: a number with more digits, its places among them, is an error; 0 for no limit.
        row: the table whose rows are computed, where there are many: SQLite then computes a number once for its guard,
            its limit and itself.

    Raises:
        Unparsed: the formula leaves the SQL-safe subset; its problem says where.
    """
    wanted = _Wanted(places=places, digits=digits, row=row if system == "sqlite" else None)
    return _built(tree, system, Translator(_kit(system), source, context), wanted)


def condition(tree: Node, system: System, source: Source, context: Context) -> Result:
    """A condition for WHERE: true where it is met, without an error; false or null elsewhere. Raises as `value` does."""
    found = _built(tree, system, Translator(_kit(system), source, context), _Wanted(condition=True))
    if found.error is None:
        return found
    return Result(and_(found.error.is_(None), found.value))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula as SQL; a number has its own `places`, and nothing was rounded."""

    value: Sql
    error: Sql | None
    places: int


def rollup_parts(tree: Node, system: System, source: Source, before: str) -> tuple[Node, dict[str, tuple[Call, Part]]]:
    """The formula with its aggregates over rows replaced by names that begin with `before`, and these as SQL.

    What a database cannot add up as the evaluator does stays in the formula.
    """
    parts: dict[str, tuple[Call, Part]] = {}

    def swap(node: Node) -> Node | None:
        if not isinstance(node, Call):
            return None
        try:
            simple = plain(node)
            if simple is not node and not is_rollup(node):
                return replaced(simple, swap)
            part = _part(node, system, source) if is_rollup(node) else None
        except (NotSafe, NotNative, Unparsed):
            return node
        if part is None:
            return None
        name = f"{before}{len(parts)}"
        parts[name] = node, part
        return Read(node.type, node.start, node.end, name, Member(node.type))

    return replaced(tree, swap), parts


def _part(node: Call, system: System, source: Source) -> Part:
    places = places_of(node, system, source)
    found = value(node, system, source, Context.beginning(), places=places, digits=18)
    return Part(found.value, found.error, places)


def places_of(tree: Node, system: System, source: Source) -> int:
    """How many places a number has that nothing rounds."""
    return Translator(_kit(system), source, Context.beginning()).cell(tree).scale


def functions_of(statement: ClauseElement) -> tuple[SqliteFunction, ...]:
    """The functions that a statement calls, each once; SQLite must know them before it runs."""
    called = (one.function for one in visitors.iterate(statement) if isinstance(one, Asked))
    return tuple({function.name: function for function in called}.values())


def moments(system: System, context: Context) -> dict[str, Any]:
    """What the parameters are bound to by which statements ask for today and now."""
    if system == "postgresql":
        return {"formula_today": context.today, "formula_now": context.now}
    now = context.now.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return {"formula_today": context.today.isoformat(), "formula_now": now}


def obstacle(tree: Node) -> FormulaProblem | None:
    """Why a formula cannot be computed inside a database, or None where it can."""
    for system in _DIALECTS:
        try:
            value(tree, system, _Anywhere(), Context.beginning())
        except Unparsed as error:
            return error.problems[0]
    return None


def _kit(system: System) -> Kit:
    return SQLite() if system == "sqlite" else PostgreSQL()


def _built(tree: Node, system: System, translator: Translator, wanted: _Wanted) -> Result:
    try:
        try:
            native = _native(tree, system, translator, wanted)
        except NotNative:
            native = None
        if native and not native.guards:
            return _looking(native.result, native.once, wanted.row)
        if system == "postgresql":
            raise Unparsed(finding("formula-sql-too-large", tree.start, tree.end))
        once = native.once if native else None
        return _looking(_guarded(tree, native, translator, wanted), once, wanted.row)
    except NotSafe as error:
        node = error.node or tree
        raise Unparsed(finding("formula-not-sql", node.start, node.end, (), what=error.what)) from None


def _native(tree: Node, system: System, translator: Translator, wanted: _Wanted) -> _Native | None:
    """The expression of the database itself; None where it is too large."""
    kit = translator.kit
    cell = translator.condition(tree) if wanted.condition else translator.cell(tree)
    if wanted.condition and cell.kind == "blank":
        cell = cell.with_(kind="boolean", value=false())
    whole, once = cell.value, None
    if cell.kind == "number":
        cell = kit.fitted(cell, wanted.places)
        whole = cell.value
        if wanted.row is not None:
            once = select(whole.label("once")).correlate(wanted.row).subquery()
            cell = cell.with_(value=once.c.once)
        cell = kit.settled(kit.limited(cell, wanted.places, wanted.digits))
    result = _masked(cell)
    parts = [one for one in (whole, result.value, result.error, *cell.guards) if one is not None]
    if any(is_too_large(part, _DIALECTS[system]) for part in parts):
        return None
    return _Native(result, cell.guards, once)


def _looking(result: Result, once: Subquery | None, row: FromClause | None) -> Result:
    """A result whose expressions look at a number that was computed once for each row."""
    if once is None:
        return result

    def whole(expression: Sql) -> Sql:
        return select(expression).select_from(once).correlate(row).scalar_subquery()

    return Result(whole(result.value), None if result.error is None else whole(result.error))


def _masked(cell: Cell) -> Result:
    kind = _TYPES.get(cell.kind)
    found = cell.value if kind is None else type_coerce(cell.value, kind)
    if cell.error is None:
        return Result(found)
    return Result(case((cell.error.is_(None), found), else_=null()), cell.error)


def _guarded(tree: Node, native: _Native | None, translator: Translator, wanted: _Wanted) -> Result:
    """The native expression where its guards hold, the evaluator where they do not."""
    called, arguments = _called(tree, translator, wanted)
    by_evaluator = Result(
        Asked(called.value, arguments, _TYPES.get(tree.type.kind)), Asked(called.error, arguments, None)
    )
    if native is None:
        return by_evaluator
    result = native.result
    holds = and_(*native.guards)
    error = null() if result.error is None else result.error
    return Result(
        case((holds, result.value), else_=by_evaluator.value),
        case((holds, error), else_=by_evaluator.error),
    )


def _called(tree: Node, translator: Translator, wanted: _Wanted) -> tuple[Fallback, list[Sql]]:
    replaced, leaves = leaves_of(tree)
    try:
        cells = [translator.cell(leaf) for leaf in leaves]
    except NotNative:
        raise NotSafe("A list whose rows SQLite cannot compute") from None
    read = [Leaf(leaf.type, cell.scale, cell.error is not None) for leaf, cell in zip(leaves, cells, strict=True)]
    errors = [cell.error for cell in cells if cell.error is not None]
    return fallback(replaced, read, wanted.places, wanted.digits), [*(cell.value for cell in cells), *errors]


class _Anywhere:
    """Columns that exist nowhere, to see whether a formula can be translated at all."""

    def column(self, path: str) -> Sql:
        return column(path)

    def error(self, path: str) -> Sql | None:
        return None

    def rows(self, root: str) -> Rows:
        source = table(root, column("id"))
        return Rows(source, source.c.id.is_not(None), lambda path: column(path or "id"))
