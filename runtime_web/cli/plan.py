"""kartoteka plan: what apply would do."""

from __future__ import annotations

import click

from engine.model import Configuration
from engine.schema import Plan, applied, plan, row_counts
from engine.storage import Database
from runtime_web.cli.place import Place
from runtime_web.cli.say import plural, say_json, tell_problems


@click.command("plan")
@click.pass_obj
def plan_command(place: Place) -> None:
    """Show what apply would change.

    Nothing is changed. Says how many records each step touches, and ends with 1 when a step cannot be done.
    """
    wanted = place.configuration()
    database = place.open_database() if place.has_database else None
    before = applied(database) if database else None
    planned = plan(before, wanted)
    facts = steps_of(planned, database, before)
    if place.as_json:
        say_json({"steps": facts, "problems": [found.as_json() for found in planned.problems]})
    else:
        tell_plan(place, planned, facts)
    if planned.problems:
        raise SystemExit(1)


def steps_of(planned: Plan, database: Database | None, before: Configuration | None) -> list[dict[str, object]]:
    """The steps as facts: what each does, to which entity, and how many records that has."""
    counts = row_counts(database, before) if database and before else {}
    return [
        {"does": step.describe(), "entity": step.entity, "records": counts.get(step.entity, 0)}
        for step in planned.steps
    ]


def tell_plan(place: Place, planned: Plan, facts: list[dict[str, object]]) -> None:
    """Print the steps of a plan, or the problems that stand in its way."""
    if planned.problems:
        tell_problems(place, planned.problems)
    elif not facts:
        click.echo("Nothing to do: the database is as the configuration wants it.")
    else:
        click.echo("This")
        for fact in facts:
            records = int(str(fact["records"]))
            touched = f" ({plural(records, 'record')})" if records else ""
            click.echo(f"  - {fact['does']}{touched}")
