"""The fields that a report may take: those of its entity, and those behind references, as far as the reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.fields import Field
from engine.model import Configuration
from runtime_web.lists.words import target_of
from runtime_web.reports.amounts import NUMBERS
from runtime_web.views.designing import FieldEntry

DEEP = 3
"""So many references one after the other are offered; an address may follow more."""
LEFT_OUT = frozenset({"long_text", "multi_choice"})
DATES = ("date", "datetime")
ICONS: Mapping[str, str] = {
    "money": "coin",
    "percent": "percentage",
    "date": "calendar",
    "datetime": "calendar-time",
    "time": "clock",
    "boolean": "checkbox",
    "choice": "list",
    "user": "user",
    "reference": "link",
    "rating": "star",
    "phone": "phone",
    "email": "mail",
    "duration": "clock",
}


def kind_of(kind: str) -> str:
    """What a field type holds as reports see it."""
    return "number" if kind in NUMBERS else "date" if kind in DATES else "other"


def fields_of(configuration: Configuration, entity: str, language: str) -> tuple[FieldEntry, ...]:
    """Every field to take, with those behind references below them."""
    return _Offer(configuration, language).behind(entity, "", ())


@dataclass(frozen=True)
class _Offer:
    configuration: Configuration
    language: str

    def behind(self, entity: str, before: str, passed: tuple[str, ...]) -> tuple[FieldEntry, ...]:
        """The fields of an entity at a path; nobody is led in a circle."""
        if entity not in self.configuration.entities or entity in passed or len(passed) > DEEP:
            return ()
        return tuple(self._entries(entity, before, (*passed, entity)))

    def _entries(self, entity: str, before: str, passed: tuple[str, ...]) -> Iterator[FieldEntry]:
        parent = self.configuration.parent_of(entity)
        if parent is not None and parent in self.configuration.entities:
            label, path = self.configuration.entities[parent].label_in(self.language, parent), before + parent
            yield FieldEntry(path, label, "link", "other", "rows", self.behind(parent, f"{path}.", passed))
        for name, field in self.configuration.entities[entity].fields.items():
            if field.column() is not None and field.kind not in LEFT_OUT:
                yield self._entry(name, field, before, passed)

    def _entry(self, name: str, field: Field, before: str, passed: tuple[str, ...]) -> FieldEntry:
        kind, path = kind_of(field.kind), before + name
        likely = {"number": "values", "date": "columns"}.get(kind, "rows")
        icon = ICONS.get(field.kind) or ("number" if kind == "number" else "letter-case")
        behind = self.behind(target_of(field), f"{path}.", passed)
        return FieldEntry(path, field.label_in(self.language, name), icon, kind, likely, behind)
