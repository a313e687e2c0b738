"""Why somebody can or cannot do something: a question in a form, and the answer below it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, abort, render_template, request

from engine.accounts import Account
from engine.model.role import ACTIONS
from engine.rights import Asked
from runtime_web import addresses
from runtime_web.access import for_administrators
from runtime_web.person import workspace
from runtime_web.right_reasons import explained, own_title
from runtime_web.rights_words import action_word, entity_label, field_label, heads, lines_in
from runtime_web.views.rights import Option, WhyPage, WhyView

blueprint = Blueprint("rights_why", __name__, url_prefix="/rights/why")


@blueprint.get("")
@for_administrators
def why() -> str:
    """Ask about a user, an action, an entity, and maybe a record and a field."""
    entity = chosen(request.args.get("entity", ""), heads(workspace().configuration))
    people = tuple(one for one in workspace().people.all() if one.active)
    user = chosen(request.args.get("user", ""), [str(one.id) for one in people])
    action = chosen(request.args.get("action", ""), ACTIONS)
    fields = dict(_fields(entity))
    field = request.args.get("field", "")
    if field and field not in fields:
        field = ""
    record = request.args.get("record", "").strip()
    number = int(record) if record.isascii() and record.isdigit() and len(record) < 19 else None
    title = own_title(entity, number) if number is not None else ""
    missing = bool(record) and not title
    person = next(one for one in people if str(one.id) == user)
    page = WhyPage(
        users=options({str(one.id): one.name for one in people}, user),
        entities=options({name: entity_label(name) for name in heads(workspace().configuration)}, entity),
        actions=options({name: action_word(name) for name in ACTIONS}, action),
        fields=options(fields, field),
        record=record,
        title=title,
        record_url=addresses.card_of(entity, number) if number is not None else "",
        missing=missing,
        found=_answer(person, Asked(action, entity, field), number, missing=missing),
    )
    return render_template("pages/rights_why.html", page=page)


def _answer(person: Account, asked: Asked, number: int | None, *, missing: bool) -> WhyView | None:
    return explained(person, asked, number) if "user" in request.args and not missing else None


def chosen(wanted: str, known: tuple[str, ...] | list[str]) -> str:
    """What the address names of what there is, or the first."""
    if wanted and wanted not in known:
        abort(404)
    return wanted or known[0]


def options(labels: dict[str, str], now: str) -> tuple[Option, ...]:
    """The entries of a choice."""
    return tuple(Option(value, label, value == now) for value, label in labels.items())


def _fields(entity: str) -> Iterator[tuple[str, str]]:
    configuration = workspace().configuration
    for name in configuration.entities[entity].fields:
        yield name, field_label(entity, name)
    for lines, of in lines_in(configuration, entity):
        for name in configuration.entities[of].fields:
            yield f"{lines}.{name}", f"{field_label(entity, lines)}: {field_label(of, name)}"
