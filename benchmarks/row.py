"""A measurement as a value: two sides that do the same work, and the check that their answers are right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from benchmarks.data import Data
from benchmarks.facts import Facts

Done = TypeVar("Done")
Said = TypeVar("Said")


@dataclass(frozen=True)
class Stage:
    """Where one side of a row works: the data set, to be read only, and a folder of its own, removed afterwards.

    What must be closed before that is entered into `exits`.
    """

    data: Data
    folder: Path
    exits: ExitStack = field(default_factory=ExitStack)

    def copy(self, name: str = "floor.sqlite") -> Path:
        """A fresh copy of the floor's database, free to change."""
        return Path(shutil.copyfile(self.data.database, self.folder / name))


@dataclass(frozen=True)
class Work(Generic[Done, Said]):
    """What one side does: `do` runs under the clock, `before` and `read` do not. All are given the request's index."""

    do: Callable[[int], Done]
    read: Callable[[int, Done], Said]
    before: Callable[[int], None] = lambda index: None


@dataclass(frozen=True)
class Row(Generic[Said]):
    """One row of the table. A side that has no such thing is None.

    `bar` is the highest accepted ratio of CPU times, `memory` the highest peak of the product in MiB.
    """

    name: str
    title: str
    check: Callable[[Facts, int, Said], None]
    floor: Callable[[Stage], Work[Any, Said]] | None = None
    product: Callable[[Stage], Work[Any, Said]] | None = None
    bar: float | None = None
    memory: float | None = None
    requests: int = 40
    rounds: int = 9
