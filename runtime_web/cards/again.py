"""A form shown again: with what was typed, what is wrong with it, and what others have changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.fields.lines import LinesField
from engine.problems import Problem
from engine.records import Clash, Record, Records
from runtime_web.cards.inputs import Path, labelled
from runtime_web.cards.posted import Posted
from runtime_web.cards.start import Rows
from runtime_web.cards.view import LineRow
from runtime_web.lists.words import target_of


@dataclass(frozen=True)
class Again:
    """What is shown again: the record underneath, its lines, what was typed over it, problems and clashes."""

    record: Record
    rows: Rows
    texts: Mapping[str, tuple[str, ...]]
    problems: Mapping[Path, Problem] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    notes: tuple[str, ...] = ()
    """What is wrong with the record as a whole."""


def refused(posted: Posted, records: Records, record: Record, problems: Iterable[Problem]) -> Again:
    """The form with its problems, each at its field; the first of several at one field is shown."""
    found: dict[Path, Problem] = {}
    for problem in problems:
        found.setdefault(problem.path, labelled(problem, records.configuration, posted.locale))
    return Again(record, _typed_rows(posted, records, record), posted.texts, found, _open_clashes(posted, record))


def changed(posted: Posted, records: Records, record: Record) -> Again:
    """The form after a button that only changes its lines: one more, one less, or another order."""
    rows = dict(_typed_rows(posted, records, record))
    what, name, key = (*posted.action, "", "", "")[:3]
    described = posted.described.fields.get(name)
    if isinstance(described, LinesField):
        rows[name] = tuple(_moved(list(rows[name]), what, key, records.blank(described.of)))
    return Again(record, rows, posted.texts, clashes=_open_clashes(posted, record))


def clashed(posted: Posted, records: Records, current: Record, clashes: tuple[Clash, ...]) -> Again:
    """The form over the record as others have left it: my changes stay typed in, everything else is new."""
    mine = {name: texts for name, texts in posted.texts.items() if _is_mine(posted, tuple(name.split(".")))}
    rows: dict[str, tuple[LineRow, ...]] = {}
    for name, listed in _typed_rows(posted, records, current).items():
        there = {str(line.id): line for line in current.lines.get(name, ())}
        kept = [row for row in listed if row.key in there or row.key.startswith("n")]
        known = {*posted.base_lines(name), *(row.key for row in kept)}
        rows[name] = (*kept, *(LineRow(key, line) for key, line in there.items() if key not in known))
    return Again(current, rows, mine, clashes=clashes)


def is_undecided(posted: Posted) -> bool:
    """Whether the form shows values that two people changed, for which nobody has said yet whose is to be kept."""
    return any(posted.decided(name) not in ("mine", "theirs") for name in posted.form.getlist("_clash"))


def typed_titles(records: Records, posted: Posted) -> dict[tuple[str, int], str]:
    """What the records are called that were picked in the form."""
    wanted: dict[str, set[int]] = {}
    for name, texts in posted.texts.items():
        target = target_of(posted.field_at(tuple(name.split("."))))
        if target:
            wanted.setdefault(target, set()).update(
                int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19
            )
    return {
        (target, key): title
        for target, ids in wanted.items()
        if ids
        for key, title in records.titles(target, ids).items()
    }


def value_at(record: Record, path: Path) -> Any:
    """A value of a record or of one of its lines."""
    if len(path) == 1:
        return record.values.get(path[0])
    line = next((line for line in record.lines.get(path[0], ()) if str(line.id) == path[1]), None)
    return line.values.get(path[2]) if line else None


def _typed_rows(posted: Posted, records: Records, record: Record) -> Rows:
    """The lines as they stand in the form."""
    rows: dict[str, tuple[LineRow, ...]] = {}
    for name in posted.fields:
        described = posted.described.fields[name]
        if isinstance(described, LinesField):
            there = {str(line.id): line for line in record.lines.get(name, ())}
            blank = records.blank(described.of)
            rows[name] = tuple(
                LineRow(key, there.get(key, blank), posted.deleted(name, key)) for key in posted.keys(name)
            )
    return rows


def _moved(rows: list[LineRow], what: str, key: str, blank: Record) -> list[LineRow]:
    if what == "add":
        highest = max((int(row.key[1:]) for row in rows if row.key.startswith("n")), default=0)
        return [*rows, LineRow(f"n{highest + 1}", blank)]
    at = next((number for number, row in enumerate(rows) if row.key == key), None)
    if at is None:
        return rows
    row = rows.pop(at)
    if what == "delete":
        kept = [] if row.key.startswith("n") else [LineRow(row.key, row.record, deleted=not row.deleted)]
        return [*rows[:at], *kept, *rows[at:]]
    rows.insert(max(at - 1, 0) if what == "up" else at + 1, row)
    return rows


def _is_mine(posted: Posted, path: Path) -> bool:
    """Whether a typed value differs from what the form was opened with."""
    if posted.field_at(path) is None or (len(path) == 3 and path[1].startswith("n")):
        return True
    return bool(posted.typed_at(path) != posted.base_at(path))


def _open_clashes(posted: Posted, current: Record) -> tuple[Clash, ...]:
    paths = [tuple(name.split(".")) for name in posted.form.getlist("_clash")]
    return tuple(
        Clash(path, posted.base_at(path), value_at(current, path), posted.typed_at(path))
        for path in paths
        if posted.field_at(path) is not None
    )
