"""Conditions, search and order as SQL expressions over the columns that `visible` gave.

Values never become text: every expression names the parameters that its values will be bound to, so that one kept
statement serves all requests of its shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.elements import BindParameter

from engine.expressions.conditions import condition_of
from engine.fields import Field
from engine.fields.choice import ChoiceField
from engine.query import Condition, Query, Sort
from engine.storage import trigram
from engine.storage.fold import fold
from engine.storage.located import Located, met
from engine.storage.order import Level, plus
from engine.storage.tables import FOLD, Tables
from engine.storage.visible import Visible

ESCAPE = "\\"
Bool = ColumnElement[bool]
MAX_WORDS = 6
MAX_SEARCH = 200


def words_of(search: str) -> tuple[str, ...]:
    """The folded words of a quick search, each of which must occur; further ones than six add nothing."""
    return tuple(fold(search[:MAX_SEARCH]).replace("\0", " ").split()[:MAX_WORDS])


def like_text(word: str, *, inside: bool = True) -> str:
    """The LIKE pattern that finds a folded text inside, or only at the beginning."""
    escaped = word.replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_")
    return f"%{escaped}%" if inside else f"{escaped}%"


@dataclass(frozen=True)
class Source:
    """What conditions are made over: what may be seen of the tables, and whether texts are found by trigrams."""

    visible: Visible
    indexed: bool


class Shape:
    """Builds the WHERE and ORDER BY of one query over one visible subquery."""

    def __init__(self, source: Source, query: Query, rows: Subquery) -> None:
        self.visible = source.visible
        self.tables = source.visible.tables
        self.rights = source.visible.rights
        self.indexed = source.indexed
        self.query = query
        self.rows = rows
        self.entity = self.tables.configuration.entities[query.entity]

    def where(self) -> list[Bool]:
        """Every condition and every word of the search, to be joined by AND."""
        found = [self._condition(condition, f"c{number}") for number, condition in enumerate(self.query.conditions)]
        found += [self._word(str(number), word) for number, word in enumerate(words_of(self.query.search))]
        if self.query.where:
            tree = condition_of(self.tables.configuration, self.query.entity, self.query.where)
            found.append(met(Located(self.visible, self.query.entity, self.rows), tree))
        return found

    def order(self, *, gathered: bool = False) -> tuple[Level, ...]:
        """The order asked for, ended by the id so that pages never overlap.

        `gathered` keeps SQLite from walking an index of this order: the rows are few, and found otherwise.
        """
        levels = [Level(self._sorted(sort, gathered=gathered), sort.descending) for sort in self.query.sort]
        return (*levels, Level(self.rows.c.id, bool(levels) and levels[-1].descending, filled=True))

    def _sorted(self, sort: Sort, *, gathered: bool) -> ColumnElement[Any]:
        column = self._sort_column(sort)
        return plus(column) if gathered else column

    def _sort_column(self, sort: Sort) -> ColumnElement[Any]:
        described = self.field(sort.field)
        column = self.rows.c[sort.field]
        stored = described.column() if described else None
        if isinstance(described, ChoiceField):
            return case({option.value: number for number, option in enumerate(described.options)}, value=column)
        if stored and stored.kind == "reference":
            target = self.visible(stored.target, alias="sorted")
            title = target.c._title if stored.target == "_user" else target.c[f"_title{FOLD}"]
            return select(title).where(target.c.id == column).scalar_subquery()
        return self.rows.c[sort.field + FOLD] if stored and stored.folded else column

    def field(self, name: str) -> Field | None:
        return self.entity.fields.get(name)

    def _word(self, number: str, word: str) -> Bool:
        """One word of a search: inside a searched text, or in the title of something referred to."""
        indexed = self.indexed and trigram.serves(word)
        texts: list[str] = []
        places: list[Bool] = []
        for name, described in self.entity.fields.items():
            stored = described.column()
            if stored is None or not described.searched or not self.rights.may_read(self.query.entity, name):
                continue
            if stored.folded and not self.rights.shown(self.query.entity, name).always:
                # The index of texts knows nothing of rights: what may be read of some records only is looked at there.
                places.append(self.rows.c[name + FOLD].like(bindparam(f"w{number}"), escape=ESCAPE))
            elif stored.folded:
                texts.append(name + FOLD)
            elif stored.kind == "reference" and stored.target != "_user":
                places.append(self.rows.c[name].in_(self._titled(stored.target, number, indexed=indexed)))
        if texts and indexed:
            table = self.tables.entities[self.query.entity]
            places.append(self.rows.c.id.in_(trigram.matched(table, texts, f"m{number}")))
        elif texts:
            places += [self.rows.c[name].like(bindparam(f"w{number}"), escape=ESCAPE) for name in texts]
        return or_(*places) if places else self.rows.c.id < 0

    def _titled(self, target: str, number: str, *, indexed: bool) -> Select[Any]:
        """The ids of records that are called so."""
        rows = self.visible(target)
        title = self.tables.configuration.entities[target].title_field
        folded = f"{title}{FOLD}"
        if indexed and title and self.rights.of(target).title.always and folded in rows.c:
            matched = trigram.matched(self.tables.entities[target], [folded], f"m{number}")
            return select(rows.c.id).where(rows.c.id.in_(matched))
        return select(rows.c.id).where(rows.c[f"_title{FOLD}"].like(bindparam(f"w{number}"), escape=ESCAPE))

    def _condition(self, condition: Condition, name: str) -> Bool:
        """
        Raises:
            KeyError: there is no such field, or not for these rights.
        """
        if condition.field == "id":
            return self.rows.c.id.in_(_parameters(name, condition))
        described = self.field(condition.field)
        if described is None:
            # The implicit reference of a child to its parent.
            return self.rows.c[condition.field].in_(_parameters(name, condition))
        linked = described.links()
        if linked:
            return self._linked(condition, name)
        make = _OPERATORS[condition.operator]
        rule = self.rights.of(self.query.entity).readable[condition.field]
        if rule.always or condition.operator in _MET_BY_BLANKS:
            return make(self.rows, condition, name, described)
        # A value that is blank where it may not be read has no index; the rule and the bare column have.
        own = self.tables.entities[self.query.entity].alias()
        found = make(own, condition, name, described)
        return self.rows.c.id.in_(select(own.c.id).where(self.visible.met_by(self.query.entity, own, rule), found))

    def _linked(self, condition: Condition, name: str) -> Bool:
        """
        Raises:
            KeyError: there is no such field, or not for these rights.
        """
        rule = self.rights.of(self.query.entity).readable[condition.field]
        table = self.tables.links.get((self.query.entity, condition.field))
        if table is None:
            file = self.tables.system("_file")
            of_field = and_(file.c.entity == self.query.entity, file.c.field == condition.field)
            having: Bool = self.rows.c.id.in_(select(file.c.record_id).where(of_field, file.c.record_id.is_not(None)))
        else:
            links = select(table.c.record_id)
            if condition.values:
                links = links.where(table.c.target_id.in_(_parameters(name, condition)))
            having = self.rows.c.id.in_(links)
        if not rule.always:
            having = and_(having, self.rows.c.id.in_(self.visible.showing(self.query.entity, condition.field)))
        return not_(having) if condition.operator in ("none_of", "blank") else having


def parameters_of(query: Query, tables: Tables) -> dict[str, Any]:
    """What the parameters named by `Shape` are bound to for this query."""
    describe = tables.configuration.entities[query.entity].fields.get
    zone = ZoneInfo(tables.configuration.timezone)
    words = words_of(query.search)
    bound: dict[str, Any] = {f"w{number}": like_text(word) for number, word in enumerate(words)}
    bound |= {f"m{number}": trigram.quoted(word) for number, word in enumerate(words)}
    for number, condition in enumerate(query.conditions):
        described = describe(condition.field)
        for index, value in enumerate(condition.values):
            bound[f"c{number}_{index}"] = _bound(condition.operator, value, described)
            if described and described.kind == "datetime":
                bound[f"c{number}_{index}"] = dt.datetime.combine(value, dt.time(), zone)
                bound[f"c{number}_{index}_end"] = dt.datetime.combine(value + dt.timedelta(1), dt.time(), zone)
    return bound


def _bound(operator: str, value: Any, described: Field | None) -> Any:
    if operator in ("contains", "starts"):
        return like_text(fold(str(value)), inside=operator == "contains")
    if operator in ("equals", "differs"):
        return fold(str(value))
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


def _days(column: ColumnElement[Any], condition: Condition, name: str) -> Bool:
    """Moments within days: of the business's own time zone, from midnight to midnight."""
    last = len(condition.values) - 1
    begins = column >= bindparam(f"{name}_0", type_=column.type)
    ends = column < bindparam(f"{name}_{last}_end", type_=column.type)
    return {"from": begins, "until": ends}.get(condition.operator, and_(begins, ends))


