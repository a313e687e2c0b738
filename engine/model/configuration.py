"""The root of the tree: the business, its language and money, and its entities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import Field as Key

from engine.fields.label import Frozen, Label, text_in
from engine.fields.lines import LinesField
from engine.model.dashboard import Dashboard
from engine.model.entity import Entity
from engine.model.report import Report
from engine.model.role import Role
from engine.model.view import View

Made = TypeVar("Made")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Configuration(Frozen):
    """What a business keeps, complete and valid. Only `engine.config` builds one."""

    kartoteka: Literal[1] = Key(description="The version of this language: 1.")
    name: str = Key(description="A short name in small letters.")
    label: Label | None = Key(None, description="What the program is called in its header.")
    language: str = Key("en", description="The language that people see first: en, ru, ro, sq or fi.")
    country: str = Key("FI", description="Two letters; how phone and tax numbers without a country are read.")
    currency: str = Key("EUR", description="The currency of money fields that name none.")
    timezone: str = Key("UTC", description="The zone of the business, such as Europe/Helsinki.")
    week_starts: Weekday = Key("monday", description="The first day of a week.")
    fiscal_year_starts: int = Key(1, ge=1, le=12, description="The month in which the business year begins.")
    rounding: Literal["half_up", "half_even"] = Key("half_up", description="How the half is rounded.")
    accent: str = Key("#2a62b8", pattern=r"^#[0-9a-fA-F]{6}$", description="The one accent colour, as #rrggbb.")
    entities: dict[str, Entity] = Key(min_length=1, description="What is kept, by name.")
    roles: dict[str, Role] = Key(
        default_factory=dict,
        description="Who may see and do what; without any role, everybody who signs in may read and change everything.",
    )
    reports: dict[str, Report] = Key(default_factory=dict, description="Reports, by name.")
    dashboards: dict[str, Dashboard] = Key(default_factory=dict, description="Pages of reports, by name.")
    user_links: tuple[str, ...] = Key(
        (), description="Entities of which a user can be linked to one record: USER().employee is that employee."
    )

    def __copy__(self) -> Configuration:
        # A copy is made to be changed: what followed from this one need not follow from it.
        found = super().__copy__()
        for name in found.__dict__.keys() - type(self).model_fields.keys():
            del found.__dict__[name]
        return found

    def label_in(self, language: str) -> str:
        return text_in(self.label, language, self.name)

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, made at the first call for this key: it follows from the configuration alone."""
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found

    def __getstate__(self) -> dict[Any, Any]:
        """What another process is given: the configuration, without what was made from it here."""
        state = super().__getstate__()
        described = {name: value for name, value in state["__dict__"].items() if name in type(self).model_fields}
        return {**state, "__dict__": described}

    @cached_property
    def field_names(self) -> dict[str, frozenset[str]]:
        """The names of each entity's fields."""
        return {name: frozenset(entity.fields) for name, entity in self.entities.items()}

    @cached_property
    def _parents(self) -> dict[str, str]:
        return {child: parent for child in self.entities for parent, _ in self.lines_of(child)}

    def parent_of(self, child: str) -> str | None:
        """The entity whose lines the child entity is."""
        return self._parents.get(child)

    @cached_property
    def trees(self) -> dict[str, tuple[str, ...]]:
        """By entity, the references to its own kind along which a view shows its records below each other."""
        named = {
            name: dict.fromkeys(view.by for view in entity.views.values() if view.kind == "tree" and view.by)
            for name, entity in self.entities.items()
        }
        return {name: tuple(fields) for name, fields in named.items() if fields}

    def lines_of(self, child: str) -> Iterator[tuple[str, str]]:
        """Each (entity, lines field) that shows the child entity."""
        for name, entity in self.entities.items():
            for field_name, field in entity.fields.items():
                if isinstance(field, LinesField) and field.of == child:
                    yield name, field_name

    def view(self, entity: str, name: str | None = None) -> tuple[str, View]:
        """The named view of an entity, its first one, or one made of its first columns."""
        views = self.entities[entity].views
        if name in views:
            return str(name), views[str(name)]
        if views and name is None:
            return next(iter(views.items()))
        return "all", View(columns=self._first_columns(entity), sort=self._usual_sort(entity))

    def _first_columns(self, entity: str) -> tuple[str, ...]:
        hidden = ("lines", "related", "long_text", "file")
        fields = self.entities[entity].fields
        shown = [name for name, field in fields.items() if field.kind not in hidden]
        return tuple(shown[:8] or list(fields)[:1])

    def _usual_sort(self, entity: str) -> tuple[str, ...]:
        described = self.entities[entity]
        if described.kind == "document":
            dated = next((name for name, field in described.fields.items() if field.kind in ("date", "datetime")), None)
            if dated:
                return (f"-{dated}",)
        return (described.title_field,) if described.title_field else ()
