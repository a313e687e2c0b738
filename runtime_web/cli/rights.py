"""kartoteka rights: what each role may do, why somebody may or may not, and who may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click

from engine.accounts import People
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERYONE
from engine.records import Missing
from engine.records.permitted import Permitted
from engine.rights import Asked, FieldSight, Rule, Sight, Why, beyond, sight_of
from engine.storage.tables import describe_tables
from runtime_web.cli.accounts import named, open_accounts
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say_json
from runtime_web.why_words import grant_said, reason_said, verdict_said

SHORT = ("read", "create", "update", "delete")


@click.group()
def rights() -> None:
    """Show what roles allow, and explain it."""


@rights.command()
@click.argument("entity")
@click.pass_obj
def matrix(place: Place, entity: str) -> None:
    """Show what each role may do with ENTITY and with its fields.

    What everybody has is part of each role, as it is in force.
    """
    configuration = place.applied(open_accounts(place))
    _known(place, configuration, entity)
    names = sorted(configuration.roles, key=lambda name: name == EVERYONE)
    found = {name: sight_of(configuration, [name], entity) for name in names}
    if place.as_json:
        say_json({name: _as_json(sight) for name, sight in found.items()})
        return
    if not names:
        click.echo("There are no roles: whoever is signed in sees and changes everything.")
    for name, sight in found.items():
        click.secho(name, bold=True)
        for line in _lines(sight):
            click.echo(f"  {line}")


@rights.command()
@click.argument("login")
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("entity")
@click.argument("number", metavar="[ID]", type=click.IntRange(1), required=False)
@click.option("--field", default="", metavar="NAME", help="A field; lines.price is one of lines.")
@click.pass_obj
def why(place: Place, *, login: str, action: str, entity: str, number: int | None, field: str) -> None:
    """Explain why a user may do something or may not.

    Without ID it is about the records of ENTITY as a whole.
    """
    database = open_accounts(place)
    configuration = place.applied(database)
    _known(place, configuration, entity)
    account = named(place, People(database), login)
    permitted = Permitted(database, describe_tables(configuration))
    try:
        found = permitted.why(account.principal, Asked(action, entity, field), number)
    except Missing:
        fail(place, f"There is no record {number} of {entity}.")
    except KeyError:
        fail(place, f"{entity} has no field {field}.", 2)
    if place.as_json:
        say_json(_why_as_json(found))
        return
    click.secho(verdict_said(found, account.name), bold=True)
    lacking = ".".join(part for part in found.lacking or () if part)
    click.echo(f"  {reason_said(found, lacking)}")
    for line in _reasons(found):
        click.echo(f"  {line}")


@rights.command()
@click.argument("entity")
@click.argument("number", metavar="[ID]", type=click.IntRange(1), required=False)
@click.pass_obj
def who(place: Place, entity: str, number: int | None) -> None:
    """Show what each user may do with ENTITY, or with one record of it, and by which role."""
    database = open_accounts(place)
    configuration = place.applied(database)
    _known(place, configuration, entity)
    permitted = Permitted(database, describe_tables(configuration))
    people = [one for one in People(database).all() if one.active]
    try:
        found = {one.login: permitted.reach(one.principal, entity, SHORT, number) for one in people}
    except Missing:
        fail(place, f"There is no record {number} of {entity}.")
    if place.as_json:
        say_json(
            {
                login: {action: {"may": one.verdict, "roles": one.roles} for action, one in reached.items()}
                for login, reached in found.items()
            }
        )
        return
    words = {"yes": "yes", "no": "no", "depends": "some"}
    for login, reached in found.items():
        said = (
            " ".join([action, words[one.verdict], *([f"({', '.join(one.roles)})"] if one.roles else [])])
            for action, one in reached.items()
        )
        click.echo(f"{click.style(login, bold=True)}: {', '.join(said)}")


def _known(place: Place, configuration: Configuration, entity: str) -> None:
    """End the command where there is no such entity, or one whose rights are those of another."""
    place.known_entity(configuration, entity)
    parent = configuration.parent_of(entity)
    if parent:
        fail(place, f"{entity} is part of {parent}, whose rights it has.", 2)


def _lines(sight: Sight) -> Iterator[str]:
    for action, rule in sight.rows.items():
        if not rule.never:
            yield f"{action}{_condition(rule)}"
    if sight.rows["read"].never:
        yield "nothing"
        return
    for field in sight.fields:
        yield from (f"field {field.name}: {said}" for said in _said(field, sight.rows))


def _said(field: FieldSight, rows: Mapping[str, Rule]) -> Iterator[str]:
    """What differs in a field from the record."""
    read = beyond(field.read, rows["read"])
    if field.lacking:
        yield f"hidden, it is made of {'.'.join(part for part in field.lacking if part)}"
    elif not read.always:
        yield "hidden" if read.never else f"read{_condition(read)}"
    update = beyond(field.update, rows["update"] & field.read)
    if not field.update.never and not update.always:
        yield f"change{_condition(update)}"


def _condition(rule: Rule) -> str:
    if rule.always:
        return ""
    clauses = (" or ".join(" and ".join(sorted(terms)) for terms in sorted(one, key=sorted)) for one in rule.clauses)
    return f", if {'; and '.join(clauses)}"


def _as_json(sight: Sight) -> dict[str, object]:
    return {
        "actions": {action: _rule(rule) for action, rule in sight.rows.items()},
        "fields": {
            field.name: {
                "read": _rule(field.read),
                "create": _rule(field.create),
                "update": _rule(field.update),
                "lacking": field.lacking,
            }
            for field in sight.fields
        },
    }


def _rule(rule: Rule) -> object:
    """True, False, or the conditions: all of a list, each one of several alternatives, each of texts that all hold."""
    if rule.always or rule.never:
        return rule.always
    return [sorted(sorted(terms) for terms in clause) for clause in rule.clauses]


def _reasons(found: Why) -> Iterator[str]:
    for grant in found.grants:
        terms = [(grant.condition.text, grant.condition.met)] if grant.condition else []
        yield f"{grant_said(grant, grant.role)}{_terms(terms)}"
    for limit in found.limits:
        yield f"Restriction of the role {limit.role}{_terms([(limit.condition.text, limit.condition.met)])}"
    for clause in found.needs:
        said = " or".join(_terms([(term.text, term.met) for term in terms]).removeprefix(":") for terms in clause)
        yield f"The field besides:{said}"
    if found.others:
        yield f"Roles that allow it: {', '.join(found.others)}"


def _terms(terms: Iterable[tuple[str, bool | None]]) -> str:
    met = {None: "", True: " (is met)", False: " (is not met)"}
    said = " and ".join(f"{text}{met[known]}" for text, known in terms)
    return f": {said}" if said else ""


def _why_as_json(found: Why) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "reason": found.reason,
        "action": found.asked.action,
        "lacking": found.lacking,
        "grants": [
            {
                "role": one.role,
                "condition": one.condition.text if one.condition else None,
                "met": one.condition.met if one.condition else True,
                "field": one.closed or None,
            }
            for one in found.grants
        ],
        "restrictions": [
            {"role": one.role, "condition": one.condition.text, "met": one.condition.met} for one in found.limits
        ],
        "field_conditions": [
            [[{"condition": term.text, "met": term.met} for term in terms] for terms in clause]
            for clause in found.needs
        ],
        "other_roles": found.others,
    }
