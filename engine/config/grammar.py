"""Which part of the language stands at a path: its name in messages, the keys it takes, the keys that come later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.config.nodes import Path
from engine.fields import FIELD_TYPES, Field
from engine.fields.choice import Option
from engine.fields.label import Frozen
from engine.fields.rule import Check
from engine.model import (
    Configuration,
    Dashboard,
    Dimension,
    Entity,
    Filter,
    Grant,
    Layout,
    Measure,
    Number,
    Report,
    Restriction,
    Role,
    Section,
    Tab,
    Tile,
    Tint,
    Top,
    View,
)
from engine.model.report import Level, Totals
from engine.model.role import FieldRight

FIELD_CLASSES: dict[str, type[Field]] = {kind.model_fields["type"].annotation.__args__[0]: kind for kind in FIELD_TYPES}  # type: ignore[union-attr]
"""The class of each field type, by its name."""

OUTSIDE = ("include", "$schema")
"""Root keys that are about files and editors, not about the business: they never reach the model."""

_CONDITIONS = frozenset({"visible_if", "readonly_if", "required_if"})
"""Tabs and sections may have them later."""
_LATER: dict[type[Frozen], frozenset[str]] = {
    Configuration: frozenset({"documents", "registers"}),
    Entity: frozenset({"reminders", "documents"}) | _CONDITIONS,
    Field: frozenset({"format"}),
    Tab: _CONDITIONS,
    Section: _CONDITIONS,
    Role: frozenset({"reports", "documents"}),
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


_ANY = "*"
_TILE: Path = ("dashboards", _ANY, "tiles", _ANY)
_SPOTS: tuple[tuple[Path, Spot], ...] = (
    (("entities", _ANY), Spot("an entity", Entity)),
    (("entities", _ANY, "fields", _ANY, "options", _ANY), Spot("an option", Option)),
    (("entities", _ANY, "fields", _ANY, "check"), Spot("a check", Check)),
    (("entities", _ANY, "checks", _ANY), Spot("a check", Check)),
    (("entities", _ANY, "views", _ANY), Spot("a view", View)),
    (("entities", _ANY, "colors", _ANY), Spot("a colour", Tint)),
    (("entities", _ANY, "card", _ANY), Spot("a tab", Tab)),
    (("entities", _ANY, "card", _ANY, "sections", _ANY), Spot("a section", Section)),
    (("entities", _ANY, "cards", _ANY), Spot("a card", Layout)),
    (("entities", _ANY, "cards", _ANY, "tabs", _ANY), Spot("a tab", Tab)),
    (("entities", _ANY, "cards", _ANY, "tabs", _ANY, "sections", _ANY), Spot("a section", Section)),
    (("reports", _ANY), Spot("a report", Report)),
    (("reports", _ANY, "rows", _ANY), Spot("a dimension", Dimension)),
    (("reports", _ANY, "rows", _ANY, "top"), Spot("the top of a dimension", Top)),
    (("reports", _ANY, "rows", _ANY, "below", _ANY), Spot("a level", Level)),
    (("reports", _ANY, "columns", _ANY), Spot("a dimension", Dimension)),
    (("reports", _ANY, "columns", _ANY, "below", _ANY), Spot("a level", Level)),
    (("reports", _ANY, "columns", _ANY, "top"), Spot("the top of a dimension", Top)),
    (("reports", _ANY, "values", _ANY), Spot("a value of a report", Measure)),
    (("reports", _ANY, "values", _ANY, "colors", _ANY), Spot("a colour", Tint)),
    (("reports", _ANY, "filters", _ANY), Spot("a filter", Filter)),
    (("reports", _ANY, "totals"), Spot("totals", Totals)),
    (("dashboards", _ANY), Spot("a dashboard", Dashboard)),
    (_TILE, Spot("a tile", Tile)),
    ((*_TILE, "number"), Spot("a number", Number)),
    ((*_TILE, "number", "value"), Spot("the value of a number", Measure)),
    ((*_TILE, "number", "filters", _ANY), Spot("a filter", Filter)),
    (("roles", _ANY), Spot("a role", Role)),
    (("roles", _ANY, "grants", _ANY), Spot("a grant", Grant)),
    (("roles", _ANY, "grants", _ANY, "fields", _ANY), Spot("the right to a field", FieldRight)),
    (("roles", _ANY, "restrictions", _ANY), Spot("a restriction", Restriction)),
)


def spot(path: Path, data: Any) -> Spot:
    """What stands at a path of a configuration; `data` is the configuration as plain values, for the field types."""
    if len(path) == 4 and path[0] == "entities" and path[2] == "fields":
        return _field(path, data)
    root = Spot("the configuration", Configuration)
    return next((found for pattern, found in _SPOTS if _matches(pattern, path)), root)


def _matches(pattern: Path, path: Path) -> bool:
    return len(pattern) == len(path) and all(step in (_ANY, here) for step, here in zip(pattern, path, strict=True))


def _field(path: Path, data: Any) -> Spot:
    written = data
    for step in (*path, "type"):
        written = written.get(step) if isinstance(written, dict) else None
    kind = FIELD_CLASSES.get(str(written))
    return Spot(f"a field of type {written}", kind) if kind else Spot("a field", Field)
