"""What single calls and calls in bulk have in common: each change of a record, and how the record is told then."""

from __future__ import annotations

import hashlib
import re

from engine.accounts.tokens import READ
from engine.problems import Problem, Refused, problem
from engine.query import Query
from engine.records import Conflict, Edit, Missing, Record
from runtime_web.api import door
from runtime_web.api.answers import Halt, Shape
from runtime_web.api.changes import Change, read_change
from runtime_web.api.shapes import Shapes

LONGEST_KEY = 200
ANY = "*"
"""Instead of a version: whatever the record is now."""


def created(entity: str, body: Shape, key: str | None) -> tuple[Shape, int]:
    """Save a new record; how it is told, and the status.

    Raises:
        Refused: with every Problem.
    """
    records = door.records()
    wanted = read_change(records.configuration, records.rights, entity, body)
    if wanted.version or wanted.base is not None:
        raise Refused([problem("field-not-editable", path=("_version",), field="_version")])
    if door.entity_of(entity).kind == "settings" and records.page(Query(entity, limit=1)).rows:
        raise Refused([problem("settings-exist")])
    saved = records.create(entity, Edit(wanted.values, None, wanted.lines), _submission(entity, key))
    return told(entity, saved.id), 201 if saved.created else 200


def changed(entity: str, record_id: int, body: Shape, version: str = "") -> Shape:
    """Save changes to a record; how it is told then.

    Raises:
        Missing: there is no such record.
        Refused: with every Problem.
        Halt: 428, where nothing says which version it is a change of.
        Conflict: somebody else has changed the same values.
    """
    records = door.records()
    wanted = read_change(records.configuration, records.rights, entity, body)
    current = records.get(entity, record_id)
    records.update(entity, record_id, _edit(wanted, current, version or wanted.version))
    return told(entity, record_id)


def deleted(entity: str, record_id: int) -> None:
    """Put a record into the trash.

    Raises:
        Missing: there is no such record.
        Refused: others still refer to it.
    """
    if not door.records().delete(entity, [record_id]):
        raise Missing(entity, record_id)


def restored(entity: str, record_id: int) -> None:
    """Bring a record back from the trash.

    Raises:
        Missing: there is no such record in the trash.
        Refused: its place is taken.
    """
    if not door.records().restore(entity, [record_id]):
        raise Missing(entity, record_id)


def told(entity: str, record_id: int) -> Shape:
    """A record after a change, as far as the caller may read it."""
    if door.has(READ):
        try:
            return shapes().record(door.records().get(entity, record_id))
        except Missing:
            pass
    return {"id": record_id}


def shapes() -> Shapes:
    """How records are told to this caller."""
    records = door.records()
    return Shapes(records.configuration, records.rights, door.covers)


def conflict_shape(conflict: Conflict) -> Shape:
    """Both values of each that two people have changed, and the record as it is now."""
    shaped, entity = shapes(), conflict.current.entity
    clashes = [
        {
            "path": list(clash.path),
            **{
                name: shaped.value(entity, clash.path, value)
                for name, value in (("base", clash.base), ("theirs", clash.theirs), ("mine", clash.mine))
            },
        }
        for clash in conflict.clashes
    ]
    return {"conflicts": clashes, "current": shaped.record(conflict.current)}


def conflict_problems(conflict: Conflict) -> list[Problem]:
    return [problem("changed-meanwhile", path=clash.path) for clash in conflict.clashes]


def _edit(wanted: Change, current: Record, version: str) -> Edit:
    if wanted.base is not None or version == ANY:
        return wanted.against(current)
    if not version:
        raise Halt(428, problem("version-missing"))
    if version != shapes().version(current):
        clashes = wanted.differing(current)
        if clashes:
            raise Conflict(clashes, current)
    return wanted.upon(current)


def _submission(entity: str, key: str | None) -> str | None:
    """What is kept of a key, so that the keys of different people and entities have nothing to do with each other."""
    if key is None:
        return None
    if not re.fullmatch(f"[!-~]{{1,{LONGEST_KEY}}}", key):
        expected = f"1 to {LONGEST_KEY} signs"
        name = "Idempotency-Key"
        raise Halt(400, problem("parameter-invalid", path=(name,), parameter=name, value=key[:50], expected=expected))
    person = door.bearer().account.id
    return "api:" + hashlib.sha256(f"{person} {entity} {key}".encode()).hexdigest()
