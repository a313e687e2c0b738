"""Which part of the language stands at a path: its name in messages, the keys it takes, the keys that come later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.config.nodes import Path
from engine.fields import FIELD_TYPES, Field
from engine.fields.choice import Option
from engine.fields.label import Frozen
from engine.fields.rule import Check
from engine.model import Configuration, Entity, Section, Tab, Tint, View

FIELD_CLASSES: dict[str, type[Field]] = {kind.model_fields["type"].annotation.__args__[0]: kind for kind in FIELD_TYPES}  # type: ignore[union-attr]
"""The class of each field type, by its name."""

OUTSIDE = ("include", "$schema")
"""Root keys that are about files and editors, not about the business: they never reach the model."""

_CONDITIONS = frozenset({"visible_if", "readonly_if", "required_if"})
"""Tabs and sections may have them later."""
_LATER: dict[type[Frozen], frozenset[str]] = {
    Configuration: frozenset({"roles", "reports", "documents", "registers"}),
    Entity: frozenset({"reminders", "documents"}) | _CONDITIONS,
    Field: frozenset({"format"}),
    View: frozenset({"group_by", "totals"}),
    Tab: _CONDITIONS,
    Section: _CONDITIONS,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A mapping of the language: what messages call it, and its model, where the type is known."""

    noun: str
    model: type[Frozen]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that may stand here."""
        own = tuple(self.model.model_fields)
        return (*own, *OUTSIDE) if self.model is Configuration else own

    @property
    def later(self) -> frozenset[str]:
        """The keys that a later version understands."""
        for kind, keys in _LATER.items():
            if issubclass(self.model, kind):
                return keys - set(self.model.model_fields)
        return frozenset()


_PARTS = {"views": Spot("a view", View), "colors": Spot("a colour", Tint), "card": Spot("a tab", Tab)}


def spot(path: Path, data: Any) -> Spot:
    """What stands at a path of a configuration; `data` is the configuration as plain values, for the field types."""
    match path:
        case ("entities", _, "fields", _):
            return _field(path, data)
        case ("entities", _, "fields", _, "options", _):
            return Spot("an option", Option)
        case ("entities", _, "checks", _) | ("entities", _, "fields", _, "check"):
            return Spot("a check", Check)
        case ("entities", _, "views" | "colors" | "card" as part, _):
            return _PARTS[part]
        case ("entities", _, "card", _, "sections", _):
            return Spot("a section", Section)
        case ("entities", _):
            return Spot("an entity", Entity)
        case _:
            return Spot("the configuration", Configuration)


def _field(path: Path, data: Any) -> Spot:
    written = data
    for step in (*path, "type"):
        written = written.get(step) if isinstance(written, dict) else None
    kind = FIELD_CLASSES.get(str(written))
    return Spot(f"a field of type {written}", kind) if kind else Spot("a field", Field)
