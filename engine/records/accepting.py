"""Validation of the values that somebody wants to save: each by its field, then required, references and unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.fields import Field
from engine.fields.column import FILES
from engine.model import Entity
from engine.problems import Problem, Unfit, problem
from engine.storage import Connection, files
from engine.storage.select import Reader

Values = Mapping[str, Any]
Rows = Iterable[tuple[tuple[str, ...], int | None, Values]]


def accept(entity: Entity, wanted: Values, at: tuple[str, ...] = ()) -> tuple[dict[str, Any], list[Problem]]:
    """The values as they will be stored, and a Problem for each that does not fit. Unknown names are Problems too."""
    accepted: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in wanted.items():
        field = entity.typed.get(name)
        if field is None:
            problems.append(problem("field-not-editable", path=(*at, name), field=name))
            continue
        try:
            accepted[name] = field.accept(value)
        except Unfit as unfit:
            problems.append(unfit.at(*at, name))
    return accepted, problems


def required(entity: Entity, values: Values, at: tuple[str, ...] = ()) -> Iterator[Problem]:
    """A Problem for each required field that these values leave blank."""
    for name, field in entity.typed.items():
        if field.required and name in values and values[name] in (None, ()):
            yield problem("required", path=(*at, name))


def references(
    reader: Reader, connection: Connection, entity: Entity, rows: Iterable[tuple[tuple[str, ...], Values]]
) -> list[Problem]:
    """A Problem for each reference to a record that is not there, or not for this principal.

    Args:
        rows: what is to be saved, each with the path under which its Problems are reported.
    """
    wanted: dict[str, set[int]] = {}
    listed = list(rows)
    for _, values in listed:
        for _, target, ids in _pointed(entity, values):
            wanted.setdefault(target, set()).update(ids)
    known = {target: reader.titles(connection, target, ids).keys() for target, ids in wanted.items()}
    found: list[Problem] = []
    for at, values in listed:
        for name, target, ids in _pointed(entity, values):
            if not ids <= known[target]:
                found.append(problem("reference-unknown", path=(*at, name), entity=target))
    return found


def attachments(reader: Reader, connection: Connection, name: str, rows: Rows, by: int | None) -> list[Problem]:
    """A Problem for each file that is neither attached there already nor a fresh upload of this person for that field.

    Args:
        rows: what is to be saved, each with the path of its Problems and the id of its record, if it has one.
    """
    fields = reader.tables.configuration.entities[name].fields
    listed = [
        (at, own, key, values[key])
        for at, own, values in rows
        for key in values
        if values[key] and _holds_files(fields[key])
    ]
    if not listed:
        return []
    known = files.files(connection, reader.tables, {file for *_, ids in listed for file in ids})
    taken: set[int] = set()
    found: list[Problem] = []
    for at, own, key, ids in listed:
        here = {file for file in ids if file in known and (known[file].entity, known[file].field) == (name, key)}
        mine = {file for file in here if known[file].record_id is None and known[file].created_by == by}
        there = {file for file in here if own is not None and known[file].record_id == own}
        if not set(ids) <= (mine - taken) | there:
            found.append(problem("file-unknown", path=(*at, key)))
        taken |= mine
    return found


def _holds_files(field: Field) -> bool:
    links = field.links()
    return links is not None and links.target == FILES


def _pointed(entity: Entity, values: Values) -> Iterator[tuple[str, str, set[int]]]:
    """The fields among these values that point at records, their targets and the ids."""
    for name, target, several in entity.pointers:
        value = values.get(name)
        if value is not None:
            yield name, target, set(value) if several else {value}


def unique(
    reader: Reader, connection: Connection, own: tuple[str, int | None], entity: Entity, values: Values
) -> Iterator[Problem]:
    """A Problem for each unique field whose value already stands in another live record.

    Args:
        own: the entity's name and the id of the record that is saved, None for a new one.
    """
    for field_name, field in entity.fields.items():
        value = values.get(field_name)
        if not field.unique or value is None:
            continue
        if any(taken != own[1] for taken in reader.having(connection, own[0], field_name, [value]).get(value, ())):
            yield problem("unique-taken", path=(field_name,), value=str(value))


def unique_each(reader: Reader, connection: Connection, name: str, entity: Entity, rows: Rows) -> Iterator[Problem]:
    """The same for several records that are saved together, which must not have equal values either.

    Args:
        rows: what is to be saved, each with the path of its Problems and the id of its record, if it has one.
    """
    listed = list(rows)
    for field_name in (key for key, field in entity.fields.items() if field.unique):
        given = [(at, own, values[field_name]) for at, own, values in listed if values.get(field_name) is not None]
        taken = reader.having(connection, name, field_name, list(dict.fromkeys(value for *_, value in given)))
        seen: set[Any] = set()
        for at, own, value in given:
            if value in seen or any(other != own for other in taken.get(value, ())):
                yield problem("unique-taken", path=(*at, field_name), value=str(value))
            seen.add(value)
