"""Views: what they show, how they are sorted, and by what they are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

from engine.config.checks.reports import told
from engine.config.checks.unknown import unknown_field
from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.expressions.reports import faults
from engine.fields import Field
from engine.model import Entity, View
from engine.model.report import Dimension, Measure, Part, Report
from engine.model.view import ViewKind
from engine.problems import Problem

WITHOUT_COLUMN = frozenset({"lines", "related"})
DATES = ("date", "datetime")
FIT: dict[ViewKind, tuple[str, ...]] = {
    "calendar": DATES,
    "kanban": ("choice",),
    "gallery": ("image",),
    "tree": ("reference",),
}
"""The types of fields by which records are laid out, by the kind of the view."""


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


def grouped(draft: Draft) -> Iterator[Problem]:
    """What a table is grouped by and adds up is there and fits, as in a report of the same records."""
    if draft.cut or not draft.complete:
        return
    for path, _entity, view in _views(draft):
        rows: list[Dimension] = []
        for number, text in enumerate(view.group_by):
            name, _, by = text.partition(":")
            if by and by not in get_args(Part):
                yield draft.found("report-part-unsuitable", (*path, "group_by", number), name=name, part=by)
                by = ""
            rows.append(Dimension(field=name, by=cast("Part", by) if by else None))
        values = {name: Measure(field=name, aggregate=aggregate) for name, aggregate in view.totals.items()}
        report = Report(of=str(path[1]), rows=tuple(rows), values=values)
        for fault in faults(draft.configuration, report):
            key = "group_by" if fault.place[0] == "rows" else "totals"
            yield told(draft, (*path, key, fault.place[1]), fault)


def laid_out(draft: Draft) -> Iterator[Problem]:
    """A view that is no table names the field that lays it out, of a type that can."""
    for path, entity, view in _views(draft):
        if view.kind in FIT and view.by is None:
            yield draft.found("view-by-missing", path, kind=view.kind, types=" or ".join(FIT[view.kind]))
        if view.by is not None:
            yield from _fitting(draft, (*path, "by"), entity, FIT.get(view.kind, ()))
        if view.until is not None:
            begins = _kind_of(entity, view.by)
            fit = (begins,) if begins in DATES else DATES
            yield from _fitting(draft, (*path, "until"), entity, fit if view.kind == "calendar" else ())


def _fitting(draft: Draft, path: Path, entity: Entity, types: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with the field named at a place that only fields of these types can take; none can where it is ()."""
    *_, name, _, view_name, key = map(str, path)
    view = entity.views[view_name]
    field_name = str(getattr(view, key))
    if not types:
        yield draft.found_at_key("view-key-unsuitable", path, key=key, kind=view.kind)
        return
    yield from unknown_field(draft, path, field_name, name)
    field = entity.fields.get(field_name)
    if field is None:
        return
    if field.kind not in types:
        yield draft.found("view-by-unsuitable", path, kind=view.kind, type=field.kind, types=" or ".join(types))
    elif view.kind == "tree" and getattr(field, "to", name) != name:
        yield draft.found("view-by-elsewhere", path, name=field_name, entity=name)


def _kind_of(entity: Entity, name: str | None) -> str:
    field = entity.fields.get(name or "")
    return field.kind if field else ""


def _views(draft: Draft) -> Iterator[tuple[Path, Entity, View]]:
    for name, entity in draft.entities.items():
        for view_name, view in entity.views.items():
            yield ("entities", name, "views", view_name), entity, view


def _each(entity: Entity, names: tuple[str, ...]) -> Iterator[tuple[int, str, Field | None]]:
    for index, name in enumerate(names):
        yield index, name, entity.fields.get(name)
