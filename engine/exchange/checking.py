"""What must hold between the rows of a sheet, and between them and the records that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.exchange.columns import Target
from engine.exchange.incoming import Incoming
from engine.fields import Field
from engine.problems import Problem, Refused, problem
from engine.records import Batch

BLANK = (None, ())


def check_unique(batch: Batch, incoming: Incoming, matched: Target | None) -> None:
    """A finding for each unique value that another record has, or an earlier row."""
    for target in incoming.targets:
        if not (target.field and target.field.unique):
            continue
        values = incoming.values[target.name]
        taken = batch.find(incoming.name, target.name, [value for value in dict.fromkeys(values) if value is not None])
        seen: dict[Any, int] = {}
        for row, value in enumerate(values):
            if value is None:
                continue
            first = seen.setdefault(value, row)
            if any(record != incoming.records[row] for record in taken.get(value, ())):
                _complain(incoming, row, target, problem("unique-taken", path=(target.name,), value=str(value)))
            elif first != row and target is not matched:
                number = incoming.findings.numbers[first]
                _complain(incoming, row, target, problem("unique-twice", value=str(value), first=number))


def check_required(incoming: Incoming, parent: str | None) -> None:
    """A finding for each required cell that is blank; new records get the default there, where one is given.

    Raises:
        Refused: `column-missing`, where new records would lack a required field altogether.
    """
    targets = {target.name: target for target in incoming.targets}
    missing = list(_missing(incoming, targets, parent))
    if missing and incoming.fresh:
        raise Refused(missing)
    for target in incoming.targets:
        field = target.field
        if field is None or _must_be_given(field):
            _fill(incoming, target, field.initial() if field else None)


def _missing(incoming: Incoming, targets: dict[str, Target], parent: str | None) -> Iterator[Problem]:
    if parent and parent not in targets:
        yield problem("column-missing", column=parent)
    for name, field in incoming.entity.fields.items():
        stored = field.column() or field.links()
        if _must_be_given(field) and stored and name not in targets and field.initial() in BLANK:
            yield problem("column-missing", column=name)


def _must_be_given(field: Field) -> bool:
    """Whether a blank stays blank unless somebody fills it in."""
    return field.required and field.editable and field.default_formula is None


def _fill(incoming: Incoming, target: Target, default: Any) -> None:
    values = incoming.values[target.name]
    blanks = [row for row, value in enumerate(values) if value is None] if None in values else []
    for row in blanks:
        if incoming.records[row] is None and default not in BLANK:
            values[row] = default
        else:
            _complain(incoming, row, target, problem("required", path=(target.name,)))


def _complain(incoming: Incoming, row: int, target: Target, found: Problem) -> None:
    incoming.findings.add(row, target, incoming.rows[row][target.position], found)
