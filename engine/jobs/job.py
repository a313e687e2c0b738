"""One job, as a frozen value."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast

from engine.problems import Problem, Problems, problem

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: a code for which pages have a sentence, what fills it in, and a file where there is one.

    `file` is the name below the folder of made files, `name` what people shall call it.
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    file: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `asked_by` is None for what the program itself has begun; `total` None where nobody knows it.

    One that has failed has either problems, or the number under which the error stands in the log.
    """

    id: int
    kind: str
    params: Mapping[str, Any]
    asked_by: int | None
    asker: str
    state: State
    done: int
    total: int | None
    cancelling: bool
    acted: bool
    """Whether it has done something to records, which can be undone."""
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    outcome: Outcome | None = None
    problems: Problems = ()
    reference: str = ""

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed", "cancelled")


def job_of(row: Sequence[Any]) -> Job:
    """The job that a row of storage describes."""
    key, kind, params, asked_by, asker, state, done, total, result, cancel, created, started, finished, acted = row
    said = json.loads(result) if result else {}
    return Job(
        id=key,
        kind=kind,
        params=json.loads(params),
        asked_by=asked_by,
        asker=asker or "",
        state=cast("State", state),
        done=done,
        total=total,
        cancelling=bool(cancel) and state == "running",
        acted=bool(acted),
        created_at=created,
        started_at=started,
        finished_at=finished,
        outcome=Outcome(**said["outcome"]) if "outcome" in said else None,
        problems=tuple(
            problem(found["code"], path=found["path"], **found["params"]) for found in said.get("problems", ())
        ),
        reference=said.get("reference", ""),
    )


def written_outcome(outcome: Outcome) -> str:
    """An outcome as it is kept."""
    return json.dumps({"outcome": asdict(outcome)}, ensure_ascii=False)


def written_problems(problems: Sequence[Problem]) -> str:
    """Problems as they are kept."""
    kept = [{"code": found.code, "path": found.path, "params": dict(found.params)} for found in problems]
    return json.dumps({"problems": kept}, ensure_ascii=False)


def written_reference(reference: str) -> str:
    """The number of an error in the log, as it is kept."""
    return json.dumps({"reference": reference})
