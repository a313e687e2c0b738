"""What is kept of the records of an entity: who they are, and single values of them as arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.grouping import Amount, Key
from engine.storage.touched import Mark

Whole = NDArray[np.int64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]
NOWHERE = -1
BLANK = -1
"""The state of a value that is not there; that of a sound one is 0, that of an error its number."""
Form = Literal["place", "number", "code"]


@dataclass(frozen=True, slots=True)
class Spec:
    """What a column holds of the records of an entity.

    `place`: where the record stands to which a reference leads. `number`: whole numbers, exact decimals scaled up.
    `code`: which one of the values that there are.
    """

    entity: str
    form: Form
    value: Key | Amount


@dataclass(frozen=True, slots=True, eq=False)
class Generation:
    """Tells columns whose places mean the same records from those made before an entity was read anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Which records of an entity there are, those in the trash too: their ids by place, and which of them live.

    A record keeps its place. `order` has the places by ascending id; None where they stand so.
    """

    ids: Whole
    live: Flags
    order: NDArray[np.int64] | None
    generation: Generation
    mark: Mark

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def bytes(self) -> int:
        return self.ids.nbytes + self.live.nbytes + (0 if self.order is None else self.order.nbytes)

    def places(self, ids: Whole) -> Places:
        """Where records stand, NOWHERE for those that are not there."""
        if not self.size:
            return np.full(len(ids), NOWHERE, dtype=np.int32)
        if len(ids) == self.size and self.order is None and np.array_equal(ids, self.ids):
            return np.arange(self.size, dtype=np.int32)
        found = np.searchsorted(self.ids, ids, sorter=self.order)
        found[found == self.size] = 0
        if self.order is not None:
            found = self.order[found]
        return np.where(self.ids[found] == ids, found, NOWHERE).astype(np.int32)

    def changed(self, ids: Whole, live: Whole, mark: Mark) -> Population:
        """The same after some records were touched, of which those `live` are not in the trash now."""
        fresh = np.sort(ids[self.places(ids) == NOWHERE])
        every = np.concatenate([self.ids, fresh])
        flags = np.concatenate([self.live, np.zeros(len(fresh), dtype=np.bool_)])
        ascending = self.order is None and not (len(fresh) and self.size and fresh[0] < self.ids[-1])
        order = None if ascending else np.argsort(every, kind="stable")
        found = replace(self, ids=every, live=flags, order=order, mark=mark)
        flags[found.places(ids)] = False
        flags[found.places(live)] = True
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Values by the places of their records, with the state of each where not all are sound.

    Of codes `values` are what they stand for, the first of them blank; whole numbers are `scale` digits too large, and none is further
    from zero than `largest`.
    """

    spec: Spec
    main: NDArray[Any]
    states: NDArray[np.int16] | None
    values: Sequence[Any]
    scale: int
    largest: int
    generations: tuple[Generation, ...]
    mark: Mark

    @property
    def bytes(self) -> int:
        """How much memory it takes, in which a value of a code counts for so much as a short text does."""
        return self.main.nbytes + (0 if self.states is None else self.states.nbytes) + 64 * len(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Values as they were read: of which records, the whole numbers, codes or ids of them, and their states."""

    ids: Whole
    main: Whole
    states: NDArray[np.int16]
    values: Sequence[Any] = ()
    scale: int = 0


def laid_out(
    read: Read, population: Population, before: Column | None, main: NDArray[Any], *, nowhere: bool
) -> tuple[Any, Any]:
    """The arrays of a column by place, over those of the column before it where some of it was read."""
    size, kind = population.size, main.dtype
    found = np.full(size, NOWHERE if nowhere else 0, dtype=kind)
    states = np.full(size, BLANK, dtype=np.int16)
    if before is not None:
        found[: len(before.main)] = before.main
        states[: len(before.main)] = 0 if before.states is None else before.states
    places = population.places(read.ids)
    found[places], states[places] = main, read.states
    live_states = states[population.live] if before is None else states
    return found, states if live_states.any() else None
