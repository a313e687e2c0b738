"""What it takes to undo something: which records are set back, deleted or brought back, and what stands in the way.

A field is set back only where it still holds what the act has given it; what somebody has changed since stays theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from engine.problems import Problem
from engine.records.told import FieldChange
from engine.storage.recording import Undoes

Does = Literal["changed", "trashed", "restored"]
Reason = Literal["", "changed-since", "in-use", "in-trash"]
NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LinesBack:
    """What becomes of the lines of one lines field: those that go, those that return, and fields that are set back."""

    gone: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    values: Mapping[int, Mapping[str, Any]] = field(default_factory=lambda: NOTHING)
    positions: Mapping[int, int] = field(default_factory=lambda: NOTHING)

    @property
    def empty(self) -> bool:
        return not (self.gone or self.back or self.values or self.positions)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What becomes of one record. `fields` are those that are set back: what they hold, and what they will.

    `kept` names fields and lines that stay because they have changed since; `reason` says why all of it does.
    """

    entity: str
    record_id: int
    title: str
    does: Does
    fields: tuple[FieldChange, ...] = ()
    lines: Mapping[str, LinesBack] = field(default_factory=lambda: NOTHING)
    kept: tuple[str, ...] = ()
    reason: Reason = ""

    @property
    def line_count(self) -> int:
        """How many lines go, return or are set back."""
        return sum(len({*one.gone, *one.back, *one.values}) for one in self.lines.values())


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing an act would do.

    `brought` are records that came many at a time and that go again. `titles` names what the steps mention.
    `problems` are those for which the whole would be refused.
    """

    undoes: Undoes
    at: dt.datetime
    by: int | None
    kind: str
    steps: tuple[UndoStep, ...]
    hindered: tuple[UndoStep, ...]
    brought: Mapping[str, tuple[int, ...]]
    titles: Mapping[tuple[str, int], str]
    problems: tuple[Problem, ...] = field(default=())
    action: int | None = None
    """The act that the undo itself was, once it is done: what can be taken back in its turn."""

    @property
    def counts(self) -> Mapping[Does, int]:
        """How many records are set back, deleted and brought back."""
        found: dict[Does, int] = {"changed": 0, "trashed": 0, "restored": 0}
        for step in self.steps:
            found[step.does] += 1
        found["trashed"] += sum(len(ids) for ids in self.brought.values())
        return found

    @property
    def empty(self) -> bool:
        return not self.steps and not self.brought
