"""One condition as an SQL expression over the columns that `visible` gave: of a field, or of one along references.

Values never become text: every expression names the parameters that its values will be bound to, so that one kept
statement serves all requests of its shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SmallInteger,
    Text,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.elements import BindParameter

from engine.expressions.reached import Reached, reached
from engine.expressions.routes import Way
from engine.fields import Field
from engine.fields.column import FILES, USERS
from engine.fields.field import DURING, EXACTLY, FAILED, RECURRING
from engine.model.report import Part
from engine.periods import days_of
from engine.query import CONCERNED, Condition
from engine.rights import ALWAYS, Rule
from engine.storage import chronicle
from engine.storage.fold import fold
from engine.storage.spans import part_of
from engine.storage.tables import ERROR, FOLD, Tables
from engine.storage.visible import Visible
from formulas import FormulaError

ESCAPE = "\\"
Bool = ColumnElement[bool]
PRESENT = "present"
"""Holds a value, or an error instead of one: the opposite of `blank`."""
OPPOSITES = {"ne": "eq", "differs": "equals", "none_of": "any_of", "blank": PRESENT}
"""The operators that a blank meets, and so does what may not be read, each with what it denies."""


def like_text(word: str, *, inside: bool = True) -> str:
    """The LIKE pattern that finds a folded text inside, or only at the beginning."""
    escaped = word.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
    return f"%{escaped}%" if inside else f"{escaped}%"


def compared(visible: Visible, entity: str, rows: FromClause, condition: Condition, name: str) -> Bool:
    """Whether rows of what is visible of an entity meet a condition, whose values are bound to what begins with `name`.

    Raises:
        KeyError: there is no such field, or not for these rights.
    """
    if condition.operator == CONCERNED:
        return rows.c.id.in_(chronicle.concerned(visible.tables, entity, *_parameters(name, condition)))
    if condition.field == "id":
        return rows.c.id.in_(_parameters(name, condition))
    found = reached(visible.rights.configuration, entity, condition.field)
    if found is None:
        raise KeyError(condition.field)
    comparison = _Comparison(visible, found, replace(condition, field=found.name), name)
    if not found.way:
        return comparison.own(rows)
    return comparison.along(rows)


@dataclass(frozen=True)
class _Comparison:
    """A condition on the field that was reached, by its own name."""

    visible: Visible
    found: Reached
    condition: Condition
    name: str

    def along(self, rows: FromClause) -> Bool:
        """Of rows at the beginning of the way. What a blank meets is met too where the way does not lead to the end."""
        denied = OPPOSITES.get(self.condition.operator)
        if denied is None:
            return self.reaching(rows, self.found.way)
        positive = replace(self, condition=replace(self.condition, operator=denied))
        return or_(rows.c[self.found.way[0].field].is_(None), not_(positive.reaching(rows, self.found.way)))

    def reaching(self, rows: FromClause, way: Way) -> Bool:
        """Of rows from which a way leads to the end, by one of the operators that no blank meets."""
        if not way:
            return self.own(rows)
        hop, *rest = way
        seen = self.visible(hop.far, virtual=(rest[0].field if rest else self.found.name,))
        far = select(seen.c.id).where(self.reaching(seen, tuple(rest)))
        return self._bare(hop.near, hop.field, rows, lambda base: base.c[hop.field].in_(far))

    def own(self, rows: FromClause) -> Bool:
        """Of rows that have the field."""
        found, operator = self.found, self.condition.operator
        if found.field.links():
            return self._linked(rows)
        make = self._recurring if operator in RECURRING else _OPERATORS[operator]
        if operator in OPPOSITES:
            return make(rows, self.condition, self.name, found.field)
        return self._bare(
            found.entity, found.name, rows, lambda base: make(base, self.condition, self.name, found.field)
        )

    def _bare(self, entity: str, field: str, rows: FromClause, make: Callable[[FromClause], Bool]) -> Bool:
        """What no blank meets, of a column that may be shown in some rows only.

        A value that is blank where it may not be read has no index; the rule and the bare column have.
        """
        if self._rule(entity, field).always or (entity, field) in self.visible.tables.computation.virtual:
            return make(rows)
        base = self.visible.tables.entities[entity].alias()
        shown = self.visible.met_by(entity, base, self._rule(entity, field))
        return rows.c.id.in_(select(base.c.id).where(shown, make(base)))

    def _rule(self, entity: str, field: str) -> Rule:
        if entity == USERS or field == self.visible.configuration.parent_of(entity):
            return ALWAYS
        return self.visible.rights.of(entity).readable[field]

    def _recurring(self, rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
        """Of a moment on the clock of the business."""
        visible = self.visible
        part, moment = cast("Part", condition.operator), described.kind == "datetime"
        return part_of(
            rows.c[condition.field], part, visible.system, visible.configuration, moment=moment
        ) == bindparam(f"{name}_0", type_=SmallInteger())

    def _linked(self, rows: FromClause) -> Bool:
        entity, field, operator = self.found.entity, self.found.name, self.condition.operator
        table = self.visible.tables.links.get((entity, field))
        if table is None:
            file = self.visible.tables.system(FILES)
            of_field = and_(file.c.entity == entity, file.c.field == field)
            having: Bool = rows.c.id.in_(select(file.c.record_id).where(of_field, file.c.record_id.is_not(None)))
        else:
            links = select(table.c.record_id)
            if self.condition.values:
                links = links.where(table.c.target_id.in_(_parameters(self.name, self.condition)))
            having = rows.c.id.in_(links)
        if not self._rule(entity, field).always:
            having = and_(having, rows.c.id.in_(self.visible.showing(entity, field)))
        return not_(having) if operator in OPPOSITES else having


def bound_to(tables: Tables, entity: str, condition: Condition, name: str) -> dict[str, Any]:
    """What the parameters of a condition on the records of an entity are bound to; of a span its days as they are now."""
    if condition.operator == DURING:
        today = dt.datetime.now(ZoneInfo(tables.configuration.timezone)).date()
        days = days_of(condition.values[0], today, tables.configuration)
        condition = replace(condition, operator="between", values=days)
    found = reached(tables.configuration, entity, condition.field)
    described = found.field if found else None
    if described and described.kind == "datetime" and condition.operator not in (FAILED, *RECURRING):
        return _midnights(condition, name, ZoneInfo(tables.configuration.timezone))
    bound = {
        f"{name}_{index}": _bound(condition.operator, value, described) for index, value in enumerate(condition.values)
    }
    if described and condition.operator == EXACTLY and _folds(described):
        bound[f"{name}_0_fold"] = fold(described.search_text(condition.values[0]))
    return bound


def _midnights(condition: Condition, name: str, zone: ZoneInfo) -> dict[str, Any]:
    """When the days begin and end that a condition on a moment names."""
    bound: dict[str, Any] = {}
    for index, day in enumerate(condition.values):
        bound[f"{name}_{index}"] = dt.datetime.combine(day, dt.time(), zone)
        bound[f"{name}_{index}_end"] = dt.datetime.combine(day + dt.timedelta(1), dt.time(), zone)
    return bound


def _bound(operator: str, value: Any, described: Field | None) -> Any:
    if operator in ("contains", "starts"):
        return like_text(fold(str(value)), inside=operator == "contains")
    if operator in ("equals", "differs"):
        return fold(str(value))
    if operator == FAILED:
        return FormulaError(value).number
    stored = described.column() if described else None
    if stored and stored.kind == "codes":
        return like_text(f"|{value}|")
    return value


def _parameters(name: str, condition: Condition) -> list[BindParameter[Any]]:
    return [bindparam(f"{name}_{index}") for index in range(len(condition.values))]


def _text(rows: FromClause, condition: Condition, name: str, _: Field) -> Bool:
    column = rows.c[condition.field + FOLD]
    parameter: BindParameter[str] = bindparam(f"{name}_0")
    if condition.operator in ("contains", "starts"):
        return column.like(parameter, escape=ESCAPE)
    if condition.operator == "equals":
        return column == parameter
    return or_(column != parameter, column.is_(None))


def _exactly(rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
    """The folded text is asked for too, where there is one: of that there may be an index."""
    column: ColumnElement[Any] = rows.c[condition.field]
    same = column == bindparam(f"{name}_0", type_=column.type)
    folded = rows.c.get(condition.field + FOLD) if _folds(described) else None
    return same if folded is None else and_(folded == bindparam(f"{name}_0_fold"), same)


def _folds(described: Field) -> bool:
    """Whether a whole text is found by its folded form; those of telephone numbers hold more than the number."""
    return "equals" in described.operators


def _days(column: ColumnElement[Any], condition: Condition, name: str) -> Bool:
    """Moments within days: of the business's own time zone, from midnight to midnight."""
    last = 1 if condition.operator in ("between", DURING) else 0
    begins = column >= bindparam(f"{name}_0", type_=column.type)
    ends = column < bindparam(f"{name}_{last}_end", type_=column.type)
    return {"from": begins, "until": ends}.get(condition.operator, and_(begins, ends))


