"""kartoteka apply: bring the database to the configuration."""

from __future__ import annotations

import getpass

import click

from engine.schema import applied, apply, plan
from runtime_web.cli.place import Place
from runtime_web.cli.plan import steps_of, tell_plan
from runtime_web.cli.say import fail, say_json, tell_problems


@click.command("apply")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def apply_command(place: Place, yes: bool) -> None:
    """Bring the database to the configuration.

    Shows the plan, asks, and then does all of it in one transaction, or nothing.
    """
    wanted = place.configuration()
    database = place.open_database(create=True)
    before = applied(database)
    planned = plan(before, wanted)
    facts = steps_of(planned, database, before)
    if planned.problems:
        tell_problems(place, planned.problems)
        raise SystemExit(1)
    if not place.as_json:
        tell_plan(place, planned, facts)
    asks = bool(facts and before) and not yes
    if asks and place.as_json:
        fail(place, "There is something to change; with --json it is only done when --yes is given too.", 2)
    if asks:
        click.confirm("Apply this?", default=True, abort=True)
    steps = apply(database, wanted, _who())
    if place.as_json:
        say_json({"applied": len(steps), "steps": facts})
    elif steps:
        click.echo("Applied.")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "command line"  # a computer may not know who runs this
