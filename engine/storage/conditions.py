"""What a query asks, its conditions, search and order, as SQL expressions over the columns that `visible` gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    not_,
    or_,
    select,
)

from engine.expressions.conditions import condition_of
from engine.fields import Field
from engine.fields.choice import ChoiceField
from engine.query import APART, Compound, Condition, Criterion, Query, Sort, leaves
from engine.storage import trigram
from engine.storage.comparing import ESCAPE, Bool, bound_to, compared, like_text
from engine.storage.fold import fold
from engine.storage.located import Located, met
from engine.storage.order import Level, plus
from engine.storage.tables import FOLD, Tables
from engine.storage.visible import Visible

MAX_WORDS = 6
MAX_SEARCH = 200


def words_of(search: str) -> tuple[str, ...]:
    """The folded words of a quick search, each of which must occur; further ones than six add nothing."""
    return tuple(fold(search[:MAX_SEARCH]).replace("\0", " ").split()[:MAX_WORDS])


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
        """Every condition and every word of the search, to be joined by AND.

        Raises:
            KeyError: there is no such field, or not for these rights.
        """
        names = (f"c{number}" for number in count())
        found = [self._criterion(one, names) for one in self.query.conditions]
        found += [self._word(str(number), word) for number, word in enumerate(words_of(self.query.search))]
        if self.query.where:
            tree = condition_of(self.tables.configuration, self.query.entity, self.query.where)
            found.append(met(Located(self.visible, self.query.entity, self.rows), tree))
        return found

    def _criterion(self, one: Criterion, names: Iterator[str]) -> Bool:
        """One of the conditions; each that is single takes the next of the names for its values."""
        if isinstance(one, Compound):
            return (or_ if one.how == "any" else and_)(*[self._criterion(part, names) for part in one.parts])
        name = next(names)
        return (
            self._apart(one)
            if one.operator == APART
            else compared(self.visible, self.query.entity, self.rows, one, name)
        )

    def _apart(self, one: Condition) -> Bool:
        """Whether a reference to another record of the entity leads to none of those that the query is about."""
        far = self.visible(self.query.entity, alias="apart_of")
        column = self.rows.c[one.field]
        there = select(far.c.id).where(far.c.id == column)
        if self.query.where:
            tree = condition_of(self.tables.configuration, self.query.entity, self.query.where)
            there = there.where(met(Located(self.visible, self.query.entity, far), tree))
        return or_(column.is_(None), not_(exists(there)))

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


def parameters_of(query: Query, tables: Tables) -> dict[str, Any]:
    """What the parameters named by `Shape` are bound to for this query."""
    words = words_of(query.search)
    bound: dict[str, Any] = {f"w{number}": like_text(word) for number, word in enumerate(words)}
    bound |= {f"m{number}": trigram.quoted(word) for number, word in enumerate(words)}
    for number, condition in enumerate(leaves(query.conditions)):
        bound |= bound_to(tables, query.entity, condition, f"c{number}")
    return bound
