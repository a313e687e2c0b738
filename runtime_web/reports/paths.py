"""Where a dotted path of a report leads: from an entity through references to a field."""

from __future__ import annotations

from dataclasses import dataclass

from engine.fields import Field
from engine.fields.column import USERS
from engine.fields.label import text_in
from engine.fields.text import TextField
from engine.model import Configuration
from runtime_web.i18n import gettext as _
from runtime_web.lists.words import target_of

DEEPEST = 6
"""So many references a path may follow."""


_NAME = TextField(type="text")
"""What a user is called is all that reports know of one."""


class NoPath(KeyError):
    """A path leads nowhere for this reader."""


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the end of a path: a field of an entity, or the record that lines belong to (`field` is None).

    `target` is the entity of the records that it points at, "" where it holds a value. `labels` has a text for each step.
    """

    entity: str
    field: Field | None
    target: str
    labels: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.field.kind if self.field else "reference"


def end_of(configuration: Configuration, entity: str, path: str, language: str) -> End:
    """
    Raises:
        NoPath: a step is not there for this reader, or cannot be followed.
    """
    steps, labels, at = path.split("."), [], entity
    if len(steps) > DEEPEST:
        raise NoPath(path)
    end = None
    for step in steps:
        if end is not None:
            at = end.target
        end = _step(configuration, at, step, language)
        labels.append(end.labels[0])
    assert end is not None
    return End(end.entity, end.field, end.target, tuple(labels))


def _step(configuration: Configuration, entity: str, name: str, language: str) -> End:
    if entity == USERS and name == "name":
        return End(entity, _NAME, "", (_("Name"),))
    described = configuration.entities.get(entity)
    if described is None:
        raise NoPath(name)
    field = described.fields.get(name)
    if field is not None and field.column() is not None:
        return End(entity, field, target_of(field), (field.label_in(language, name),))
    if field is None and name == configuration.parent_of(entity) and name in configuration.entities:
        return End(entity, None, name, (text_in(configuration.entities[name].label, language, name),))
    raise NoPath(name)
