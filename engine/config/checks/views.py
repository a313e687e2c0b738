"""Saved grids."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.unknown import unknown_field
from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.fields import Field
from engine.model import Entity, View
from engine.problems import Problem

WITHOUT_COLUMN = frozenset({"lines", "related"})


def columns(draft: Draft) -> Iterator[Problem]:
    """Columns are fields that a list can show, each once."""
    for path, entity, view in _views(draft):
        for index, name, field in _each(entity, view.columns):
            where = (*path, "columns", index)
            yield from unknown_field(draft, where, name, str(path[1]))
            if field and field.kind in WITHOUT_COLUMN:
                yield draft.found("view-field-unsuitable", where, type=field.kind)
            if name in view.columns[:index]:
                yield draft.found("view-field-twice", where, name=name)


def sorts(draft: Draft) -> Iterator[Problem]:
    """A list is sorted by fields that have an order, each once."""
    for path, entity, view in _views(draft):
        names = tuple(name.removeprefix("-") for name in view.sort)
        for index, name, field in _each(entity, names):
            where = (*path, "sort", index)
            yield from unknown_field(draft, where, name, str(path[1]))
            if field and not field.sortable:
                yield draft.found("view-sort-unsuitable", where, type=field.kind)
            if name in names[:index]:
                yield draft.found("view-field-twice", where, name=name)


def _views(draft: Draft) -> Iterator[tuple[Path, Entity, View]]:
    for name, entity in draft.entities.items():
        for view_name, view in entity.views.items():
            yield ("entities", name, "views", view_name), entity, view


def _each(entity: Entity, names: tuple[str, ...]) -> Iterator[tuple[int, str, Field | None]]:
    for index, name in enumerate(names):
        yield index, name, entity.fields.get(name)
