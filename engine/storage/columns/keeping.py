"""What is kept in memory of a database, for everybody who asks in this process, and how it is brought up to date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from sqlalchemy import Connection

from engine.expressions.conditions import safe
from engine.expressions.needs import needs_of
from engine.expressions.routes import Way, hop_from, inputs_of
from engine.expressions.scope import asking, members_of
from engine.grouping import Amount
from engine.model import Configuration
from engine.rights import SYSTEM, rights_of
from engine.storage import touched
from engine.storage.columns.arrays import Column, Form, Generation, Population, Read, Spec, laid_out
from engine.storage.columns.reading import Reading, Unkept
from engine.storage.database import Database
from engine.storage.reach import back
from engine.storage.select import Reader
from engine.storage.tables import Tables
from engine.storage.touched import Mark
from formulas import Compiled, compile_formula

MEGABYTE = 1024 * 1024
MOST_BYTES = 512 * MEGABYTE
"""So much memory a process keeps; what was used longest ago goes first."""
BYTES: Mapping[Form, int] = MappingProxyType({"place": 4, "code": 4, "number": 10})
"""What a value takes, with its state."""
BYTES_EACH = 9
"""What a record takes, whatever is kept of it."""
FEW = 1000
SHARE = 20
"""Where more than a twentieth of the records were touched, reading all of them costs less than finding those."""


@dataclass(eq=False)
class _Turn:
    """Whose turn it is to make something, for as long as somebody makes it or waits."""

    lock: Lock = field(default_factory=Lock)


@dataclass
class Kept:
    """The columns of one database. Whoever looks at them does so by a `Sight`."""

    most_bytes: int = MOST_BYTES
    tables: Tables | None = None
    populations: dict[str, Population] = field(default_factory=dict)
    columns: OrderedDict[Spec, Column] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    _making: WeakValueDictionary[Hashable, _Turn] = field(default_factory=WeakValueDictionary)

    @property
    def bytes(self) -> int:
        """How much memory all of it takes."""
        with self.lock:
            return self._bytes()

    @contextmanager
    def making(self, what: Hashable) -> Iterator[None]:
        """One at a time: whoever waits finds what the one before has made."""
        with self.lock:
            own = self._making.setdefault(what, _Turn())
        with own.lock:
            yield

    def begin(self, tables: Tables) -> None:
        """Forget what was kept of tables that have been changed since."""
        with self.lock:
            if self.tables is not tables:
                self.tables = tables
                self.populations.clear()
                self.columns.clear()

    def population(self, entity: str, tables: Tables) -> Population | None:
        with self.lock:
            self._check(tables)
            return self.populations.get(entity)

    def column(self, spec: Spec, tables: Tables) -> Column | None:
        with self.lock:
            self._check(tables)
            found = self.columns.get(spec)
            if found is not None:
                self.columns.move_to_end(spec)
            return found

    def keep_population(self, entity: str, made: Population, tables: Tables) -> None:
        with self.lock:
            known = self.populations.get(entity)
            if self.tables is tables and (known is None or known.mark.turn < made.mark.turn):
                self.populations[entity] = made

    def keep_column(self, made: Column, tables: Tables) -> None:
        with self.lock:
            known = self.columns.get(made.spec)
            if self.tables is not tables or (known is not None and known.mark.turn > made.mark.turn):
                return
            self.columns[made.spec] = made
            self.columns.move_to_end(made.spec)
            while self._bytes() > self.most_bytes and len(self.columns) > 1:
                self.columns.popitem(last=False)

    def _check(self, tables: Tables) -> None:
        """
        Raises:
            Unkept: what is kept is of another configuration, which has been applied meanwhile.
        """
        if self.tables is not tables:
            raise Unkept

    def _bytes(self) -> int:
        return sum(one.bytes for one in self.columns.values()) + sum(one.bytes for one in self.populations.values())


def bytes_of(spec: Spec, records: int) -> int:
    """How much memory a column would take, with the records themselves."""
    return (BYTES[spec.form] + BYTES_EACH) * records


_KEPT: WeakKeyDictionary[Database, Kept] = WeakKeyDictionary()
_KEPT_LOCK = Lock()


def kept_of(database: Database) -> Kept:
    """What is kept of a database."""
    with _KEPT_LOCK:
        return _KEPT.setdefault(database, Kept())


@dataclass
class Sight:
    """What is kept, as one transaction sees it: older columns are brought up to date, newer ones are not used."""

    kept: Kept
    database: Database
    tables: Tables
    connection: Connection
    mark: Mark
    _populations: dict[str, Population] = field(default_factory=dict)
    _columns: dict[Spec, Column] = field(default_factory=dict)
    _touched: dict[Mark, touched.Touched | None] = field(default_factory=dict)

    @property
    def configuration(self) -> Configuration:
        return self.tables.configuration

    def has(self, spec: Spec) -> bool:
        """Whether a column is kept, however old it is."""
        return self.kept.column(spec, self.tables) is not None

    def population(self, entity: str) -> Population:
        """Which records of an entity there are.

        Raises:
            Unkept: what is kept is newer than this transaction.
        """
        if entity not in self._populations:
            with self.kept.making(entity):
                self._populations[entity] = self._populated(entity)
        return self._populations[entity]

    def column(self, spec: Spec) -> Column:
        """The values of a column by the places of the population of its entity, which are all there.

        Raises:
            Unkept: what is kept is newer than this transaction, or it cannot be kept.
        """
        if spec not in self._columns:
            for entity in self._entities(spec):
                self.population(entity)
            with self.kept.making(spec):
                self._columns[spec] = self._made(spec)
        return self._columns[spec]

    def _populated(self, entity: str) -> Population:
        known = self.kept.population(entity, self.tables)
        if known is None:
            return self._all(entity)
        if not self._is_behind(known.mark):
            return known
        ids = self._changed(entity, known.mark, known.size)
        if ids is None:
            return self._all(entity)
        if ids:
            live = self._reading.live(entity, ids)
            made = known.changed(np.array(sorted(ids), dtype=np.int64), live, self.mark)
        else:
            made = replace(known, mark=self.mark)
        self.kept.keep_population(entity, made, self.tables)
        return made

    def _all(self, entity: str) -> Population:
        ids, live = self._reading.ids(entity)
        made = Population(ids, live, None, Generation(), self.mark)
        self.kept.keep_population(entity, made, self.tables)
        return made

    def _made(self, spec: Spec) -> Column:
        entities = self._entities(spec)
        generations = tuple(self.population(entity).generation for entity in entities)
        known = self.kept.column(spec, self.tables)
        if known is None or known.generations != generations:
            made = self._laid_out(spec, self._reading.values(spec), None, generations)
        elif not self._is_behind(known.mark):
            return known
        else:
            made = self._brought(known)
        self.kept.keep_column(made, self.tables)
        return made

    def _brought(self, known: Column) -> Column:
        """A column after what was touched since."""
        spec = known.spec
        ids = self._due(spec, known)
        if ids is None:
            return self._laid_out(spec, self._reading.values(spec), None, known.generations)
        if ids or len(known.main) != self.population(spec.entity).size:
            return self._laid_out(spec, self._reading.values(spec, ids), known, known.generations)
        return replace(known, mark=self.mark)

    def _due(self, spec: Spec, known: Column) -> set[int] | None:
        """The records of which a column has to be read again; None for all of them."""
        size = self.population(spec.entity).size
        found = self._changed(spec.entity, known.mark, size)
        for entity, way in self._ways(spec) if found is not None else ():
            far = self._changed(entity, known.mark, size)
            if far is None or found is None:
                return None
            found = found | back(self.database, self.connection, self.tables, way, far)
        return None if found is None or self._are_many(len(found), size) else found

    def _changed(self, entity: str, before: Mark, size: int) -> set[int] | None:
        """The records that were touched since; None where these may be any, or too many."""
        if before not in self._touched:
            self._touched[before] = touched.touched_since(self.database, self.connection, before, self.mark)
        log = self._touched[before]
        found = None if log is None else log.get(entity, frozenset())
        return None if found is None or self._are_many(len(found), size) else set(found)

    def _are_many(self, number: int, size: int) -> bool:
        return number > max(FEW, size // SHARE)

    def _is_behind(self, mark: Mark) -> bool:
        """Whether something has to be brought up to date.

        Raises:
            Unkept: it is newer than this transaction.
        """
        if mark.sees_more(self.mark, self.database):
            raise Unkept
        return self.mark.sees_more(mark, self.database)

    def _laid_out(self, spec: Spec, read: Read, before: Column | None, generations: Any) -> Column:
        population = self.population(spec.entity)
        main, values = read.main.astype(_TYPES[spec.form]), read.values
        if spec.form == "place":
            main = self.population(self._entities(spec)[-1]).places(read.main)
            main[read.states != 0] = -1
        elif spec.form == "code" and before is not None:
            main, values = _with(before.values, read)
        found, states = laid_out(read, population, before, main, nowhere=spec.form == "place")
        states = None if spec.form != "number" else states
        largest = max(int(found.max()), -int(found.min())) if len(found) else 0
        return Column(spec, found, states, values, read.scale, largest, generations, self.mark)

    def _entities(self, spec: Spec) -> tuple[str, ...]:
        """Those whose places a column holds."""
        if spec.form != "place":
            return (spec.entity,)
        hop = hop_from(self.configuration, spec.entity, spec.value.path)
        assert hop is not None
        return spec.entity, hop.far

    def _ways(self, spec: Spec) -> Collection[tuple[str, Way]]:
        """By which ways a column depends on other records."""
        if not isinstance(spec.value, Amount) or not spec.value.expression:
            return ()
        return ways_of(self.configuration, spec.entity, spec.value.expression)

    @property
    def _reading(self) -> Reading:
        whole = Reader(self.database, self.tables, rights_of(self.configuration, SYSTEM))
        return Reading(whole, self.connection)


_TYPES = {"place": np.int32, "number": np.int64, "code": np.int32}


def _with(values: Any, read: Read) -> tuple[Any, list[Any]]:
    """Codes as they continue those that there are."""
    every = list(values)
    known = {value: code for code, value in enumerate(every)}
    known[None] = 0
    table = np.zeros(len(read.values), dtype=np.int32)
    for code, value in enumerate(read.values):
        if value not in known:
            known[value] = len(every)
            every.append(value)
        table[code] = known[value]
    return table[read.main], every


def ways_of(configuration: Configuration, entity: str, expression: str) -> frozenset[tuple[str, Way]]:
    """The other records that an expression of a record depends on, by the ways that lead to them.

    Raises:
        Unkept: it depends on more than that: the day, who asks, or records that refer to this one.
    """
    compiled = safe(compile_formula(expression, asking(members_of(configuration), entity)))
    if not isinstance(compiled, Compiled) or compiled.volatile:
        raise Unkept
    inputs = inputs_of(configuration, entity, needs_of([compiled.tree]))
    if any(one.former or any(hop.kind != "to" for hop in one.way) for one in inputs):
        raise Unkept
    return frozenset((one.key[0], one.way) for one in inputs if one.way)