def _compare(rows: FromClause, condition: Condition, name: str, described: Field) -> Bool:
    column: ColumnElement[Any] = rows.c[condition.field]
    if described.kind == "datetime":
        return _days(column, condition, name)
    first, *more = [bindparam(f"{name}_{index}", type_=column.type) for index in range(len(condition.values))]
    compare: dict[str, Callable[[], Bool]] = {
        "eq": lambda: column == first,
        "on": lambda: column == first,
        "is": lambda: column == first,
        "ne": lambda: or_(column != first, column.is_(None)),
        "gt": lambda: column > first,
        "lt": lambda: column < first,
        "ge": lambda: column >= first,
        "from": lambda: column >= first,
        "le": lambda: column <= first,
        "until": lambda: column <= first,
        "between": lambda: column.between(first, more[0]),
    }
    return compare[condition.operator]()


def _blank(rows: FromClause, condition: Condition, name: str, _: Field) -> Bool:
    column = rows.c[condition.field]
    return column.is_(None) if condition.operator == "blank" else column.is_not(None)


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


_MET_BY_BLANKS = frozenset({"ne", "differs", "none_of", "blank"})
"""Operators that a blank meets, and so does what may not be read."""
_Builder = Callable[[FromClause, Condition, str, Field], Bool]
_OPERATORS: dict[str, _Builder] = {
    **dict.fromkeys(("contains", "starts", "equals", "differs"), _text),
    **dict.fromkeys(("eq", "on", "is", "ne", "gt", "lt", "ge", "from", "le", "until", "between"), _compare),
    **dict.fromkeys(("blank", "filled"), _blank),
    **dict.fromkeys(("any_of", "none_of"), _any_of),
}
