"""Who can see an entity, or one record, and by which role; and what one user may that another may not."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, abort, render_template, request

from engine.accounts import Account
from engine.records.permitted import Reach
from engine.rights import Principal, Sight, sight_for
from runtime_web import addresses
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.pages.rights import action_lines, chosen_entity, entity_choices, field_lines
from runtime_web.pages.rights_why import chosen, options
from runtime_web.person import workspace
from runtime_web.right_reasons import own_title, permitted
from runtime_web.rights_words import action_word, entity_label, field_label, heads, lines_in, role_label
from runtime_web.roles import said_roles
from runtime_web.views.rights import Cell, ComparePage, Line, Part, PersonLine, WhoPage

ASKED = ("read", "create", "update", "delete", "export", "import")
OF_RECORDS = ("read", "update", "delete", "export")

blueprint = Blueprint("rights_who", __name__, url_prefix="/rights")


@blueprint.get("/who")
@for_administrators
def who() -> str:
    """Each user against what they may do, with an entity or with a record."""
    entity = chosen_entity()
    record = request.args.get("record", "")
    number = int(record) if record.isascii() and record.isdigit() and len(record) < 19 else None
    title = own_title(entity, number) if number is not None else ""
    if record and not title:
        abort(404)
    actions = OF_RECORDS if record else ASKED
    page = WhoPage(
        entity_choices(entity, "/rights/who"),
        entity,
        entity_label(entity),
        tuple(action_word(action) for action in actions),
        tuple(_person(one, entity, actions, number) for one in active_people()),
        record,
        title,
        addresses.card_of(entity, number) if number is not None else "",
    )
    return render_template("pages/rights_who.html", page=page)


@blueprint.get("/compare")
@for_administrators
def compare() -> str:
    """What two users may differently, entity by entity."""
    people = {str(one.id): one for one in active_people()}
    names = {key: one.name for key, one in people.items()}
    numbers = list(people)
    left = chosen(request.args.get("left", ""), numbers)
    right = chosen(request.args.get("right", ""), numbers) if "right" in request.args else numbers[-1]
    asked = "left" in request.args
    page = ComparePage(
        options(names, left),
        options(names, right),
        (names[left], names[right]),
        tuple(_differences(people[left].principal, people[right].principal)) if asked else (),
        asked,
    )
    return render_template("pages/rights_compare.html", page=page)


def active_people() -> tuple[Account, ...]:
    """The users who may sign in."""
    return tuple(one for one in workspace().people.all() if one.active)


def _person(person: Account, entity: str, actions: tuple[str, ...], number: int | None) -> PersonLine:
    found = permitted().reach(person.principal, entity, actions, number)
    return PersonLine(person.id, person.name, said_roles(person), tuple(_cell(person, found[one]) for one in actions))


def _cell(person: Account, reach: Reach) -> Cell:
    by = ", ".join(role_label(name) for name in reach.roles) or (_("Administrator") if person.administrator else "")
    if reach.verdict == "no":
        return Cell("none", _("No"))
    if reach.verdict == "yes":
        return Cell("all", _("Yes"), note=by)
    return Cell("some", _("Some"), note=by)


def _differences(left: Principal, right: Principal) -> Iterator[Part]:
    configuration = workspace().configuration
    for entity in heads(configuration):
        pair = [sight_for(configuration, one, entity) for one in (left, right)]
        found = [*action_lines(pair), *(field_lines(pair) if _both_read(pair) else ())]
        for name, of in lines_in(configuration, entity) if _both_read(pair) else ():
            inner = [sight_for(configuration, one, of) for one in (left, right)]
            label = field_label(entity, name)
            found += [Line(line.name, f"{label}: {line.label}", line.cells) for line in field_lines(inner)]
        differing = tuple(line for line in found if line.cells[0] != line.cells[1])
        if differing:
            yield Part(entity_label(entity), differing)


def _both_read(pair: list[Sight]) -> bool:
    """Where one of them sees no record at all, every field would be listed."""
    return not any(one.rows["read"].never for one in pair)
