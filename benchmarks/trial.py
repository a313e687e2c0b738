"""A measurement that is no ratio of two WSGI calls: it needs a server, a browser or many clients at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.data import Data


@dataclass(frozen=True)
class Outcome:
    """What one party did: figures by name, and whether they are above the bar."""

    party: str
    figures: dict[str, float]
    over: bool = False


@dataclass(frozen=True)
class Trial:
    """One line of the second table. `run` raises Wrong or Failed instead of giving figures of a wrong result."""

    name: str
    title: str
    bar: str
    run: Callable[[Data], list[Outcome]]