def _compare(rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
    column: ColumnElement[Any] = rows.c[condition.field]
    if described.kind == "datetime":
        return _days(column, condition, name)
    first, last = [bindparam(f"{name}_{index}", type_=column.type) for index in (0, 1)]
    compare: dict[str, Callable[[], Bool]] = {
        "eq": lambda: column == first,
        "on": lambda: column == first,
        "ne": lambda: or_(column != first, column.is_(None)),
        "gt": lambda: column > first,
        "lt": lambda: column < first,
        "ge": lambda: column >= first,
        "from": lambda: column >= first,
        "le": lambda: column <= first,
        "until": lambda: column <= first,
        "between": lambda: column.between(first, last),
        DURING: lambda: column.between(first, last),
    }
    return compare[condition.operator]()


def _is(rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
    column: ColumnElement[Any] = rows.c[condition.field]
    return and_(column == bindparam(f"{name}_0", type_=column.type), *_sound(rows, condition, described))


def _blank(rows: FromClause, condition: Condition, _: str, described: Field) -> Bool:
    """Where a formula gave an error there is no value, but it is not blank either."""
    column = rows.c[condition.field]
    if condition.operator == "filled":
        return and_(column.is_not(None), *_sound(rows, condition, described))
    if condition.operator == "blank":
        return and_(column.is_(None), *_sound(rows, condition, described))
    return or_(column.is_not(None), *(not_(sound) for sound in _sound(rows, condition, described)))


def _sound(rows: FromClause, condition: Condition, described: Field) -> list[Bool]:
    """That no error stands in place of a value, where one can: a boolean has a value even then."""
    return [] if described.formula is None else [rows.c[condition.field + ERROR].is_(None)]


def _failed(rows: FromClause, condition: Condition, name: str, _: Field) -> Bool:
    error = rows.c[condition.field + ERROR]
    if not condition.values:
        return error.is_not(None)
    return error.in_([bindparam(f"{name}_{index}", type_=SmallInteger()) for index in range(len(condition.values))])


def _any_of(rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
    column = rows.c[condition.field]
    stored = described.column()
    if stored and stored.kind == "codes":
        plain = func.coalesce(type_coerce(column, Text), "")
        found = or_(*(plain.like(parameter, escape=ESCAPE) for parameter in _parameters(name, condition)))
        return found if condition.operator == "any_of" else not_(found)
    parameters = [bindparam(f"{name}_{index}", type_=column.type) for index in range(len(condition.values))]
    if condition.operator == "any_of":
        return column.in_(parameters)
    return or_(column.not_in(parameters), column.is_(None))


_Builder = Callable[[FromClause, Condition, str, Field], Bool]
_OPERATORS: dict[str, _Builder] = {
    **dict.fromkeys(("contains", "starts", "equals", "differs"), _text),
    **dict.fromkeys(("eq", "on", "ne", "gt", "lt", "ge", "from", "le", "until", "between", DURING), _compare),
    **dict.fromkeys(("blank", "filled", PRESENT), _blank),
    **dict.fromkeys(("any_of", "none_of"), _any_of),
    "is": _is,
    EXACTLY: _exactly,
    FAILED: _failed,
}
