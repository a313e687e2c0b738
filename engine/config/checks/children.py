"""Child entities: the lines of exactly one parent."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.fields.lines import LinesField
from engine.problems import Problem


def of_child(draft: Draft) -> Iterator[Problem]:
    """Lines are records of a child entity, and have no lines of their own."""
    for path, entity, field in draft.fields():
        if not isinstance(field, LinesField):
            continue
        child = draft.entities.get(field.of)
        if child and child.kind != "child" and draft.is_whole(("entities", field.of, "kind")):
            yield draft.found("lines-of-not-child", (*path, "of"), name=field.of)
        elif entity.kind == "child":
            yield draft.found("child-with-lines", path, entity=str(path[1]))


def parents(draft: Draft) -> Iterator[Problem]:
    """Each child entity is the lines of one field."""
    for name, entity in draft.entities.items():
        if entity.kind != "child":
            continue
        found = [path for path, _, field in draft.fields() if isinstance(field, LinesField) and field.of == name]
        if not found and draft.complete and not _was_cut(draft, name):
            yield draft.found("child-without-parent", ("entities", name, "kind"), entity=name)
        for path in found[1:]:
            first = f"{found[0][1]}.{found[0][3]}"
            yield draft.found("child-with-two-parents", (*path, "of"), entity=name, first=first)


def _was_cut(draft: Draft, child: str) -> bool:
    """Whether the parent may be in a part whose shape is wrong."""
    return any(_speaks_of(draft, path, child) for path in draft.cut)


def _speaks_of(draft: Draft, path: Path, child: str) -> bool:
    if len(path) == 4:
        return draft.text((*path, "of")) == child
    entity = str(path[1]) if len(path) > 1 else ""
    fields = draft.field_names(entity)
    return any(draft.text(("entities", entity, "fields", field, "of")) == child for field in fields)


def parent_names(draft: Draft) -> Iterator[Problem]:
    """The reference to the parent is named after it, and so cannot be a field."""
    for path, _, field in draft.fields():
        if isinstance(field, LinesField) and field.of in draft.entities:
            parent = str(path[1])
            if draft.entities[field.of].kind == "child" and parent in draft.field_names(field.of):
                where = ("entities", field.of, "fields", parent)
                yield draft.found_at_key("child-field-is-parent", where, name=parent, entity=field.of)
