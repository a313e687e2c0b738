"""Paths of formulas as ways over the links between records, and back from what changed to what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.expressions.needs import Needs
from engine.fields.column import FILES, USERS
from engine.fields.lines import LinesField
from engine.fields.money import MoneyField
from engine.fields.related import RelatedField
from engine.model import Configuration

EXISTS = ""
"""Stands for a field where what matters is that a record comes, goes or returns."""

Key = tuple[str, str]
"""An entity and one of its fields."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step from a record to others.

    `to` follows a reference that stands in the near record, `links` several of them. `from` finds the far records whose
    reference is the near one, `linked` those that have it among several.
    """

    kind: Literal["to", "links", "from", "linked"]
    near: str
    far: str
    field: str

    @property
    def link(self) -> Key:
        """The field that holds the link."""
        return (self.near if self.kind in ("to", "links") else self.far), self.field


Way = tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A change of `key` in some records changes the result in those from which `way` leads to them.

    `former`: so does it in those to which they were linked before.
    """

    key: Key
    way: Way
    former: bool = False


def hop_from(configuration: Configuration, entity: str, name: str) -> Hop | None:
    """The hop that a name makes; None for a plain value."""
    if entity == USERS:
        return Hop("to", USERS, name, name) if name in configuration.user_links else None
    if configuration.parent_of(entity) == name:
        return Hop("to", entity, name, name)
    field = configuration.entities[entity].fields[name]
    if isinstance(field, LinesField):
        return Hop("from", entity, field.of, entity)
    if isinstance(field, RelatedField):
        pointing = configuration.entities[field.of].fields[field.by]
        return Hop("linked" if pointing.links() else "from", entity, field.of, field.by)
    links, column = field.links(), field.column()
    if links and links.target != FILES:
        return Hop("links", entity, links.target, name)
    return Hop("to", entity, column.target, name) if column and column.kind == "reference" else None


def walked(configuration: Configuration, entity: str, path: str) -> tuple[Way, str]:
    """The way of a dotted path and the field at its end; "" where the path ends in a list."""
    way: list[Hop] = []
    steps = path.split(".") if path else []
    for number, step in enumerate(steps):
        hop = hop_from(configuration, entity, step)
        if hop is None or (hop.kind == "to" and number == len(steps) - 1):
            return tuple(way), step
        way.append(hop)
        entity = hop.far
    return tuple(way), EXISTS


def currency_path(configuration: Configuration, entity: str, path: str) -> str:
    """Where the currency of an amount stands, as a path beside its own; "" where it is fixed or this is no amount."""
    way, name = walked(configuration, entity, path)
    holder = way[-1].far if way else entity
    if holder == USERS or name not in configuration.entities[holder].fields:
        return ""
    field = configuration.entities[holder].fields[name]
    if not isinstance(field, MoneyField) or field.fixed_currency or not field.currency:
        return ""
    return ".".join([*path.split(".")[:-1], field.currency])


def with_currencies(configuration: Configuration, entity: str, paths: frozenset[str]) -> frozenset[str]:
    """The paths, and those of the currencies of their amounts."""
    return paths | {found for path in paths if path and (found := currency_path(configuration, entity, path))}


def inputs_of(configuration: Configuration, entity: str, needs: Needs) -> frozenset[Input]:
    """Everything on which a result that needs this depends."""
    found = {Input((entity, EXISTS), ())}
    for path in with_currencies(configuration, entity, needs.own):
        found.update(_inputs(configuration, entity, (), path))
    for root, paths in needs.lists.items():
        way, _ = walked(configuration, entity, root)
        found.update(_along(way))
        for path in with_currencies(configuration, way[-1].far, paths):
            found.update(_inputs(configuration, way[-1].far, way, path))
    return frozenset(found)


def _inputs(configuration: Configuration, entity: str, before: Way, path: str) -> Iterator[Input]:
    if not path:
        return
    way, name = walked(configuration, entity, path)
    whole = (*before, *way)
    yield from _along(whole)
    holder = way[-1].far if way else entity
    if name and holder != USERS:
        yield Input((holder, name), whole)


def _along(way: Way) -> Iterator[Input]:
    """The links of a way, and the existence of the records on it."""
    for number, hop in enumerate(way):
        before, through = way[:number], way[: number + 1]
        if hop.kind in ("to", "links"):
            yield Input(hop.link, before)
        else:
            yield Input(hop.link, through)
            yield Input(hop.link, before, former=True)
        if hop.far != USERS:
            yield Input((hop.far, EXISTS), through)
