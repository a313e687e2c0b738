"""The editor of one cell: the widget of its field, with what the record holds now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.fields.locale import Locale
from engine.problems import Problem, problem
from engine.records import Record, Records
from runtime_web.cards.inputs import Filling, told
from runtime_web.cards.widgets import widgets_of


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor, or why there is none. `base` is the value in canonical form, by which a clash is found."""

    html: str = ""
    base: Any = None
    refused: str = ""


def editor_of(records: Records, locale: Locale, record: Record, name: str) -> Editor:
    """The editor of one field of a record."""
    described = records.configuration.entities[record.entity].fields[name]
    closed = _closed(records, record, name)
    if closed:
        return Editor(refused=told(closed))
    widget = widgets_of(records.configuration, records.rights, record.entity, locale)[name]
    one = Filling(locale, record.titles, prefix="cell-").edit(widget, record.values, (name,))
    base = described.dump(record.values.get(name))
    return Editor(widget.edit(replace(one, in_line=True)), base)


def _closed(records: Records, record: Record, name: str) -> Problem | None:
    """Why a field of this very record stays as it is."""
    assert record.id is not None
    if "update" not in records.allowed(record.entity, record.id):
        return problem("right-missing-here", action="update", entity=record.entity, count=1)
    looks = records.looks(record.entity, [record.id]).get(record.id)
    return problem("readonly-now", path=(name,), value=None) if looks and name in looks.locked else None
