"""Reading columns: the statements by which they are loaded, whole or for some records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    SmallInteger,
    case,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy import cast as converted
from sqlalchemy.types import TypeEngine

from engine.grouping import Amount, Wrong
from engine.rights import SYSTEM, rights_of
from engine.storage.columns.arrays import BLANK, Flags, Read, Spec, Whole
from engine.storage.located import Located
from engine.storage.measured import Measured, Told
from engine.storage.reach import among, bound
from engine.storage.select import Reader
from engine.storage.statement import Prepared
from engine.storage.tables import Tables
from engine.storage.types import Exactly
from engine.storage.visible import Visible
from formulas.to_sql import System

AT_ONCE = 50_000


class Unkept(Exception):
    """Something of a question cannot be answered from memory."""


@dataclass(frozen=True)
class Reading:
    """Reads with the system's eyes, in one transaction."""

    whole: Reader
    connection: Connection

    def ids(self, entity: str) -> tuple[Whole, Flags]:
        """The ids of all records in their order, and which of them are not in the trash."""
        live, gone = (self._ids(entity, trashed=trashed) for trashed in (False, True))
        every = np.concatenate([live, gone])
        flags = np.concatenate([np.ones(len(live), dtype=np.bool_), np.zeros(len(gone), dtype=np.bool_)])
        order = np.argsort(every, kind="stable") if len(gone) else slice(None)
        return every[order], flags[order]

    def live(self, entity: str, some: Collection[int]) -> Whole:
        """Those of some ids whose records are not in the trash."""
        prepared = self._prepared(("columns", "some", entity), lambda: self._select_ids(entity, some=True))
        return whole_numbers([prepared.raw(self.connection, self._bound(some))])

    def _ids(self, entity: str, *, trashed: bool) -> Whole:
        key = ("columns", "ids", entity, trashed)
        prepared = self._prepared(key, lambda: self._select_ids(entity, trashed=trashed))
        return whole_numbers(prepared.stream(self.connection, {}, AT_ONCE))

    def values(self, spec: Spec, some: Collection[int] | None = None) -> Read:
        """
        Raises:
            Unkept: what it holds depends on the day or on who asks.
        """
        key = ("columns", spec, some is not None)
        if spec.form == "code":
            prepared = self._prepared(key, lambda: self._coded(spec, some=some is not None))
            return self._codes(prepared, some)
        prepared = self._prepared(key, lambda: self._numbers(spec, some=some is not None))
        kind = type_of(self.whole.visible, spec)
        return self._whole(prepared, some, kind.scale if isinstance(kind, Exactly) else 0)

    def _codes(self, prepared: Prepared, some: Collection[int] | None) -> Read:
        known = _Codes()
        load = prepared.loaders[1] or (lambda value: value)
        ids: list[Sequence[int]] = []
        codes: list[Whole] = []
        for batch in prepared.stream(self.connection, self._bound(some), AT_ONCE):
            own, values, *errors = zip(*batch, strict=True)
            ids.append(own)
            keys = zip(values, errors[0], strict=True) if errors else zip(values, strict=True)
            codes.append(np.fromiter(map(known.__getitem__, keys), dtype=np.int64, count=len(own)))
        values_of = [_read(raw, load) for raw in known]
        main = np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)
        return Read(_flat(ids), main, np.zeros(len(main), dtype=np.int16), values_of)

    def _whole(self, prepared: Prepared, some: Collection[int] | None, scale: int) -> Read:
        batches = [
            np.fromiter(batch, dtype=np.dtype((np.int64, 3)), count=len(batch))
            for batch in prepared.stream(self.connection, self._bound(some), AT_ONCE)
        ]
        rows: Whole = np.concatenate(batches) if batches else np.zeros((0, 3), dtype=np.int64)
        columns = np.ascontiguousarray(rows.T)
        return Read(columns[0], columns[1], columns[2].astype(np.int16), scale=scale)

    # Statements

    def _select_ids(self, entity: str, *, some: bool = False, trashed: bool = False) -> Select[Any]:
        rows = self.whole.visible(entity, trashed=trashed, scanned=not (some or trashed) and self._sqlite)
        where = [among(self.whole.database, rows.c.id)] if some else []
        return select(rows.c.id).where(*where).order_by(rows.c.id)

    def _coded(self, spec: Spec, *, some: bool) -> Select[Any]:
        return self._select(spec, lambda told: told.both, some=some)

    def _numbers(self, spec: Spec, *, some: bool) -> Select[Any]:
        return self._select(spec, self._as_whole, some=some)

    def _as_whole(self, told: Told) -> list[ColumnElement[Any]]:
        """A value as a whole number, and its state."""
        kind = told.value.type
        scaled = told.value * 10**kind.scale if isinstance(kind, Exactly) and not self._sqlite else told.value
        value = type_coerce(scaled, BigInteger) if self._sqlite else converted(scaled, BigInteger)
        blank = (told.value.is_(None), literal(BLANK, SmallInteger))
        wrong = [] if told.error is None else [(told.error.is_not(None), told.error)]
        return [func.coalesce(value, 0), case(*wrong, blank, else_=literal(0, SmallInteger))]

    def _select(self, spec: Spec, columns: Any, *, some: bool) -> Select[Any]:
        visible = self.whole.visible
        rows = visible(spec.entity, scanned=not some and self._sqlite)
        told = _told(visible, spec, rows)
        where = [among(self.whole.database, rows.c.id)] if some else []
        named = [column.label(f"c{number}") for number, column in enumerate(columns(told))]
        return select(rows.c.id, *named).select_from(rows).where(*where).order_by(rows.c.id)

    def _prepared(self, key: Any, build: Any) -> Prepared:
        prepared = self.whole.database.prepared((self.whole.tables, *key), build)
        if prepared.asks:
            raise Unkept
        return prepared

    def _bound(self, some: Collection[int] | None) -> dict[str, Any]:
        return {} if some is None else bound(self.whole.database, sorted(some))

    @cached_property
    def _sqlite(self) -> bool:
        return self.whole.database.sqlite


