"""Roles: what they name exists, and what they say can be asked of a database."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.formulas import located
from engine.config.checks.unknown import unknown_field
from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.expressions.conditions import compiled_condition
from engine.expressions.scope import members_of
from engine.fields import Field
from engine.fields.lines import LinesField
from engine.fields.sequence import SequenceField
from engine.model import Grant, Role
from engine.model.role import EVERY_ENTITY, FieldRight
from engine.problems import Problem, nearest
from engine.rights import derivation_of, roles_of
from engine.rights.deriving import Derivation
from formulas import Compiled


def links(draft: Draft) -> Iterator[Problem]:
    """What a user is linked to is a record that stands by itself."""
    for number, name in enumerate(draft.configuration.user_links):
        path: Path = ("user_links", number)
        if name not in draft.entity_names:
            yield draft.found("entity-unknown", path, name=name, nearest=nearest(name, draft.entity_names))
        elif name in draft.entities and draft.entities[name].kind in ("child", "settings"):
            yield draft.found("link-unsuitable", path, name=name, kind=draft.entities[name].kind)


def entities(draft: Draft) -> Iterator[Problem]:
    """Grants, restrictions and menus name entities whose records stand by themselves."""
    for path, role in _roles(draft):
        for number, grant in enumerate(role.grants):
            if grant.entity != EVERY_ENTITY:
                yield from _entity(draft, (*path, "grants", number, "entity"), grant.entity)
            else:
                yield from _for_all(draft, (*path, "grants", number), grant)
        for number, restriction in enumerate(role.restrictions):
            yield from _entity(draft, (*path, "restrictions", number, "entity"), restriction.entity)
        for number, name in enumerate(role.menu or ()):
            yield from _entity(draft, (*path, "menu", number), name)


def _entity(draft: Draft, path: Path, name: str) -> Iterator[Problem]:
    if name not in draft.entity_names:
        if draft.complete:
            yield draft.found("entity-unknown", path, name=name, nearest=nearest(name, draft.entity_names))
    elif name in draft.entities and draft.entities[name].kind == "child":
        parent = draft.configuration.parent_of(name)
        yield draft.found("right-of-lines", path, entity=name, parent=parent, field=_lines_of(draft, name))


def _lines_of(draft: Draft, child: str) -> str:
    return next((field for _, field in draft.configuration.lines_of(child)), child)


def _for_all(draft: Draft, path: Path, grant: Grant) -> Iterator[Problem]:
    for key, value in (("where", grant.where), ("fields", grant.fields), ("publish", grant.publish)):
        if value:
            yield draft.found_at_key("grant-for-all", (*path, key), key=key)


def fields(draft: Draft) -> Iterator[Problem]:
    """What grants say of fields is said of fields that there are; only what is computed can be published."""
    for path, role in _roles(draft):
        for number, grant in enumerate(role.grants):
            if grant.entity in draft.entities:
                here = (*path, "grants", number)
                for name in grant.fields:
                    yield from _field(draft, (*here, "fields", name), grant.entity, name)
                for at, name in enumerate(grant.publish):
                    yield from _published(draft, (*here, "publish", at), grant.entity, name)


def _field(draft: Draft, path: Path, entity: str, name: str) -> Iterator[Problem]:
    head, dot, rest = name.partition(".")
    lines = draft.entities[entity].fields.get(head)
    if dot and isinstance(lines, LinesField):
        yield from unknown_field(draft, path, rest, lines.of)
    else:
        yield from unknown_field(draft, path, name, entity)


def _published(draft: Draft, path: Path, entity: str, name: str) -> Iterator[Problem]:
    wrong = list(_field(draft, path, entity, name))
    yield from wrong
    head, _, rest = name.partition(".")
    lines = draft.entities[entity].fields.get(head)
    holder = lines.of if rest and isinstance(lines, LinesField) else entity
    field = draft.entities[holder].fields.get(rest or head) if holder in draft.entities else None
    if not wrong and field and not _is_computed(field):
        yield draft.found("publish-unsuitable", path, name=name)


def _is_computed(field: Field) -> bool:
    """Whether what a field holds may come from elsewhere: from a formula, a default, the mask of a number."""
    masked = isinstance(field, SequenceField) and any(field.expressions)
    return masked or field.formula is not None or field.default_formula is not None


def conditions(draft: Draft) -> Iterator[Problem]:
    """Every problem of every condition in a role."""
    if draft.cut or not draft.complete:
        return
    members = members_of(draft.configuration)
    for path, entity, text in _conditions(draft):
        if entity in draft.entities:
            found = compiled_condition(members, entity, text)
            for problem in () if isinstance(found, Compiled) else found:
                yield located(draft, path, problem)


def _conditions(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    for path, role in _roles(draft):
        for number, restriction in enumerate(role.restrictions):
            yield (*path, "restrictions", number, "where"), restriction.entity, restriction.where
        for number, grant in enumerate(role.grants):
            here = (*path, "grants", number)
            if grant.where:
                yield (*here, "where"), grant.entity, grant.where
            for name, right in grant.fields.items():
                for key in ("hidden_if", "readonly_if") if isinstance(right, FieldRight) else ():
                    text = getattr(right, key)
                    if text:
                        yield (*here, "fields", name, key), grant.entity, text


def vanishing(draft: Draft) -> Iterator[Problem]:
    """Warns where a computed field vanishes for a role, because the role may not read something that it is made of."""
    if draft.cut or not draft.complete or any(_broken(draft)):
        return
    configuration = draft.configuration
    for path, role in _roles(draft):
        # Each by itself with what everybody has; several roles of one person only ever show more.
        derivation = derivation_of(configuration, roles_of(configuration, [str(path[1])]))
        for number, grant in enumerate(role.grants):
            if grant.entity in configuration.entities and grant.allows("read"):
                yield from _vanished(draft, (*path, "grants", number, "entity"), grant, derivation)


def _vanished(draft: Draft, path: Path, grant: Grant, derivation: Derivation) -> Iterator[Problem]:
    for entity, prefix in (
        (grant.entity, ""),
        *(
            (field.of, f"{name}.")
            for name, field in draft.entities[grant.entity].fields.items()
            if isinstance(field, LinesField)
        ),
    ):
        for name in draft.entities[entity].fields:
            lacking = derivation.lacking(entity, name)
            # What is made of a field that has vanished itself is not told as well.
            first = lacking and lacking[1] in ("", *_plain_fields(draft, lacking[0]))
            if lacking and first and grant.fields.get(prefix + name) != "hidden":
                role = str(path[1])
                yield draft.found("field-vanishes", path, field=prefix + name, role=role, lacking=".".join(lacking))


def _plain_fields(draft: Draft, entity: str) -> Iterator[str]:
    """The fields whose values people give."""
    parent = draft.configuration.parent_of(entity)
    yield from [parent] if parent else []
    yield from (name for name, field in draft.entities[entity].fields.items() if field.formula is None)


def _broken(draft: Draft) -> Iterator[Problem]:
    for check in (entities, fields, conditions):
        yield from check(draft)


def _roles(draft: Draft) -> Iterator[tuple[Path, Role]]:
    for name, role in draft.configuration.roles.items():
        yield ("roles", name), role
