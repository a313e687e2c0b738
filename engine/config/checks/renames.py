"""`was`: the former name of an entity or a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.problems import Problem


def former_names(draft: Draft) -> Iterator[Problem]:
    """A former name is gone, and became one thing."""
    entities = [(("entities", name, "was"), entity.was) for name, entity in draft.entities.items() if entity.was]
    yield from _of(draft, entities, draft.entity_names)
    for name, entity in draft.entities.items():
        fields = [(("entities", name, "fields", key, "was"), field.was) for key, field in entity.fields.items()]
        yield from _of(draft, fields, draft.field_names(name))


def _of(draft: Draft, given: Iterable[tuple[Path, str | None]], existing: tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path, was in given:
        if was is None:
            continue
        if was in existing:
            yield draft.found("was-still-there", path, name=was)
        elif was in seen:
            yield draft.found("was-twice", path, name=was, first=str(draft.place(seen[was])))
        seen.setdefault(was, path)
