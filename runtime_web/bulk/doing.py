"""Doing the same with many records, portion by portion. What stands in the way of one leaves that one out, and is told;
each portion is an act of the job, by which it can be undone. Needs no request, so that a worker can do it.
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

PORTION = 500
Action = Literal["change", "delete", "hand_over"]
Progress = Callable[[int], None]


@dataclass
class Result:
    """What came of an attempt: how many records it has looked at, and how many were left out for which reason."""

    seen: int = 0
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
            "seen": self.seen,
            "refused": self.refused,
            "reasons": json.dumps(told),
        }


def reasons_of(params: Mapping[str, str | int]) -> Iterator[tuple[Problem, int]]:
    """Why records were left out, with how many, from the outcome of a job."""
    for reason, count in json.loads(str(params.get("reasons", "[]"))):
        code, given = json.loads(reason)
        yield problem(code, **given), count


@dataclass(frozen=True)
class Bulk:
    """One thing that a job does with records of an entity; `values` are what they get."""

    records: Records
    job: int
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
                self.door.save(self.entity, list(edits.values()), "bulk", self.job)
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
            return

    def _halving(self, ids: Sequence[int], result: Result) -> None:
        """Do it with all together; where something stands in the way, with halves of them, down to those in question."""
        try:
            self._do(ids, result)
        except Refused as refused:
            if len(ids) == 1:
                _note(result, refused.problems[0])
                return
            half = len(ids) // 2
            self._halving(ids[:half], result)
            self._halving(ids[half:], result)

    def _do(self, ids: Sequence[int], result: Result) -> None:
        if self.action == "delete":
            self.door.delete(self.entity, ids, kind="trashed", job=self.job)
            return
        ((name, to),) = self.values.items()
        _count, stayed, _undoes = HandingOver.through(self.records).give(self.entity, name, ids, to, job=self.job)
        for _ in range(stayed):
            _note(result, problem("right-missing-here", action="hand_over", entity=self.entity, count=1))


def _note(result: Result, found: Problem) -> None:
    result.reasons[json.dumps([found.code, dict(found.params)], default=str)] += 1
