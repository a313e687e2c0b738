"""Names of fields that several checks meet: in titles, cards and views."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.problems import Problem, nearest


def unknown_field(draft: Draft, path: Path, name: str, entity: str) -> Iterator[Problem]:
    """The Problem with a name that is no field of an entity; nothing where it is one."""
    names = draft.field_names(entity)
    if name in names or entity not in draft.entities:
        return
    head = name.partition(".")[0]
    if head != name and head in names:
        yield draft.found("not-yet-supported", path, key=name)
    else:
        yield draft.found("field-unknown", path, name=name, entity=entity, nearest=nearest(name, names))
