"""References between entities."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.fields import Field
from engine.fields.column import USERS
from engine.fields.reference import Pointing
from engine.fields.related import RelatedField
from engine.problems import Problem, nearest

_KEYS = ("to", "of")


def targets(draft: Draft) -> Iterator[Problem]:
    """What a field points at exists."""
    for path, _, field in draft.fields():
        for key in _KEYS:
            name = getattr(field, key, None)
            if isinstance(name, str):
                yield from _target(draft, (*path, key), name)


def _target(draft: Draft, path: Path, name: str) -> Iterator[Problem]:
    if name not in draft.entity_names:
        if draft.complete:
            yield draft.found("entity-unknown", path, name=name, nearest=nearest(name, draft.entity_names))
    elif path[-1] == "to" and name in draft.entities and draft.entities[name].kind == "settings":
        yield draft.found("settings-referenced", path, name=name)


def cleared(draft: Draft) -> Iterator[Problem]:
    """A reference that must not be blank is not blanked when its record is deleted."""
    for path, _, field in draft.fields():
        column = field.column() if field.required else None
        where = (*path, "on_delete")
        if column and column.kind == "reference" and column.on_delete == "clear" and draft.written(where):
            yield draft.found("on-delete-clears-required", where)


def other_side(draft: Draft) -> Iterator[Problem]:
    """A related field names a reference that points here."""
    for path, _, field in draft.fields():
        if isinstance(field, RelatedField) and field.of in draft.entities:
            yield from _other_side(draft, (*path, "by"), field)


def _other_side(draft: Draft, path: Path, field: RelatedField) -> Iterator[Problem]:
    here = str(path[1])
    names = draft.field_names(field.of)
    other = draft.entities[field.of].fields.get(field.by)
    if field.by not in names:
        pointing = [name for name, each in draft.entities[field.of].fields.items() if _points_at(each) == here]
        near = nearest(field.by, pointing) or (pointing[0] if len(pointing) == 1 else nearest(field.by, names))
        yield draft.found("field-unknown", path, name=field.by, entity=field.of, nearest=near)
    elif other and not _points_at(other):
        yield draft.found("related-by-wrong-type", path, name=field.by, type=other.kind, entity=field.of)
    elif other and _points_at(other) != here and _points_at(other) in draft.entity_names:
        yield draft.found("related-by-elsewhere", path, name=field.by, target=_points_at(other), entity=here)


def _points_at(field: Field) -> str | None:
    """The entity that a reference, single or multiple, points at."""
    if isinstance(field, Pointing):
        return field.target
    links = field.links()
    return links.target if links and not links.target.startswith("_") else None


def circles(draft: Draft) -> Iterator[Problem]:
    """Some record can be the first: required references do not lead in a circle."""
    edges = _required(draft)
    done: set[str] = set()
    for start in edges:
        circle = _circle(edges, start, done)
        if circle:
            done.update(name for name, _ in circle)
            shown = " → ".join([*(name for name, _ in circle), circle[0][0]])
            path = next(path for _, path in circle if path)
            yield draft.found("references-in-a-circle", path, circle=shown)


Edges = dict[str, list[tuple[str, Path]]]


def _required(draft: Draft) -> Edges:
    """For each entity the ones without which it has no record, and where that is said."""
    edges: Edges = {name: [] for name in draft.entities}
    for path, _, field in draft.fields():
        column = field.column()
        if field.required and column and column.kind == "reference" and column.target != USERS:
            edges[str(path[1])].append((column.target, (*path, "to")))
        if field.kind == "lines" and getattr(field, "of", None) in edges:
            edges[str(getattr(field, "of", ""))].append((str(path[1]), ()))
    return edges


def _circle(edges: Edges, start: str, done: set[str]) -> list[tuple[str, Path]]:
    """The steps of a circle through `start`, each an entity and where it says what it needs; [] where there is none."""
    stack: list[tuple[str, list[tuple[str, Path]]]] = [(start, [])]
    seen: set[str] = set()
    while stack:
        name, way = stack.pop()
        for target, path in edges.get(name, ()):
            steps = [*way, (name, path)]
            if target == start and any(place for _, place in steps):
                return steps
            if target not in seen and target not in done:
                seen.add(target)
                stack.append((target, steps))
    return []
