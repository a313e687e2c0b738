"""Changing what a role grants with an entity: a form, written back to the files of the configuration and applied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from designer.granting import ChangedMeanwhile, Described, Revision, described, grants_for, of_grants, revise
from engine.audit import Audit
from engine.config.load import load
from engine.expressions.conditions import compiled_condition
from engine.expressions.scope import members_of
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERY_ENTITY, FieldRight
from engine.problems import Problem, Refused
from engine.schema import applied, apply, plan
from formulas import Compiled
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_hint, problem_text
from runtime_web.notices import notify
from runtime_web.person import signed_in, workspace
from runtime_web.request import current_rights
from runtime_web.rights_words import action_word, entity_label, field_label, heads, lines_in, role_label
from runtime_web.views.rights import EditPage, FieldForm, GrantForm, Option

NEW = "new"
CONDITIONS = ("where", "hidden_if", "readonly_if")
Errors = Mapping[tuple[str, ...], str]
"""What is wrong, by the key of a grant and what follows; (key,) is about all of it."""
NONE_WRONG: Errors = {}

blueprint = Blueprint("rights_edit", __name__, url_prefix="/rights/edit")


@blueprint.get("")
@for_administrators
def form() -> ResponseReturnValue:
    """The grants as they are."""
    role, entity = _chosen()
    configuration = _in_force()
    trouble = _trouble(configuration)
    grants = [(str(number), described(grant)) for number, grant in grants_for(configuration, role, entity)]
    return _shown(configuration, role, entity, [*grants, (NEW, {})], trouble=trouble, closed=bool(trouble))


@blueprint.post("")
@for_administrators
def change() -> ResponseReturnValue:
    """Write what was entered, and apply it, or say what is wrong with it."""
    role, entity = _chosen()
    configuration = _in_force()
    posted = [(key, _posted(configuration, entity, key)) for key in request.form.getlist("grant")]
    trouble = _trouble(configuration)
    if not trouble and request.form.get("state") != _state(configuration, role, entity):
        trouble = _("Somebody else has changed these rights meanwhile. Open them again, and change them then.")
    if trouble:
        return _shown(configuration, role, entity, posted, trouble=trouble), 409
    wanted = [(None if key == NEW else int(key), grant) for key, grant in posted if grant["can"]]
    try:
        revision = revise(_source(), configuration, role, entity, wanted)
    except LookupError:
        trouble = _("The file of the role cannot be changed without losing something in it. Change it by hand.")
        return _shown(configuration, role, entity, posted, trouble=trouble), 409
    errors = _errors(revision, role, [key for key, grant in posted if grant["can"]])
    if revision.configuration is None or errors:
        return _shown(configuration, role, entity, posted, errors=errors), 422
    trouble = _put_in_force(configuration, revision.configuration, revision)
    if trouble:
        return _shown(configuration, role, entity, posted, trouble=trouble), 409
    _note(configuration, revision.configuration, role, entity)
    notify(_("The role %(role)s is changed. It holds in a moment.", role=role_label(role)))
    return redirect(f"/rights?entity={entity}")


def _note(before: Configuration, after: Configuration, role: str, entity: str) -> None:
    told = {
        when: "; ".join(str(described(grant)) for _number, grant in grants_for(found, role, entity))
        for when, found in (("before", before), ("after", after))
    }
    details = {"role": role, "entity": entity, **told}
    Audit(workspace().database).note("rights-changed", by=signed_in().id, details=details)


@blueprint.get("/check")
@for_administrators
def check() -> str:
    """What is wrong with a condition that is being typed, in the words that saving would say it in; "" for nothing."""
    role, entity = _chosen()
    text = next((value for name, value in request.args.items() if name.partition(".")[0] in CONDITIONS), "").strip()
    found = compiled_condition(members_of(_in_force()), entity, text) if text and role else ()
    if isinstance(found, Compiled):
        return ""
    problems = (Problem(one.code, {**one.params, "likely": " or ".join(one.candidates) or None}) for one in found)
    return render_template("parts/told.html", said=[f"{problem_text(one)} {problem_hint(one)}" for one in problems])


def _chosen() -> tuple[str, str]:
    if not current_rights().may_design:
        abort(403)
    role, entity = request.args.get("role", ""), request.args.get("entity", "")
    if role not in workspace().configuration.roles or entity not in heads(workspace().configuration):
        abort(404)
    return role, entity


def _in_force() -> Configuration:
    """The configuration that the database has, which may be newer than what this process began with."""
    found = applied(workspace().database) or workspace().configuration
    if request.args.get("role") not in found.roles or request.args.get("entity") not in found.entities:
        abort(404)
    return found


def _source() -> Path:
    source = workspace().settings.source
    assert source is not None
    return source


def _trouble(configuration: Configuration) -> str:
    """Why rights cannot be changed here now; "" where they can."""
    source = workspace().settings.source
    if source is None:
        return _("This server does not know where the files of its configuration are, so that roles are changed there.")
    files, _problems = load(source)
    if files is None or files.model_dump_json() != configuration.model_dump_json():
        return _(
            "The files of the configuration are not what is applied. Run kartoteka apply, or take them back first."
        )
    return ""


def _put_in_force(before: Configuration, wanted: Configuration, revision: Revision) -> str:
    """Write the file and apply the configuration, both or neither; what stood in the way."""
    found = plan(before, wanted).problems
    if found:
        return problem_text(found[0])
    try:
        revision.write()
    except (ChangedMeanwhile, OSError):
        return _("The file of the role could not be written. Nothing was changed.")
    try:
        apply(workspace().database, wanted, signed_in().name)
    except BaseException as error:
        revision.take_back()
        if isinstance(error, Refused):
            return problem_text(error.problems[0])
        raise
    return ""


def _posted(configuration: Configuration, entity: str, key: str) -> dict[str, Any]:
    """A grant as the form gives it."""
    if key != NEW and not (key.isascii() and key.isdigit()):
        abort(400)
    ticked = request.form.getlist(f"can.{key}")
    can = ["all"] if "all" in ticked else [action for action in ACTIONS if action in ticked]
    where = request.form.get(f"where.{key}", "").strip()
    fields = {name: right for name in _names(configuration, entity) if (right := _posted_right(key, name))}
    published = [name for name in _names(configuration, entity) if f"publish.{key}.{name}" in request.form]
    found: dict[str, Any] = {"entity": entity, "can": can}
    return {**found, **{k: v for k, v in (("where", where), ("fields", fields), ("publish", published)) if v}}


def _posted_right(key: str, name: str) -> str | dict[str, str] | None:
    right = request.form.get(f"field.{key}.{name}", "")
    if right in ("hidden", "readonly"):
        return right
    conditions = {kind: request.form.get(f"{kind}.{key}.{name}", "").strip() for kind in FieldRight.model_fields}
    return {kind: text for kind, text in conditions.items() if text} or None


def _names(configuration: Configuration, entity: str) -> Iterator[str]:
    """The fields that a grant can speak of, those of lines with a dot."""
    yield from configuration.entities[entity].fields
    for lines, of in lines_in(configuration, entity):
        yield from (f"{lines}.{name}" for name in configuration.entities[of].fields)


def _state(configuration: Configuration, role: str, entity: str) -> str:
    said = repr([(number, described(grant)) for number, grant in grants_for(configuration, role, entity)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _errors(revision: Revision, role: str, keys: list[str]) -> Errors:
    """What is wrong, at the grants of the form; what is elsewhere is told at the first of them."""
    known = dict(zip(revision.numbers, keys, strict=True))
    found: dict[tuple[str, ...], str] = {}
    for number, rest, wrong in of_grants(revision.problems, role):
        place = rest[:2] if rest[:1] == ("fields",) else rest[:1] if rest[:1] == ("where",) else ()
        found.setdefault((known.get(number, NEW), *place), f"{problem_text(wrong)} {problem_hint(wrong)}".strip())
    others = [one for one in revision.problems if one.severity == "error"]
    if others and not found:
        found[(keys[0] if keys else NEW,)] = problem_text(others[0])
    return found


def _shown(
    configuration: Configuration,
    role: str,
    entity: str,
    grants: Sequence[tuple[str, Described]],
    *,
    errors: Errors = NONE_WRONG,
    trouble: str = "",
    closed: bool = False,
) -> str:
    page = EditPage(
        role,
        role_label(role),
        entity,
        entity_label(entity),
        tuple(_grant(configuration, entity, key, grant, errors) for key, grant in grants),
        _state(configuration, role, entity),
        trouble,
        any(grant.entity == EVERY_ENTITY for grant in configuration.roles[role].grants),
        closed,
    )
    return render_template("pages/rights_edit.html", page=page)


def _grant(configuration: Configuration, entity: str, key: str, grant: Described, errors: Errors) -> GrantForm:
    can = grant.get("can", ())
    return GrantForm(
        key,
        (
            Option("all", _("Everything"), "all" in can),
            *(Option(name, action_word(name), name in can) for name in ACTIONS),
        ),
        grant.get("where", ""),
        tuple(
            _field(configuration, entity, name, grant, errors.get((key, "fields", name), ""))
            for name in _names(configuration, entity)
        ),
        errors.get((key,), ""),
        errors.get((key, "where"), ""),
    )


def _field(configuration: Configuration, entity: str, name: str, grant: Described, error: str) -> FieldForm:
    right = grant.get("fields", {}).get(name, "")
    head, _dot, rest = name.partition(".")
    of = dict(lines_in(configuration, entity)).get(head, "") if rest else entity
    field = configuration.entities[of].fields[rest or head]
    label = field_label(of, rest or head)
    conditions = right if isinstance(right, Mapping) else {}
    return FieldForm(
        name,
        f"{field_label(entity, head)}: {label}" if rest else label,
        "" if conditions else str(right),
        conditions.get("hidden_if", ""),
        conditions.get("readonly_if", ""),
        computed=field.formula is not None or field.default_formula is not None,
        published=name in grant.get("publish", ()),
        error=error,
    )
