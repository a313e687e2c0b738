"""Attached files on a card: what is shown of them, and those that a form without scripts sends along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from werkzeug.datastructures import FileStorage, MultiDict

from engine.fields.file import Attached as AttachedField
from engine.fields.lines import LinesField
from engine.files import Files
from engine.model import Configuration
from engine.problems import Problem, Refused
from engine.records import Record
from runtime_web.cards.posted import Posted
from runtime_web.request import current_files, current_locale
from runtime_web.tiles import tiles_of
from runtime_web.views.files import FileTile

Texts = Mapping[str, tuple[str, ...]]
NOTHING: Texts = {}


def tiles_on(configuration: Configuration, record: Record, texts: Texts = NOTHING) -> Mapping[int, FileTile]:
    """Every file that a card may show, by id: those of the record and its lines, and those that stand in the form."""
    fields = set(_fields_of_files(configuration, record.entity))
    if not fields:
        return {}
    wanted = dict.fromkeys(_held(record, fields))
    for name, typed in texts.items():
        if name.rpartition(".")[2] in fields:
            wanted |= dict.fromkeys(int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 19)
    return {tile.id: tile for tile in tiles_of(current_files().describe(wanted), current_locale())}


def takes_files(configuration: Configuration, entity: str) -> bool:
    """Whether files can be attached to a record of this entity or to its lines."""
    return any(_fields_of_files(configuration, entity))


def take_in(posted: Posted, uploads: MultiDict[str, FileStorage]) -> Posted:
    """The posted form with the files that came along stored, as if a script had done it before.

    What is refused becomes a Problem of the form.
    """
    if not uploads:
        return posted
    form = posted.form.copy()
    problems: list[Problem] = []
    sent = False
    for name, file in uploads.items(multi=True):
        path = tuple(name.split("."))
        if not file.filename or not isinstance(posted.field_at(path), AttachedField):
            continue
        sent = True
        try:
            form.add(name, str(_stored(current_files(), posted, path, file)))
        except Refused as refused:
            problems += [replace(found, path=path) for found in refused.problems]
    if not sent:
        return posted
    taken = replace(posted, form=form)
    taken.reading.problems.extend(problems)
    return taken


def _stored(files: Files, posted: Posted, path: tuple[str, ...], file: FileStorage) -> int:
    entity, lines = posted.entity, posted.described.fields[path[0]]
    if isinstance(lines, LinesField):
        entity = lines.of
    return files.store(entity, path[-1], file.filename or "", file.stream).id


def _fields_of_files(configuration: Configuration, name: str) -> Iterator[str]:
    for field_name, field in configuration.entities[name].fields.items():
        if isinstance(field, AttachedField):
            yield field_name
        elif isinstance(field, LinesField):
            yield from _fields_of_files(configuration, field.of)


def _held(record: Record, fields: Iterable[str]) -> Iterator[int]:
    for name in fields:
        yield from record.values.get(name) or ()
    for lines in record.lines.values():
        for line in lines:
            yield from _held(line, fields)
