"""Who may do what: the roles of the configuration against the actions and fields of an entity, for administrators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, abort, render_template, request

from engine.fields.label import text_in
from engine.model.role import ACTIONS, EVERYONE
from engine.rights import FieldSight, Rule, Sight, beyond, sight_of
from runtime_web.access import for_administrators
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.person import workspace
from runtime_web.request import current_rights
from runtime_web.rights_words import (
    action_word,
    condition_of,
    condition_said,
    entity_label,
    field_label,
    heads,
    input_said,
    lines_in,
    role_label,
)
from runtime_web.views.rights import Cell, Choice, Extent, Line, MatrixPage, Part, RoleHead

blueprint = Blueprint("rights", __name__, url_prefix="/rights")


@blueprint.get("")
@for_administrators
def matrix() -> str:
    """What each role may do with an entity and its fields."""
    entity = chosen_entity()
    roles = ordered_roles()
    editable = current_rights().may_design and workspace().settings.source is not None
    page = MatrixPage(
        entity_choices(entity, "/rights"),
        entity,
        entity_label(entity),
        tuple(_head(name, entity, editable=editable) for name in roles),
        tuple(_parts(entity, roles)) if roles else (),
    )
    return render_template("pages/rights.html", page=page)


def chosen_entity() -> str:
    """The entity that the address names, or the first one."""
    known = heads(workspace().configuration)
    name = request.args.get("entity", known[0])
    if name not in known:
        abort(404)
    return name


def entity_choices(entity: str, path: str) -> tuple[Choice, ...]:
    """The entities to choose from on a page."""
    known = heads(workspace().configuration)
    return tuple(Choice(name, entity_label(name), f"{path}?entity={name}", name == entity) for name in known)


def ordered_roles() -> tuple[str, ...]:
    """The roles as they are written, the one that everybody has last."""
    names = workspace().configuration.roles
    return tuple(sorted(names, key=lambda name: name == EVERYONE))


def _head(name: str, entity: str, *, editable: bool) -> RoleHead:
    role = workspace().configuration.roles[name]
    said = text_in(role.help, current_language(), "") if role.help else ""
    return RoleHead(name, role_label(name), said, f"/rights/edit?entity={entity}&role={name}" if editable else "")


def _parts(entity: str, roles: Sequence[str]) -> Iterable[Part]:
    configuration = workspace().configuration
    sights = [sight_of(configuration, [name], entity) for name in roles]
    yield Part(_("Records"), tuple(action_lines(sights)))
    yield Part(_("Fields"), tuple(field_lines(sights)))
    for name, of in lines_in(configuration, entity):
        inner = [sight_of(configuration, [role], of) for role in roles]
        yield Part(_("Fields of “%(lines)s”", lines=field_label(entity, name)), tuple(field_lines(inner)))


def action_lines(sights: Sequence[Sight]) -> Iterator[Line]:
    """Each action, with what each of several comes to."""
    for action in ACTIONS:
        yield Line(action, action_word(action), tuple(_action(one, action) for one in sights))


def field_lines(sights: Sequence[Sight]) -> Iterator[Line]:
    """Each field of the entity that they are all about."""
    for column in zip(*(one.fields for one in sights), strict=True):
        cells = tuple(_field(sight, one) for sight, one in zip(sights, column, strict=True))
        yield Line(column[0].name, field_label(sights[0].entity, column[0].name), cells)


def _action(sight: Sight, action: str) -> Cell:
    rule = sight.rows[action]
    if not rule.always and action != "read" and beyond(rule, sight.rows["read"]).always:
        return Cell("some", _("The same as read"))
    said = {"all": _("Yes"), "some": _("If"), "none": _("No")}
    extent = extent_of(rule)
    return Cell(extent, said[extent], condition_of(rule) if extent == "some" else ())


def _field(sight: Sight, field: FieldSight) -> Cell:
    """What may be done with a field where the record itself may be read, and changed."""
    read = beyond(field.read, sight.rows["read"])
    if field.lacking:
        reason = _("because it is made of “%(input)s”", input=input_said(*field.lacking))
        return Cell("none", _("Hidden"), note=reason)
    if read.never or sight.rows["read"].never:
        return Cell("none", _("Hidden"))
    if not field.update.never:
        rule = beyond(field.update, sight.rows["update"])
        said = _("Change") if rule.always else _("Change, if")
        return Cell(extent_of(rule), said, condition_of(rule), _reading(read) if read != rule else "")
    if not field.create.never:
        return Cell("all", _("Fill in when it is new"), note=_reading(read))
    return Cell(extent_of(read), _("Read") if read.always else _("Read, if"), condition_of(read))


def _reading(read: Rule) -> str:
    """When a field may be read, in one line; "" for always."""
    if read.always:
        return ""
    return _("Read, if %(condition)s", condition=condition_said(read))


def extent_of(rule: Rule) -> Extent:
    """Whether a rule lets through every record, some, or none."""
    return "all" if rule.always else "none" if rule.never else "some"
