"""Fills a database of the `clients` sample with demo data, in one transaction: all of it, or nothing."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.demo.batch import Attachment, Batch, Scale
from engine.demo.generate import LAST_DAY, generate
from engine.demo.pictures import attachments
from engine.demo.wages import MONTHS
from engine.fields.column import FILES
from engine.files import Files
from engine.records import Batch as Writing
from engine.records import Records

Progress = Callable[[int, int], None]
"""Told how many records are there, and about how many there will be."""

_ROWS_AN_ORDER = 7.1
"""An order, its five lines, and a payment, some in two parts."""
_ROWS_A_CLIENT = 8.5
"""A client, the contact persons, and six events of the journal."""


def load(
    records: Records,
    files: Files,
    scale: Scale | None = None,
    *,
    seed: int = 1,
    until: date = LAST_DAY,
    progress: Progress | None = None,
) -> Mapping[str, int]:
    """Add the demo data to what is there; how many records of each entity came.

    References are numbered on from the records that exist, and the next number of each sequence follows the last one
    that came.

    Raises:
        Collided: a unique value is there already, as it is when the same data came before.
    """
    scale = scale or Scale()
    shown = {made.number: made for made in attachments(scale, seed)}
    with records.batch() as writing:
        loading = _Loading(writing, files, shown)
        done = 0
        for batch in generate(scale, seed, until):
            loading.add(batch)
            done += len(batch.rows)
            if progress:
                progress(done, max(done, expected_rows(scale)))
        return dict(loading.counts)


def expected_rows(scale: Scale) -> int:
    """About how many records there will be in all."""
    return (
        int(scale.orders * _ROWS_AN_ORDER + scale.clients * _ROWS_A_CLIENT)
        + scale.products
        + scale.employees * (1 + MONTHS)
    )


@dataclass
class _Numbers:
    """Which ids the rows of an entity got: the number of each batch's first row, and how far its ids lie above."""

    firsts: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)

    def note(self, first: int, shift: int) -> None:
        if not self.shifts or self.shifts[-1] != shift:
            self.firsts.append(first)
            self.shifts.append(shift)

    @property
    def same(self) -> bool:
        """Whether the ids are the numbers of the rows themselves, as in an empty table."""
        return not any(self.shifts)

    def id_of(self, row: int) -> int:
        return row + self.shifts[bisect_right(self.firsts, row) - 1]


@dataclass
class _Loading:
    """The work of one load: rows as they come, with row numbers and file numbers turned into ids."""

    writing: Writing
    files: Files
    shown: Mapping[int, Attachment]
    numbers: defaultdict[str, _Numbers] = field(default_factory=lambda: defaultdict(_Numbers))
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, batch: Batch) -> None:
        # Rows may refer to rows of their own batch, so the ids are wanted before it is written.
        ids = self.writing.reserve(batch.entity, len(batch.rows))
        self.numbers[batch.entity].note(batch.first, ids.start - batch.first)
        self.counts[batch.entity] += len(batch.rows)
        self.writing.add(batch.entity, batch.columns, self._rows(batch), ids)

    def _rows(self, batch: Batch) -> Sequence[Sequence[Any]]:
        """The rows with ids in place of numbers; the rows themselves where the two are the same."""
        turns = {at: turn for at, name in enumerate(batch.columns) if (turn := self._turn(batch.entity, name))}
        if not turns:
            return batch.rows
        return [
            tuple(turns[at](item) if at in turns and item is not None else item for at, item in enumerate(row))
            for row in batch.rows
        ]

    def _turn(self, entity: str, name: str) -> Callable[[Any], Any] | None:
        """What turns the items of a column into ids, or None where they may stay."""
        described = self.writing.configuration.entities[entity].fields.get(name)
        links = described.links() if described else None
        if links and links.target == FILES:
            return lambda shown: tuple(self._file(entity, name, number) for number in shown)
        stored = described.column() if described else None
        target = (links and links.target) or (stored and stored.target)
        if described is None and name == self.writing.configuration.parent_of(entity):
            target = name
        if not target or self.numbers[target].same:
            return None
        id_of = self.numbers[target].id_of
        return (lambda rows: tuple(map(id_of, rows))) if links else id_of

    def _file(self, entity: str, name: str, number: int) -> int:
        shown = self.shown[number]
        return self.files.store_within(
            self.writing.connection, (entity, name), shown.name, io.BytesIO(shown.content)
        ).id
