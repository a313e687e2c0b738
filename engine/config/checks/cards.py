"""The layout of cards."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.unknown import unknown_field
from engine.config.checks.views import WITHOUT_COLUMN
from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.fields import Field
from engine.fields.lines import LinesField
from engine.model import Entity, Section
from engine.model.entity import Laid
from engine.problems import Problem, nearest


def contents(draft: Draft) -> Iterator[Problem]:
    """What stands in columns are fields of the entity, or of the one whose lines the section shows."""
    for path, entity, section in _sections(draft):
        shown = section.lines or section.related
        other = getattr(entity.fields.get(shown), "of", None) if shown else str(path[1])
        for where, name in _columns(section, path):
            if isinstance(other, str):
                yield from unknown_field(draft, where, name, other)
                yield from _has_place(draft, where, name, other)


def _has_place(draft: Draft, where: Path, name: str, entity: str) -> Iterator[Problem]:
    field = draft.entities[entity].fields.get(name) if entity in draft.entities else None
    if field and field.kind in WITHOUT_COLUMN:
        code = "card-field-unsuitable" if entity == where[1] else "view-field-unsuitable"
        yield draft.found(code, where, type=field.kind, name=name)


def sections(draft: Draft) -> Iterator[Problem]:
    """A section shows fields, or lines, or related records."""
    for path, entity, section in _sections(draft):
        if section.lines and section.related:
            yield draft.found_at_key("card-section-mixed", (*path, "related"))
        if section.where and not section.related:
            yield draft.found_at_key("card-where-unsuitable", (*path, "where"))
        if section.lines and section.related:
            yield draft.found_at_key("card-section-mixed", (*path, "related"))
        elif not (section.lines or section.related or section.columns):
            yield draft.found("card-section-empty", path)
        for wanted, name in (("lines", section.lines), ("related", section.related)):
            if name:
                yield from _of_type(draft, (*path, wanted), name, entity)
                nested = [index for index, item in enumerate(section.columns) if not isinstance(item, str)]
                yield from (draft.found("section-columns-nested", (*path, "columns", index)) for index in nested)


def _of_type(draft: Draft, path: Path, name: str, entity: Entity) -> Iterator[Problem]:
    wanted, field = str(path[-1]), entity.fields.get(name)
    if name not in draft.field_names(str(path[1])):
        fitting = [key for key, each in entity.fields.items() if each.kind == wanted]
        near = nearest(name, fitting) or nearest(name, entity.fields)
        yield draft.found("field-unknown", path, name=name, entity=str(path[1]), nearest=near)
    elif field and field.kind != wanted:
        yield draft.found("card-section-wrong-type", path, name=name, type=field.kind, wanted=wanted)


def widths(draft: Draft) -> Iterator[Problem]:
    """Each column of fields has a width where any has."""
    for path, _, section in _sections(draft):
        if section.widths and len(section.widths) != len(section.side_by_side):
            many = len(section.side_by_side)
            yield draft.found("card-widths-uneven", (*path, "widths"), widths=len(section.widths), columns=many)


def shared(draft: Draft) -> Iterator[Problem]:
    """Cards are for roles that there are."""
    names = tuple(draft.configuration.roles)
    for entity, described in draft.entities.items():
        for name, layout in described.cards.items():
            for number, role in enumerate(layout.roles):
                if role not in names:
                    path = ("entities", entity, "cards", name, "roles", number)
                    yield draft.found("report-role-unknown", path, name=role, nearest=nearest(role, names))


def twice(draft: Draft) -> Iterator[Problem]:
    """A field stands on a card once: two inputs for one value would quarrel."""
    for name, entity in draft.entities.items():
        for laid in entity.laid_out():
            yield from _twice_in(draft, name, laid)


def _twice_in(draft: Draft, name: str, laid: Laid) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for where, field in _on_card(name, laid):
        place = draft.place(where)
        if field in seen:
            yield draft.found("card-field-twice", where, name=field, first=seen[field])
        elif place:
            seen[field] = place.line


def required(draft: Draft) -> Iterator[Problem]:
    """Whatever must be filled in can be: it is on the card, or has a default."""
    for name, entity in draft.entities.items():
        shown = {field for _, field in _on_card(name, next(entity.laid_out()))}
        # With an unknown name on the card, the missing field is probably what was meant by it.
        if entity.card and shown <= set(draft.field_names(name)):
            for path in _to_fill_in(draft, name, shown):
                yield draft.found_at_key("card-required-missing", path, name=str(path[-1]))


def required_in_lines(draft: Draft) -> Iterator[Problem]:
    """The same for lines, where the section lists their columns."""
    for path, entity, section in _sections(draft):
        field = entity.fields.get(section.lines or "")
        shown = set(section.grid_columns)
        if isinstance(field, LinesField) and shown and shown <= set(draft.field_names(field.of)):
            for missing in _to_fill_in(draft, field.of, shown):
                yield draft.found("card-line-required-missing", (*path, "columns"), name=str(missing[-1]))


def _to_fill_in(draft: Draft, entity: str, shown: set[str]) -> Iterator[Path]:
    """The fields of an entity that a person must fill in and that are not shown."""
    fields = draft.entities[entity].fields if entity in draft.entities else {}
    for name, field in fields.items():
        path: Path = ("entities", entity, "fields", name)
        has_default = draft.written((*path, "default"))
        if name not in shown and _must_be_entered(field) and not has_default:
            yield path


def _must_be_entered(field: Field) -> bool:
    by_hand = field.editable or field.kind == "lines"
    return field.required and by_hand and field.kind != "boolean"


def _sections(draft: Draft) -> Iterator[tuple[Path, Entity, Section]]:
    for name, entity in draft.entities.items():
        for laid in entity.laid_out():
            yield from ((path, entity, section) for path, section in _of(name, laid))


def _of(name: str, laid: Laid) -> Iterator[tuple[Path, Section]]:
    for position, tab in enumerate(laid.tabs):
        for index, section in enumerate(tab.sections):
            yield ("entities", name, *laid.place, position, "sections", index), section


def _columns(section: Section, path: Path) -> Iterator[tuple[Path, str]]:
    for position, item in enumerate(section.columns):
        where = (*path, "columns", position)
        if isinstance(item, str):
            yield where, item
        else:
            yield from (((*where, index), name) for index, name in enumerate(item))


def _on_card(name: str, laid: Laid) -> Iterator[tuple[Path, str]]:
    """Every field that a layout of the card shows, with its place."""
    for path, section in _of(name, laid):
        if section.lines:
            yield (*path, "lines"), section.lines
        if section.related:
            yield (*path, "related"), section.related
        if not (section.lines or section.related):
            yield from _columns(section, path)
