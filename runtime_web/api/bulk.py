"""Many changes in one call and one transaction: all of them, or nothing and every reason why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response

from engine.accounts.tokens import READ, WRITE
from engine.problems import Problem, Refused, problem
from engine.records import Conflict, Missing
from runtime_web.api import door
from runtime_web.api.answers import Halt, Shape, answer, refusal
from runtime_web.api.bodies import json_body
from runtime_web.api.doing import changed, conflict_problems, conflict_shape, created, deleted, restored, shapes
from runtime_web.api.records import changeable, no_arguments

blueprint = Blueprint("api_bulk", __name__)
MOST = 1000
A_CALL = 10
"""So many operations count as much as one call more."""
OPERATIONS = "operations"
KEYS: Mapping[str, frozenset[str]] = {
    "create": frozenset({"do", "entity", "values", "key"}),
    "update": frozenset({"do", "entity", "id", "values"}),
    "delete": frozenset({"do", "entity", "id"}),
    "restore": frozenset({"do", "entity", "id"}),
}


class _Undone(Exception):
    """Some of the operations cannot be done, so none is."""


@blueprint.post("/_bulk")
def bulk() -> Response:
    """Do all of several operations, in their order."""
    door.need(WRITE)
    no_arguments()
    wanted = _wanted(json_body())
    door.charge(len(wanted) // A_CALL)
    found = _Findings()

    def work() -> list[Shape]:
        found.clear()
        ids = [found.noting(number, lambda one=one: _done(one)) for number, one in enumerate(wanted)]  # type: ignore[misc]
        if found.problems:
            raise _Undone
        return [_told(str(one["entity"]), key or 0) for one, key in zip(wanted, ids, strict=True)]

    try:
        return answer({"results": door.records().together(work)})
    except _Undone:
        return refusal(422, found.problems, {"conflicts": found.conflicts} if found.conflicts else {})


class _Findings:
    """What stands in the way, operation by operation."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.conflicts: list[Shape] = []

    def clear(self) -> None:
        self.problems.clear()
        self.conflicts.clear()

    def noting(self, number: int, do: Callable[[], int]) -> int | None:
        """Do one operation, and note why it cannot be done."""
        at = (OPERATIONS, str(number))
        try:
            return do()
        except Refused as refused:
            self._note(at, refused.problems)
        except Missing:
            self._note(at, [problem("nothing-here")])
        except Halt as halt:
            self._note(at, halt.problems)
        except Conflict as conflict:
            self._note(at, conflict_problems(conflict))
            told: list[Shape] = conflict_shape(conflict)["conflicts"]
            self.conflicts += [{**one, "path": [*at, *one["path"]]} for one in told]
        return None

    def _note(self, at: tuple[str, ...], problems: tuple[Problem, ...] | list[Problem]) -> None:
        self.problems += [replace(found, path=(*at, *found.path)) for found in problems]


def _wanted(body: Shape) -> list[Shape]:
    """The operations of a body, each an object.

    Raises:
        Halt: 422, where they are not as they should be.
    """
    listed = body.get(OPERATIONS)
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed) or len(body) > 1:
        raise Halt(422, problem("value-wrong-kind", path=(OPERATIONS,)))
    if len(listed) > MOST:
        raise Halt(422, problem("too-many-items", path=(OPERATIONS,), count=len(listed), maximum=MOST))
    wrong = [
        problem("operation-unknown", path=(OPERATIONS, str(number)))
        for number, one in enumerate(listed)
        if not _is_operation(one)
    ]
    if wrong:
        raise Halt(422, *wrong)
    return listed


def _is_operation(one: Mapping[str, Any]) -> bool:
    allowed = KEYS.get(one["do"]) if isinstance(one.get("do"), str) else None
    if allowed is None or not isinstance(one.get("entity"), str) or set(one) - allowed:
        return False
    key, values, own = one.get("id"), one.get("values"), one.get("key", "")
    numbered = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**63
    return numbered is ("id" in allowed) and isinstance(values, dict) is ("values" in allowed) and isinstance(own, str)


def _done(one: Shape) -> int:
    """Do an operation; the number of its record."""
    entity, key = one["entity"], one.get("id", 0)
    changeable(entity)
    if one["do"] == "create":
        made, _ = created(entity, one["values"], one.get("key"))
        return int(made["id"])
    if one["do"] == "update":
        door.need(READ)
        changed(entity, key, one["values"])
    else:
        {"delete": deleted, "restore": restored}[one["do"]](entity, key)
    return int(key)


def _told(entity: str, record_id: int) -> Shape:
    """The number of a record and its version once everything is done."""
    if door.has(READ):
        try:
            return {"id": record_id, "_version": shapes().version(door.records().get(entity, record_id))}
        except Missing:
            pass
    return {"id": record_id}
