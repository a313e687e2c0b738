"""Groups of records and what they amount to, computed from columns in memory: the answers that `grouped` gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.expressions.routes import hop_from
from engine.grouping import OTHERS, Amount, Answer, Grouping, Groups, Key, Keys, Level, Tally, Wrong
from engine.storage.columns import folding
from engine.storage.columns.arrays import BLANK, NOWHERE, Column, Spec
from engine.storage.columns.folding import Counts, Facts, Sums, counts, numbered, pairs, sums
from engine.storage.columns.grid import Cells, Grid, Leaf, handed_down, together
from engine.storage.columns.keeping import Sight
from engine.storage.columns.masks import Masks
from engine.storage.columns.wanted import Wanted
from engine.storage.partial import plain, refuse_beyond
from engine.storage.select import Reader
from formulas.decimals import exactly, quotient

ADDED = frozenset({"sum", "average", "count", "min", "max"})
"""What is made of the parts of a group without going through its rows again."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """The groups of a level: their keys, and for each of the finest groups which of them it is in."""

    keys: Sequence[Keys]
    of: Cells

    @property
    def number(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """What an amount comes to in the groups of a level: values that are there where some row is filled."""

    counts: Counts
    value: Callable[[int], Any]


@dataclass(frozen=True)
class Columnar:
    """Answers one question in one transaction; what it cannot answer raises Unkept before anything is computed."""

    reader: Reader
    sight: Sight
    asked: Grouping

    def answer(self) -> Answer:
        with exactly():
            return self._answer()

    def _answer(self) -> Answer:
        rows = self._rows
        finest, decoded = self._finest
        values = {place: self._values(place, decoded) for place in range(len(self.asked.keys))}
        codes = self._merged(decoded, values)
        groups: dict[Level, dict[Keys, tuple[Tally, ...]]] = {}
        levels = [self._grouped(level, codes, values) for level in self.asked.levels]
        told = [self._told(amount, levels) for amount in self.asked.amounts]
        for number, (level, grouped) in enumerate(zip(self.asked.levels, levels, strict=True)):
            tallies = zip(*(own[number] for own in told), strict=True) if told else (() for _ in grouped.keys)
            groups[level] = dict(zip(grouped.keys, tallies, strict=True))
        found: Groups = groups
        return Answer(found, len(finest) if rows is None else len(rows), "columns")

    # Which rows, and in which groups

    @cached_property
    def _wanted(self) -> Wanted:
        return Wanted(self.reader, self.asked)

    @cached_property
    def _masks(self) -> Masks:
        return Masks(self.reader, self.sight)

    @cached_property
    def _rows(self) -> NDArray[np.int64] | None:
        """The places of the records that are asked for; None for all there are."""
        mask = self._masks.asked(self.asked)
        return None if mask is None else np.flatnonzero(mask)

    def _picked(self, array: NDArray[Any]) -> NDArray[Any]:
        return array if self._rows is None else array[self._rows]

    @cached_property
    def _finest(self) -> tuple[Cells, dict[int, Cells]]:
        """The group of each row, numbered among those that there are, and the codes of the keys of these."""
        listed = [(place, key.path, key) for place, key in enumerate(self.asked.keys)]
        grid = self._grid(self.asked.entity, listed, near=True)
        present, cells = numbered(grid.codes, grid.size)
        refuse_beyond(len(present))
        return cells, grid.decoded(present)

    def _grid(self, entity: str, keys: Sequence[tuple[int, str, Key]], *, near: bool = False) -> Grid:
        """Keys by their paths from an entity; of the one that is asked for only the rows that are."""
        parts: list[Leaf | Grid] = []
        behind: dict[str, list[tuple[int, str, Key]]] = {}
        for place, path, key in keys:
            step, _, rest = path.partition(".")
            if rest:
                behind.setdefault(step, []).append((place, rest, key))
                continue
            column = self.sight.column(Spec(entity, "code", Key(step, key.by, key.bounds)))
            codes = self._masked(column.main, entity, step)
            parts.append(Leaf(place, self._picked(codes) if near else codes, max(len(column.values), 1)))
        for step, below in behind.items():
            places, far = self._places(entity, step)
            grid = self._grid(far, below)
            parts.append(handed_down(grid, self._picked(places) if near else places, self._masks.seen(far)))
        population = self.sight.population(entity)
        length = population.size if not near or self._rows is None else len(self._rows)
        return together(parts, length)

    def _places(self, entity: str, step: str) -> tuple[NDArray[np.int32], str]:
        """Where the records stand to which a reference leads, and whose they are."""
        hop = hop_from(self.reader.visible.configuration, entity, step)
        assert hop is not None
        places = self.sight.column(Spec(entity, "place", Key(step))).main
        shown = self._masks.shown(entity, step)
        return (places if shown is None else np.where(shown, places, NOWHERE).astype(np.int32)), hop.far

    def _masked(self, codes: NDArray[Any], entity: str, name: str) -> NDArray[Any]:
        shown = self._masks.shown(entity, name)
        return codes if shown is None else np.where(shown, codes, 0)

    def _values(self, place: int, decoded: dict[int, Cells]) -> list[Any]:
        """What the codes of a key stand for; the last of them for all that are not kept."""
        values = self.sight.column(self._wanted.key(self.asked.keys[place])).values
        return [*(values or [None]), OTHERS]

    def _merged(self, decoded: dict[int, Cells], values: dict[int, list[Any]]) -> dict[int, Cells]:
        """The codes of the finest groups after those that are not kept have become others."""
        if not self.asked.merged:
            return decoded
        found = dict(decoded)
        for merged in self.asked.merged:
            places = (*merged.under, merged.position)
            told = zip(*([values[place][code] for code in decoded[place].tolist()] for place in places), strict=True)
            kept = np.fromiter((keys in merged.kept for keys in told), dtype=np.bool_)
            others = len(values[merged.position]) - 1
            found[merged.position] = np.where(kept, found[merged.position], others)
        return found

    def _grouped(self, level: Level, codes: dict[int, Cells], values: dict[int, list[Any]]) -> Grouped:
        """The groups of a level."""
        number = len(next(iter(codes.values()))) if codes else int(len(self._finest[0]) > 0)
        leaves = [Leaf(place, codes[place], len(values[place])) for place in level]
        grid = together(leaves, number)
        present, of = numbered(grid.codes, grid.size)
        decoded = grid.decoded(present)
        columns = [[values[place][code] for code in decoded[place].tolist()] for place in level]
        keys: list[Keys] = list(zip(*columns, strict=True)) if level else [()] * len(present)
        return Grouped(keys, of)

    # What amounts come to

    def _told(self, amount: Amount, levels: Sequence[Grouped]) -> list[list[Tally]]:
        """The amounts of the groups of each level."""
        if not amount.path and not amount.expression:
            return [[Tally(number) for number in found.tolist()] for found in self._counted(levels)]
        spec = self._wanted.amount(amount)
        assert spec is not None
        column = self.sight.column(spec[0])
        if "." not in amount.path or amount.aggregate in ("min", "max"):
            facts = self._facts(amount, column)
            made = self._folded if amount.aggregate in ADDED else self._each
            return made(amount, column, facts, levels)
        return self._once(amount, column, levels)

    def _counted(self, levels: Sequence[Grouped]) -> list[NDArray[np.int64]]:
        own = self._finest_rows
        return [folding.folded(level.of, own, level.number) for level in levels]

    @cached_property
    def _finest_rows(self) -> NDArray[np.int64]:
        return folding.counted(self._finest[0], self._number)

    @property
    def _number(self) -> int:
        """How many of the finest groups there are."""
        cells, decoded = self._finest
        return len(next(iter(decoded.values()))) if decoded else int(len(cells) > 0)

    def _facts(self, amount: Amount, column: Column) -> Facts:
        """The values of the rows that are asked for."""
        facts = self._own_facts(amount, column)
        if "." not in amount.path:
            return facts if self._rows is None else facts.at(self._rows)
        return facts.at(self._far_places(amount.path))

    def _own_facts(self, amount: Amount, column: Column) -> Facts:
        """The values of the entity whose they are, blank where they are not seen."""
        numbers = column.spec.form == "number"
        facts = Facts(column.main, column.states, column.largest) if numbers else _ranked(column)
        entity, name = column.spec.entity, amount.path.rpartition(".")[2]
        if name:
            facts = facts.among(self._masks.shown(entity, name))
        return facts.among(self._masks.seen(entity)) if "." in amount.path else facts

    def _far_places(self, path: str) -> NDArray[np.int32]:
        """Where the record stands to which the references of a path lead from each row."""
        entity, found = self.asked.entity, None
        for step in path.split(".")[:-1]:
            places, far = self._places(entity, step)
            if found is None:
                found = self._picked(places)
            else:
                seen = self._masks.seen(entity)
                places = places if seen is None else np.where(seen, places, NOWHERE)
                found = np.append(places, NOWHERE)[found]
            entity = far
        assert found is not None
        return found.astype(np.int32)

    def _folded(self, amount: Amount, column: Column, facts: Facts, levels: Sequence[Grouped]) -> list[list[Tally]]:
        """Amounts that add up, from those of the finest groups."""
        cells, number = self._finest[0], self._number
        finest = counts(cells, facts, number, self._finest_rows)
        made = _of_groups(amount, cells, facts, number)
        found = []
        for level in levels:
            value = made.folded(level.of, level.number) if made is not None else None
            found.append(_tallies(amount, finest.folded(level.of, level.number), self._read(amount, column, value)))
        return found

    def _each(self, amount: Amount, column: Column, facts: Facts, levels: Sequence[Grouped]) -> list[list[Tally]]:
        """Amounts that do not add up, from the rows of each group."""
        cells, along = self._finest[0], self._chronology(amount)
        return [self._level(amount, column, (level.of[cells], facts, level.number), along) for level in levels]

    def _once(self, amount: Amount, column: Column, levels: Sequence[Grouped]) -> list[list[Tally]]:
        """Amounts of records that several rows lead to: each counts once in a group."""
        cells, places = self._finest[0], self._far_places(amount.path)
        leads = places != NOWHERE
        groups, records = pairs(cells[leads], places[leads].astype(np.int64), self._number)
        own, found = self._own_facts(amount, column), []
        for level in levels:
            of, once = pairs(level.of[groups], records, level.number)
            found.append(self._level(amount, column, (of, own.at(once), level.number), ()))
        return found

    def _level(
        self, amount: Amount, column: Column, rows: tuple[Cells, Facts, int], along: Sequence[NDArray[Any]]
    ) -> list[Tally]:
        cells, facts, number = rows
        found = counts(cells, facts, number)
        if amount.aggregate == "count":
            return _tallies(amount, found, None)
        if amount.aggregate == "distinct":
            return _tallies(amount, found, _distinct(cells, facts, number).tolist().__getitem__)
        if amount.aggregate == "median":
            lower, upper = folding.medians(cells, facts, number)
            first, second = (self._read(amount, column, _Plain(one)) for one in (lower, upper))
            return _tallies(amount, found, lambda place: quotient(first(place) + second(place), Decimal(2)))
        if amount.aggregate in ("first", "last"):
            ends = folding.ends(cells, facts, number, along, last=amount.aggregate == "last")
            return _tallies(amount, found, self._read(amount, column, _Plain(ends)))
        made = _of_groups(amount, cells, facts, number)
        return _tallies(amount, found, self._read(amount, column, made))

    def _chronology(self, amount: Amount) -> Sequence[NDArray[Any]]:
        """The order of the rows in time: by the first date of a document, blanks first, then as records were made."""
        if amount.aggregate not in ("first", "last"):
            return ()
        levels: list[NDArray[Any]] = []
        for spec in self._wanted.chronology(amount):
            column = self.sight.column(spec)
            ranks = _moments(column.values)[self._masked(column.main, spec.entity, spec.value.path)]
            levels.append(self._picked(ranks))
        return [*levels, self._picked(self.sight.population(self.asked.entity).ids)]

    def _read(self, amount: Amount, column: Column, made: Sums | _Plain | None) -> Callable[[int], Any]:
        """From whole numbers and codes back to values."""
        whole = made.whole() if made is not None else []
        if column.spec.form == "number":
            scale = -column.scale
            return lambda place: Decimal(whole[place]).scaleb(scale) if scale else Decimal(whole[place])
        values = _in_order(column.values)
        return lambda place: plain(values[whole[place]])


@dataclass(frozen=True, slots=True, eq=False)
class _Plain:
    """A whole number for each group, and how those of several are put together."""

    found: NDArray[np.int64]
    put_together: Any = None

    def folded(self, groups: Cells, number: int) -> _Plain:
        limits = np.iinfo(np.int64)
        start = limits.min if self.put_together is np.maximum else limits.max
        every = np.full(number, start, dtype=np.int64)
        self.put_together.at(every, groups, self.found)
        return _Plain(every, self.put_together)

    def whole(self) -> list[int]:
        return [int(one) for one in self.found.tolist()]


def _of_groups(amount: Amount, cells: Cells, facts: Facts, number: int) -> Sums | _Plain | None:
    if amount.aggregate in ("sum", "average"):
        return sums(cells, facts, number)
    if amount.aggregate in ("min", "max"):
        largest = amount.aggregate == "max"
        return _Plain(folding.extremes(cells, facts, number, largest=largest), np.maximum if largest else np.minimum)
    return None


def _tallies(amount: Amount, found: Counts, value: Callable[[int], Any] | None) -> list[Tally]:
    """The amount of each group: None where no row has one, and what is missing beside it."""
    listed = zip(found.rows.tolist(), found.filled.tolist(), found.wrong.tolist(), strict=True)
    if amount.aggregate == "count" or value is None:
        return [Tally(filled, rows - filled - wrong, wrong) for rows, filled, wrong in listed]
    if amount.aggregate == "distinct":
        return [Tally(value(at), rows - filled - wrong, wrong) for at, (rows, filled, wrong) in enumerate(listed)]
    if amount.aggregate == "average":
        return [
            Tally(quotient(value(at), Decimal(filled)) if filled else None, rows - filled - wrong, wrong)
            for at, (rows, filled, wrong) in enumerate(listed)
        ]
    return [
        Tally(value(at) if filled else None, rows - filled - wrong, wrong)
        for at, (rows, filled, wrong) in enumerate(listed)
    ]


def _distinct(cells: Cells, facts: Facts, number: int) -> NDArray[np.int64]:
    own, values = facts.sound(cells)
    if (len(values) and values.min() < 0) or facts.largest > len(values):
        values = np.unique(values, return_inverse=True)[1].astype(np.int64)
    return folding.counted(pairs(own, values, number)[0], number)


def _ranked(column: Column) -> Facts:
    """The codes of a column in the order of what they stand for; neither blanks nor errors are sound."""
    values = column.values or [None]
    states = np.array(
        [BLANK if one is None else one.number if isinstance(one, Wrong) else 0 for one in values], dtype=np.int16
    )
    ranks = _ranks(values)[column.main]
    return Facts(ranks, states[column.main], len(values))


def _ranks(values: Sequence[Any]) -> NDArray[np.int64]:
    """The place of each value in their order, for those that have one; blanks and errors are first."""
    order = sorted(range(len(values)), key=lambda code: _comparable(values[code]))
    ranks = np.zeros(max(len(values), 1), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _moments(values: Sequence[Any]) -> NDArray[np.int64]:
    """The same for an order in time, in which an error says as little as a blank."""
    ranks = _ranks(values) + 1
    ranks[[code for code, value in enumerate(values) if value is None or isinstance(value, Wrong)]] = 0
    return ranks


def _in_order(values: Sequence[Any]) -> list[Any]:
    return sorted(values, key=_comparable)


def _comparable(value: Any) -> Any:
    if value is None:
        return (0, 0)
    if isinstance(value, Wrong):
        return (1, value.number)
    return (2, value)
