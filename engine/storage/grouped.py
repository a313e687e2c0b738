"""Groups of records and what they amount to, computed by the database from the rows that `visible` gives.

What adds up is asked for once, at the finest level, and folded in exact integers and decimals; records are first put
together by the references that stand in them, and only then by what lies behind these. All else, such as medians, is
computed from the rows again at every level. An amount that is reached through references belongs to the records at
their end: each of these counts once in a group, however many rows lead to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    FromClause,
    Select,
    SmallInteger,
    case,
    func,
    literal,
    literal_column,
    null,
    select,
    type_coerce,
)

from engine.expressions.routes import hop_from
from engine.grouping import OTHERS, Amount, Answer, Grouping, Groups, Key, Keys, Level, Tally, Wrong
from engine.query import Query
from engine.storage.conditions import Shape, Source, parameters_of
from engine.storage.exact_sums import added_exactly, is_overflow
from engine.storage.from_rows import STATEMENTS
from engine.storage.kept import is_kept
from engine.storage.located import Located
from engine.storage.measured import Measured, Sql, Told
from engine.storage.moments import asked_by
from engine.storage.partial import (
    FOLDED,
    KINDS,
    MOST_GROUPS,
    Partial,
    kinds_of,
    nothing,
    partials,
    plain,
    refuse_beyond,
    together,
)
from engine.storage.select import Reader
from engine.storage.statement import Prepared
from formulas.decimals import exactly, quotient

AMONG_OTHERS = -1


@dataclass(frozen=True)
class Grouper:
    """Answers one question in one transaction."""

    reader: Reader
    connection: Connection
    asked: Grouping

    def answer(self) -> Answer:
        """
        Raises:
            KeyError: the entity or a field does not exist, or not for these rights.
            Refused: there are too many groups.
        """
        with exactly():
            return self._answer()

    def is_narrow(self, few: int) -> bool:
        """Whether the question is about fewer records than these."""
        rows, where = self._rows
        if not where and self.reader.rights.rows(self.asked.entity).always:
            return False
        some = select(literal(1)).select_from(rows).where(*where).limit(few).subquery()
        return int(self._fetched(select(func.count()).select_from(some))[0][0]) < few

    def _answer(self) -> Answer:
        folded = [number for number, amount in enumerate(self.asked.amounts) if self._folds(amount)]
        finest = self._finest(folded)
        groups: dict[Level, dict[Keys, list[Tally]]] = {}
        for level in self.asked.levels:
            groups_of = together(finest, level, [self.asked.amounts[number] for number in folded])
            groups[level] = {
                keys: self._spread(
                    folded, [part.tally(self.asked.amounts[n]) for part, n in zip(parts, folded, strict=True)]
                )
                for keys, parts in groups_of.items()
            }
        for number, amount in enumerate(self.asked.amounts):
            if not self._folds(amount):
                for level in self.asked.levels:
                    self._recomputed(level, number, amount, groups[level])
        frozen: Groups = {level: {keys: tuple(row) for keys, row in found.items()} for level, found in groups.items()}
        return Answer(frozen, sum(parts[-1].rows for parts in finest.values()))

    def _spread(self, places: Sequence[int], tallies: Sequence[Tally]) -> list[Tally]:
        found = [nothing(amount) for amount in self.asked.amounts]
        for place, tally in zip(places, tallies, strict=True):
            found[place] = tally
        return found

    # What the rows are

    @cached_property
    def _query(self) -> Query:
        return Query(
            self.asked.entity, conditions=self.asked.conditions, search=self.asked.search, where=self.asked.where
        )

    @cached_property
    def _rows(self) -> tuple[FromClause, list[Sql]]:
        """The rows that are grouped, and what they meet."""
        visible = self.reader.visible
        rows = visible(
            self.asked.entity,
            virtual=self._query.named,
            scanned=self.reader.database.sqlite and not self._query.narrowed,
        )
        source = Source(visible, self.reader.database.sqlite)
        return rows, [*Shape(source, self._query, rows).where()]

    @property
    def _measured(self) -> Measured:
        return Measured(self.reader.visible)

    @property
    def _located(self) -> Located:
        return Located(self.reader.visible, self.asked.entity, self._rows[0])

    def _folds(self, amount: Amount) -> bool:
        return amount.aggregate in FOLDED and (not self._is_once(amount) or amount.aggregate in ("min", "max"))

    def _is_once(self, amount: Amount) -> bool:
        """Whether the amount belongs to records that several rows may lead to."""
        return "." in amount.path

    # The finest level

    def _finest(self, folded: Sequence[int]) -> dict[Keys, list[Partial]]:
        """The partial amounts at the level of all keys; the last of each group is that of the rows themselves."""
        rows, where = self._rows
        first = {number: self._first_hop(key) for number, key in enumerate(self.asked.keys)}
        inner: list[Told] = [
            Told(rows.c[hop]) if hop else self._measured.key(key, self._located)
            for hop, key in zip(first.values(), self.asked.keys, strict=True)
        ]
        columns = [column for told in inner for column in told.both]
        amounts = [self._added(self.asked.amounts[number]) for number in folded]
        sums = [sql for amount in amounts for sql in amount]
        staged = (
            select(*_named("k", columns), *_named("a", [*sums, func.count()]))
            .select_from(rows)
            .where(*where)
            .group_by(*_first(len(columns)))
        )
        if not any(first.values()):
            return self._read(staged, [told.error is not None for told in inner], folded)
        return self._behind(staged, inner, list(first.values()), folded)

    def _behind(
        self, staged: Select[Any], inner: Sequence[Told], first: Sequence[str], folded: Sequence[int]
    ) -> dict[Keys, list[Partial]]:
        """Put groups by references together by what lies behind these."""
        near = staged.subquery()
        source: FromClause = near
        far: dict[str, FromClause] = {}
        found: list[Told] = []
        position = 0
        for told, hop, key in zip(inner, first, self.asked.keys, strict=True):
            own = near.c[f"k{position}"]
            error = None if told.error is None else near.c[f"k{position + 1}"]
            position += 1 if told.error is None else 2
            if not hop:
                found.append(Told(own, error))
                continue
            step = hop_from(self.reader.visible.configuration, self.asked.entity, hop)
            assert step is not None
            if hop not in far:
                far[hop] = self.reader.visible(step.far).alias()
                source = source.outerjoin(far[hop], far[hop].c.id == own)
            rest = Key(key.path.partition(".")[2], key.by, key.bounds)
            found.append(self._measured.key(rest, Located(self.reader.visible, step.far, far[hop])))
        columns = [column for told in found for column in told.both]
        kept = [column for column in near.c if column.name.startswith("a")]
        kinds = [kind for number in folded for kind in kinds_of(self.asked.amounts[number])] + ["sum"]
        again = [getattr(func, kind)(column) for kind, column in zip(kinds, kept, strict=True)]
        outer = select(*_named("k", columns), *_named("a", again)).select_from(source).group_by(*_first(len(columns)))
        return self._read(outer, [told.error is not None for told in found], folded)

    def _read(self, statement: Select[Any], wrong: Sequence[bool], folded: Sequence[int]) -> dict[Keys, list[Partial]]:
        finest: dict[Keys, list[Partial]] = {}
        rows = self._fetched(statement.limit(MOST_GROUPS + 1))
        refuse_beyond(len(rows))
        for row in rows:
            keys, items = _keys(row, wrong)
            keys = self.asked.merge(keys)
            if not items[-1]:
                continue  # without keys there is a row even where there are no records
            parts = list(partials(items, [self.asked.amounts[number] for number in folded]))
            known = finest.setdefault(keys, parts)
            if known is not parts:
                for own, part, aggregate in zip(
                    known, parts, [*(self.asked.amounts[n].aggregate for n in folded), "sum"], strict=True
                ):
                    own.take(part, aggregate)
        return finest

    def _added(self, amount: Amount) -> list[Sql]:
        """The columns of an amount at the finest level: filled and wrong rows, and what they come to."""
        if not amount.path and not amount.expression:
            return []
        told = self._measured.amount(amount, self._located)
        wrong: Sql = literal(0, BigInteger) if told.error is None else func.count(told.error)
        counted: list[Sql] = [func.count(told.value), wrong]
        if amount.aggregate == "count":
            return counted
        return [*counted, getattr(func, KINDS[amount.aggregate])(told.value)]

    def _first_hop(self, key: Key) -> str:
        """The reference by which rows are put together first, where the key lies behind one."""
        step, _, rest = key.path.partition(".")
        return step if rest else ""

    # Every level from its rows

    def _recomputed(self, level: Level, number: int, amount: Amount, groups: dict[Keys, list[Tally]]) -> None:
        for keys, tally in self._from_rows(level, amount):
            groups.setdefault(keys, self._spread((), ()))[number] = tally

    def _from_rows(self, level: Level, amount: Amount) -> Iterator[tuple[Keys, Tally]]:
        rows, where = self._rows
        told = [self._merged(position) for position in level]
        keys = [column for key in told for column in key.both]
        measured = self._measured.amount(amount, self._located)
        error = null() if measured.error is None else measured.error
        own: list[Sql] = [rows.c.id]
        if self._is_once(amount):
            own = [self._located.found(amount.path.rpartition(".")[0])[0]]
        base = (
            select(
                *_named("k", keys),
                *_named("o", own),
                measured.value.label("v"),
                type_coerce(error, SmallInteger).label("e"),
                *_named("s", self._chronology(rows) if amount.aggregate in ("first", "last") else ()),
            )
            .select_from(rows)
            .where(*where)
        )
        if self._is_once(amount):
            base = base.where(own[0].is_not(None)).distinct()
        statement = STATEMENTS[amount.aggregate](base, len(keys))
        for row in self._fetched(statement):
            found, (filled, wrong, count, value, *more) = _keys(row, [key.error is not None for key in told])
            if amount.aggregate == "median" and value is not None:
                value = quotient(plain(value) + plain(more[0]), Decimal(2))
            if count:
                yield found, Partial(count, filled, wrong, plain(value)).tally(amount)

    def _merged(self, position: int) -> Told:
        """A key of the rows where those that are not kept have become others, which stand as an error that is none."""
        told = self._measured.key(self.asked.keys[position], self._located)
        for merged in self.asked.merged:
            if merged.position == position:
                places = (*merged.under, position)
                keys = [self._measured.key(self.asked.keys[place], self._located) for place in places]
                kept = is_kept([(key.value, key.error) for key in keys], merged.kept)
                error = null() if told.error is None else told.error
                told = Told(case((kept, told.value), else_=null()), case((kept, error), else_=AMONG_OTHERS))
        return told

    def _chronology(self, rows: FromClause) -> list[Sql]:
        """In which order first and last are told: by the first date of a document, then as records were made."""
        described = self.reader.rights.configuration.entities[self.asked.entity]
        dated = [
            name for name, kept in described.fields.items() if kept.kind in ("date", "datetime") and name in rows.c
        ]
        return [rows.c[name] for name in (dated[:1] if described.kind == "document" else [])]

    def _fetched(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        try:
            return self._rows_of(statement)
        except sqlite3.OperationalError as error:
            if not is_overflow(error):
                raise
        return self._rows_of(added_exactly(statement, self.connection))

    def _rows_of(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        database, tables = self.reader.database, self.reader.tables
        prepared = Prepared(statement, database.dialect)
        if prepared.asks:
            prepared = prepared.asking(asked_by(database, tables.configuration, self.reader.rights.user))
        return prepared.rows(self.connection, parameters_of(self._query, tables))


def _first(number: int) -> list[Sql]:
    """The first columns by their places: what has parameters in it is not the same expression when it is said again."""
    return [literal_column(str(place + 1)) for place in range(number)]


def _named(letter: str, columns: Iterable[Sql]) -> list[Sql]:
    return [column.label(f"{letter}{number}") for number, column in enumerate(columns)]


def _keys(row: Sequence[Any], wrong: Sequence[bool]) -> tuple[Keys, Sequence[Any]]:
    """The keys of a group, and the rest of its row."""
    keys, position = [], 0
    for has_error in wrong:
        key = row[position]
        position += 1
        if has_error:
            key = key if row[position] is None else _instead(int(row[position]))
            position += 1
        keys.append(key)
    return tuple(keys), row[position:]


def _instead(number: int) -> Any:
    """What stands in place of a key that the row does not have."""
    return OTHERS if number == AMONG_OTHERS else Wrong(number)
