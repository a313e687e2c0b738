"""Formulas: each is right by itself, stands where one may stand, and depends on nothing that depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.config.draft import Draft
from engine.config.nodes import Path, Scalar, at
from engine.expressions.choices import compiled_choices
from engine.expressions.conditions import compiled_condition
from engine.expressions.defaults import compiled_defaults
from engine.expressions.masks import compiled_masks, computed_in
from engine.expressions.plan import TITLE, circles, formulas_of
from engine.expressions.rules import compiled_in
from engine.expressions.scope import members_of
from engine.fields.related import RelatedField
from engine.problems import Place, Problem
from formulas import Compiled, FormulaProblem

_BY_HAND = ("default", "required", "required_if", "readonly_if")
"""Keys about values that people enter."""


def placed(draft: Draft) -> Iterator[Problem]:
    """A formula gives one stored value, which nobody enters."""
    for path, _, field in draft.fields():
        if field.formula is None:
            continue
        if not field.computable:
            yield draft.found_at_key("key-unsuitable", (*path, "formula"), key="formula", type=field.kind)
        for key in _BY_HAND:
            if getattr(field, key) not in (None, False):
                yield draft.found_at_key("formula-beside", (*path, key), key=key)


def hidden(draft: Draft) -> Iterator[Problem]:
    """What must always be filled in is always shown."""
    for path, _, field in draft.fields():
        if field.required and field.visible_if:
            yield draft.found_at_key("required-hidden", (*path, "visible_if"))


def compiled(draft: Draft) -> Iterator[Problem]:
    """Every problem of every formula, and every circle of formulas that are right by themselves."""
    if draft.cut or not draft.complete:
        # What a formula names may be what was cut out; the other problems come first.
        return
    right: dict[tuple[str, str], Compiled] = {}
    for (entity, name), found in formulas_of(draft.configuration).items():
        if isinstance(found, Compiled):
            right[entity, name] = found
            continue
        for problem in found:
            yield located(draft, _path_of(entity, name), problem)
    for circle in circles(draft.configuration, right):
        entity, name = circle[0]
        shown = " → ".join(f"{entity}.{name}" for entity, name in (*circle, circle[0]))
        yield draft.found("formula-circle", _path_of(entity, name), fields=shown)


def _path_of(entity: str, name: str) -> Path:
    """Where the formula of a computed field stands."""
    return ("entities", entity, "title") if name == TITLE else ("entities", entity, "fields", name, "formula")


def conditions(draft: Draft) -> Iterator[Problem]:
    """Every problem of every condition."""
    if draft.cut or not draft.complete:
        return
    members = members_of(draft.configuration)
    for entity, described in draft.entities.items():
        for written, found in compiled_in(members, entity, described):
            for problem in () if isinstance(found, Compiled) else found:
                yield located(draft, ("entities", entity, *written.place), problem)


def defaults(draft: Draft) -> Iterator[Problem]:
    """Every problem of every default that is an expression."""
    if draft.cut or not draft.complete:
        return
    members = members_of(draft.configuration)
    for entity in draft.entities:
        for name, found in compiled_defaults(draft.configuration, members, entity):
            path = ("entities", entity, "fields", name, "default")
            for problem in () if isinstance(found, Compiled) else found:
                yield located(draft, path, replace(problem, start=problem.start + 1, end=problem.end + 1))


def masks(draft: Draft) -> Iterator[Problem]:
    """Every problem of every expression in the mask of a number."""
    if draft.cut or not draft.complete:
        return
    members = members_of(draft.configuration)
    for entity, described in draft.entities.items():
        for name, start, found in compiled_masks(draft.configuration, members, entity):
            path = ("entities", entity, "fields", name, "mask")
            if isinstance(found, Compiled):
                for begin, end, computed in computed_in(described.fields, found):
                    place = FormulaProblem("mask-computed", begin + start, end + start, {"name": computed})
                    yield located(draft, path, place)
            else:
                for problem in found:
                    yield located(draft, path, replace(problem, start=problem.start + start, end=problem.end + start))


def wheres(draft: Draft) -> Iterator[Problem]:
    """Every problem of every condition on rows: of views, colours, related records on cards, and what references offer."""
    if draft.cut or not draft.complete:
        return
    members = members_of(draft.configuration)
    for path, entity, text in (*_in_views(draft), *_in_colors(draft), *_in_sections(draft)):
        found = compiled_condition(members, entity, text)
        for problem in () if isinstance(found, Compiled) else found:
            yield located(draft, path, problem)
    for entity in draft.entities:
        for name, _, chosen in compiled_choices(draft.configuration, members, entity):
            for problem in () if isinstance(chosen, Compiled) else chosen:
                yield located(draft, ("entities", entity, "fields", name, "where"), problem)


def _in_views(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    for name, entity in draft.entities.items():
        for view_name, view in entity.views.items():
            if view.where:
                yield ("entities", name, "views", view_name, "where"), name, view.where


def _in_colors(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    for name, entity in draft.entities.items():
        for number, tint in enumerate(entity.colors):
            yield ("entities", name, "colors", number, "where"), name, tint.where


def _in_sections(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    for name, entity in draft.entities.items():
        for _, place, tabs in entity.laid_out():
            for at_tab, tab in enumerate(tabs):
                for at_section, section in enumerate(tab.sections):
                    field = entity.fields.get(section.related or "")
                    if section.where and isinstance(field, RelatedField):
                        path: Path = ("entities", name, *place, at_tab, "sections", at_section, "where")
                        yield path, field.of, section.where


def located(draft: Draft, path: Path, found: FormulaProblem) -> Problem:
    """A problem of a formula, at its place in the file."""
    likely = " or ".join(found.candidates) or None
    made = draft.found(found.code, path, **found.params, likely=likely)
    node = at(draft.tree, path)
    place = _within(node, found) if isinstance(node, Scalar) else None
    return replace(made, place=place or made.place)


def _within(node: Scalar, found: FormulaProblem) -> Place | None:
    """The stretch of the formula that is meant; the whole of it where the file writes it in another way."""
    quote = 1 if node.style in ("'", '"') else 0
    if node.text is None or node.style in ("|", ">") or node.end - node.start != len(node.text) + 2 * quote:
        return None
    length = max(min(found.end, len(node.text)) - found.start, 1)
    return replace(node.place, column=node.place.column + quote + found.start, length=length)