def _told(visible: Visible, spec: Spec, rows: FromClause) -> Told:
    located, measured = Located(visible, spec.entity, rows), Measured(visible)
    if isinstance(spec.value, Amount):
        return measured.amount(spec.value, located)
    return measured.key(spec.value, located)


def type_of(whole: Visible, spec: Spec) -> TypeEngine[Any]:
    """The type of what the system sees, whatever form it is kept in."""
    return _type(whole.tables, whole.system, replace(spec, form="number"))


@lru_cache(maxsize=500)
def _type(tables: Tables, system: System, spec: Spec) -> TypeEngine[Any]:
    visible = Visible(tables, rights_of(tables.configuration, SYSTEM), system)
    return _told(visible, spec, visible(spec.entity)).value.type


class _Codes(dict[tuple[Any, ...], int]):
    """Numbers values, with their errors if they can have any, as they come. Blank is always the first."""

    def __init__(self) -> None:
        super().__init__({(None,): 0})

    def __missing__(self, key: tuple[Any, ...]) -> int:
        self[key] = number = 0 if key == (None, None) else len(self)
        return number


def _read(raw: tuple[Any, ...], load: Any) -> Any:
    value, error = (*raw, None)[:2]
    if error is not None:
        return Wrong(int(error))
    return None if value is None else load(value)


def whole_numbers(batches: Any) -> Whole:
    """The first item of each row."""
    found = [np.fromiter(chain.from_iterable(batch), dtype=np.int64, count=len(batch)) for batch in batches]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _flat(ids: Sequence[Sequence[int]]) -> Whole:
    return np.fromiter(chain.from_iterable(ids), dtype=np.int64) if ids else np.zeros(0, dtype=np.int64)
