"""Fields at the end of dotted paths of references, such as client.city: what conditions name."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions.routes import Hop, Way
from engine.fields import Field
from engine.fields.column import USERS
from engine.fields.field import BLANK
from engine.fields.reference import ReferenceField
from engine.model import Configuration

MOST_STEPS = 6
"""References on the longest path that is followed."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A field of an entity, and the references that lead from a record to it; none to one of its own."""

    way: Way
    entity: str
    name: str
    field: Field

    @property
    def path(self) -> str:
        return ".".join([*(hop.field for hop in self.way), self.name])

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The operators with which a condition may name it. At the end of references anything may be blank."""
        own = self.field.comparisons
        return (*own, *(name for name in BLANK if name not in own)) if own and self.way else own


def reached(configuration: Configuration, entity: str, path: str) -> Reached | None:
    """What stands at the end of a path, None if any part of it does not exist in this configuration.

    Each step but the last is a single reference: of a field, of a line to what it belongs to, of a user to a record.
    """
    steps = path.split(".", MOST_STEPS + 1)
    if len(steps) > MOST_STEPS + 1:
        return None
    way: list[Hop] = []
    for step in steps[:-1]:
        far = far_of(configuration, entity, step)
        if not far:
            return None
        way.append(Hop("to", entity, far, step))
        entity = far
    field = field_of(configuration, entity, steps[-1])
    return Reached(tuple(way), entity, steps[-1], field) if field else None


def field_of(configuration: Configuration, entity: str, name: str) -> Field | None:
    """A field of an entity. That of a line which holds what it belongs to is written nowhere, but is one like others."""
    described = configuration.entities.get(entity)
    if described is None:
        return None
    parent = configuration.parent_of(entity)
    if parent is not None and name == parent:
        return ReferenceField(type="reference", to=parent, label=configuration.entities[parent].label, required=True)
    return described.fields.get(name)


def far_of(configuration: Configuration, entity: str, name: str) -> str:
    """The entity to which a name leads as a single reference, "" if it is none."""
    if entity == USERS:
        return name if name in configuration.user_links and name in configuration.entities else ""
    field = field_of(configuration, entity, name)
    column = field.column() if field else None
    if column is None or column.kind != "reference":
        return ""
    return column.target if column.target == USERS or column.target in configuration.entities else ""
