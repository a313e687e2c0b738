"""How a card begins: an existing record, a new one, a copy, or a new one with some fields filled in by the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.problems import Unfit
from engine.records import Record, Records
from runtime_web.cards.posted import dumped
from runtime_web.cards.view import LineRow
from runtime_web.lists.words import target_of

Rows = Mapping[str, tuple[LineRow, ...]]
OWN = "_"
"""Arguments that begin so are the form's own, not fields."""


@dataclass(frozen=True)
class Start:
    """A record as its form opens."""

    record: Record
    rows: Rows


def existing(record: Record) -> Start:
    """A record with its lines."""
    rows = {name: tuple(LineRow(str(line.id), line) for line in lines) for name, lines in record.lines.items()}
    return Start(record, rows)


def new(records: Records, entity: str, arguments: MultiDict[str, str], locale: Locale) -> Start:
    """A new record: blank, or a copy, with what the address fills in, and a line to begin with."""
    copied = arguments.get("copy", "")
    blank = records.blank(entity)
    if copied.isascii() and copied.isdigit():
        source = records.get(entity, int(copied))
        values = {**blank.values, **_copied(records.configuration, source)}
        start = Start(replace(blank, values=values, titles=source.titles), _copied_lines(records.configuration, source))
    else:
        start = Start(blank, {})
    filled = {**start.record.values, **_given(records, entity, arguments, locale)}
    record = replace(start.record, values=filled)
    return Start(
        replace(record, titles={**record.titles, **titles_of(records, record)}),
        with_first_lines(records, entity, start.rows),
    )


def with_first_lines(records: Records, entity: str, rows: Rows) -> Rows:
    """The rows, with one empty line where a lines field has none."""
    filled = dict(rows)
    for name, field in records.configuration.entities[entity].fields.items():
        if isinstance(field, LinesField) and not filled.get(name):
            filled[name] = (LineRow("n1", records.blank(field.of)),)
    return filled


def titles_of(records: Records, record: Record) -> Mapping[tuple[str, int], str]:
    """What the records are called that a new record points at."""
    wanted: dict[str, set[int]] = {}
    for name, field in records.configuration.entities[record.entity].fields.items():
        value, target = record.values.get(name), target_of(field)
        if target and value is not None:
            wanted.setdefault(target, set()).update(value if isinstance(value, tuple) else (value,))
    return {
        (target, key): title for target, ids in wanted.items() for key, title in records.titles(target, ids).items()
    }


def base_of(records: Records, record: Record, fields: tuple[str, ...]) -> dict[str, Any]:
    """The values that a form is opened with, as it carries them to the save: by field, by line and field, and by the
    field of new lines.
    """
    configuration = records.configuration
    entity = configuration.entities[record.entity]
    fresh = {name: field.of for name in fields if isinstance(field := entity.fields[name], LinesField)}
    blank = {name: dumped(configuration.entities[of], records.blank(of).values) for name, of in fresh.items()}
    if record.id is None:
        return {"blank": blank}
    plain = tuple(name for name in fields if entity.fields[name].kind != "lines")
    lines = {
        name: {str(line.id): dumped(configuration.entities[of], line.values) for line in record.lines.get(name, ())}
        for name, of in fresh.items()
    }
    return {"values": dumped(entity, record.values, plain), "lines": lines, "blank": blank}


def _copied(configuration: Configuration, source: Record) -> dict[str, Any]:
    """What a copy takes over: what can be typed, but for unique values and files, which belong to one record."""
    fields = configuration.entities[source.entity].fields
    return {
        name: value
        for name, value in source.values.items()
        if name in fields
        and fields[name].editable
        and not fields[name].unique
        and fields[name].kind not in ("file", "image")
    }


def _copied_lines(configuration: Configuration, source: Record) -> Rows:
    return {
        name: tuple(
            LineRow(f"n{number}", replace(line, id=None, values=_copied(configuration, line)))
            for number, line in enumerate(lines, 1)
        )
        for name, lines in source.lines.items()
    }


def _given(records: Records, entity: str, arguments: MultiDict[str, str], locale: Locale) -> dict[str, Any]:
    """The values that the address gives, in neutral form; what does not fit is left out."""
    given: dict[str, Any] = {}
    title = records.configuration.entities[entity].title_field
    if title and arguments.get("_title"):
        arguments = MultiDict([*arguments.items(multi=True), (title, arguments["_title"])])
    for name, field in records.configuration.entities[entity].fields.items():
        if name not in arguments or not field.editable or not records.rights.may_read(entity, name):
            continue
        try:
            given[name] = field.parse(arguments[name], Locale("en", locale.timezone))
        except Unfit:
            continue
    return given
