"""An entity: one kind of thing that is kept, with its fields, card and views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field as Key

from engine.fields import AnyField, Field
from engine.fields.column import FILES
from engine.fields.field import Value
from engine.fields.label import Frozen, Label, text_in
from engine.fields.rule import Check
from engine.model.card import Layout, Tab
from engine.model.tint import Tint
from engine.model.view import View

Kind = Literal["catalog", "document", "child", "settings"]
NoteKind = Literal["comment", "call", "email", "meeting"]
"""What people note on a record: a remark, or a contact with somebody."""


class Pointer(NamedTuple):
    """A field that holds the id of another record, or ids of several."""

    field: str
    target: str
    several: bool


class Laid(NamedTuple):
    """A layout of the card: what the keys of its tabs begin with, where it stands in the entity, and its tabs."""

    before: str
    place: tuple[str, ...]
    tabs: tuple[Tab, ...]


class Entity(Frozen):
    """One table of records.

    A child entity has an implicit required reference, named after the entity whose lines it is
    (`Configuration.parent_of`).
    """

    label: Label | None = Key(None, description="What one record is called.")
    plural: Label | None = Key(None, description="What the list is called.")
    icon: str | None = Key(None, description="The name of a Tabler icon, for the menu.")
    kind: Kind = Key(
        "catalog",
        description="catalog: things; document: dated events; child: lines of a parent; settings: one record.",
    )
    title: str | None = Key(
        None,
        description="What names a record wherever it is referred to: a field, or an expression such as "
        "number & ' ' & client.name; by default the first text or sequence.",
    )
    fields: dict[str, AnyField] = Key(min_length=1, description="What is kept of each record.")
    checks: tuple[Check, ...] = Key((), description="Conditions that must hold when a record is saved.")
    card: tuple[Tab, ...] = Key((), description="How the form is laid out; without it, all fields in one tab.")
    cards: dict[str, Layout] = Key(
        default_factory=dict,
        description="Other cards for some roles, or under a condition: the first that fits is shown instead of `card`.",
    )
    colors: tuple[Tint, ...] = Key((), description="Colours of rows in lists; the first condition that is met counts.")
    views: dict[str, View] = Key(
        default_factory=dict, description="Saved grids; without them, one with the first fields."
    )
    notes: tuple[NoteKind, ...] = Key(
        ("comment",),
        description="What people may note on a record, for its time line: comment, call, email, meeting; [] for nothing.",
    )
    was: str | None = Key(None, description="The former name, so that a rename keeps the data.")

    @property
    def noted(self) -> tuple[NoteKind, ...]:
        """What may be noted on a record; nothing on lines, and nothing on settings, which have no card of their own."""
        return () if self.kind in ("child", "settings") else self.notes

    def label_in(self, language: str, name: str) -> str:
        return text_in(self.label, language, name)

    def plural_in(self, language: str, name: str) -> str:
        return text_in(self.plural or self.label, language, name)

    def laid_out(self) -> Iterator[Laid]:
        """Every layout of the card: the usual one, and those for some roles or under a condition."""
        yield Laid("", ("card",), self.card)
        for name, layout in self.cards.items():
            yield Laid(f"{name}:", ("cards", name, "tabs"), layout.tabs)

    def stored(self) -> tuple[tuple[str, Field], ...]:
        """The fields that have a column of their own."""
        return self._stored

    def linked(self) -> tuple[tuple[str, Field], ...]:
        """The fields whose values are ordered ids in a table beside: multi-references and files."""
        return self._linked

    @cached_property
    def _stored(self) -> tuple[tuple[str, Field], ...]:
        return tuple((name, field) for name, field in self.fields.items() if field.column())

    @cached_property
    def _linked(self) -> tuple[tuple[str, Field], ...]:
        return tuple((name, field) for name, field in self.fields.items() if field.links())

    @cached_property
    def typed(self) -> Mapping[str, Field]:
        """The fields to which people give their values."""
        return {name: field for name, field in self.fields.items() if field.editable}

    @cached_property
    def computed(self) -> tuple[str, ...]:
        """The fields whose values are computed, in whose place an error may stand."""
        return tuple(name for name, field in self.fields.items() if field.formula is not None)

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """The fields that hold ids of other records, files excepted."""
        found: list[Pointer] = []
        for name, field in self.fields.items():
            column, links = field.column(), field.links()
            if column and column.kind == "reference":
                found.append(Pointer(name, column.target, False))
            elif links and links.target != FILES:
                found.append(Pointer(name, links.target, True))
        return tuple(found)

    @cached_property
    def title_field(self) -> str | None:
        """The field that names a record; None where an expression does, or no field is fit: then the number does."""
        if self.title:
            return self.title if self.title in self.fields else None
        kinds = ("sequence", "text") if self.kind == "document" else ("text", "sequence")
        for kind in kinds:
            for name, field in self.fields.items():
                if field.kind == kind:
                    return name
        return None

    @property
    def title_formula(self) -> str | None:
        """The expression that names a record, where it is not just a field."""
        return None if self.title is None or self.title.isidentifier() else self.title

    def title_of(self, values: Mapping[str, Value]) -> str | None:
        """What a record with these values is called; None where the field that says it is blank or not among them."""
        name = self.title_field
        value = values.get(name) if name else None
        return self.fields[name].title_text(value) if name and value is not None else None
