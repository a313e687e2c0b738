"""Doing the same with many records, portion by portion. What stands in the way of one leaves that one out, and is told;
each portion is an act, by which it can be undone. Needs no request, so that a worker can do it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.problems import Problem, Refused, problem
from engine.records import Records, RowEdit
from engine.records.handing_over import HandingOver
from engine.records.several import Several
from engine.storage.recording import Undoes

PORTION = 500
Action = Literal["change", "delete", "hand_over"]
Progress = Callable[[int], None]


@dataclass
class Result:
    """What came of it: how many records, the acts, and how many were left out for which reason."""

    count: int = 0
    seen: int = 0
    acts: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    """By the code of a Problem and what fills it in, as JSON."""

    @property
    def refused(self) -> int:
        return sum(self.reasons.values())

    @property
    def params(self) -> dict[str, str | int]:
        """The same for the outcome of a job."""
        told = [[reason, count] for reason, count in self.reasons.most_common(20)]
        return {
            "count": self.count,
            "seen": self.seen,
            "refused": self.refused,
            "acts": ",".join(self.acts),
            "reasons": json.dumps(told),
        }


def reasons_of(params: Mapping[str, str | int]) -> Iterator[tuple[Problem, int]]:
    """Why records were left out, with how many, from the outcome of a job."""
    for reason, count in json.loads(str(params.get("reasons", "[]"))):
        code, given = json.loads(reason)
        yield problem(code, **given), count


@dataclass(frozen=True)
class Bulk:
    """One thing that is done with records of an entity; `values` are what they get."""

    records: Records
    entity: str
    action: Action
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def door(self) -> Several:
        return Several.through(self.records)

    def run(self, ids: Sequence[int], result: Result, progress: Progress) -> None:
        """Do it with each of these records. Whatever `progress` raises ends it; what was done until then stays done."""
        for start in range(0, len(ids), PORTION):
            progress(start)
            portion = ids[start : start + PORTION]
            if self.action == "change":
                self._change(portion, result)
            else:
                self._halving(portion, result)
            result.seen += len(portion)
        progress(len(ids))

    def _change(self, ids: Sequence[int], result: Result) -> None:
        edits = {str(key): RowEdit(str(key), key, self.values) for key in ids}
        while edits:
            try:
                done = self.door.save(self.entity, list(edits.values()), "bulk")
            except Refused as refused:
                wrong = {one.path[0]: one for one in refused.problems if one.path and one.path[0] in edits}
                if not wrong and len(edits) > 1:
                    # What does not say which of them it is about may be about a few.
                    there = [int(key) for key in edits]
                    self._change(there[: len(there) // 2], result)
                    self._change(there[len(there) // 2 :], result)
                    return
                for key in wrong or list(edits):
                    del edits[key]
                    _note(result, wrong.get(key, refused.problems[0]))
                continue
            result.count += done.changed
            _keep(result, done.undoes)
            return

    def _halving(self, ids: Sequence[int], result: Result) -> None:
        """Do it with all together; where something stands in the way, with halves of them, down to those in question."""
        try:
            count, undoes = self._done(ids, result)
        except Refused as refused:
            if len(ids) == 1:
                _note(result, refused.problems[0])
                return
            half = len(ids) // 2
            self._halving(ids[:half], result)
            self._halving(ids[half:], result)
            return
        result.count += count
        _keep(result, undoes)

    def _done(self, ids: Sequence[int], result: Result) -> tuple[int, Undoes | None]:
        if self.action == "delete":
            return self.door.delete_several(self.entity, ids)
        ((name, to),) = self.values.items()
        count, stayed, undoes = HandingOver.through(self.records).give(self.entity, name, ids, to)
        for _ in range(stayed):
            _note(result, problem("right-missing-here", action="hand_over", entity=self.entity, count=1))
        return count, undoes


def _keep(result: Result, undoes: Undoes | None) -> None:
    if undoes is not None and undoes.action is not None:
        result.acts.append(f"action:{undoes.action}")


def _note(result: Result, found: Problem) -> None:
    result.reasons[json.dumps([found.code, dict(found.params)], default=str)] += 1
