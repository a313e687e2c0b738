"""kartoteka user hand-over: the records of somebody who leaves, handed over to a colleague on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from engine.accounts import People
from engine.config.excerpt import harmless
from engine.problems import Refused
from engine.records.handing_over import HandingOver, Holding
from runtime_web.cli.accounts import named, open_accounts, refused
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, plural, say, say_json


@click.command("hand-over")
@click.argument("leaver")
@click.argument("receiver")
@click.option("--entity", multiple=True, metavar="NAME", help="Only records of this entity; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what there is, and change nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.pass_obj
def hand_over(place: Place, leaver: str, receiver: str, *, entity: tuple[str, ...], dry_run: bool, yes: bool) -> None:
    """Let what names LEAVER name RECEIVER from now on.

    It is one act, which kartoteka history undo takes back. Records that stand for the two, such as employees with an
    account, count too: what leads to the one leads to the other.
    """
    database = open_accounts(place)
    people = People(database)
    giving, taking = named(place, people, leaver), named(place, people, receiver)
    if giving.id == taking.id or not taking.active:
        fail(place, f"{taking.login} cannot receive records: {_why(same=giving.id == taking.id)}.")
    door = HandingOver.through(place.records(database))
    for name in entity:
        place.known_entity(door.configuration, name)
    found = [one for one in door.holdings(giving.id, taking.id) if not entity or one.place.entity in entity]
    if not place.as_json:
        _tell(found)
    chosen = [one.place.key for one in found if one.possible]
    if dry_run or not chosen:
        _end(place, found)
        return
    if not yes and place.as_json:
        fail(place, "With --json it is only done when --yes is given too.", 2)
    if not yes:
        click.confirm(f"Hand this over to {taking.name}?", default=False, abort=True)
    try:
        done = door.hand_over(giving.id, taking.id, chosen)
    except Refused as problems:
        raise refused(place, problems) from None
    said = f"{plural(done.count, 'record')} handed over. kartoteka history undo action:{done.action} takes it back."
    say(place, said, handed_over=done.count, stayed=done.stayed, undo=f"action:{done.action}")


def _why(*, same: bool) -> str:
    return "it is the same user" if same else "the account is disabled"


def _tell(found: Iterable[Holding]) -> None:
    for one in found:
        stays = [(one.fixed, "kept by a condition"), (one.barred, "not to be handed over")]
        notes = [f"{number} {why}" for number, why in stays if number]
        if one.place.receiving is None:
            notes.append(f"no {one.place.target} stands for the receiver")
        said = f"{one.place.entity}.{one.place.field}: {plural(one.count, 'record')}"
        click.echo(harmless(said + (f" ({', '.join(notes)})" if notes else "")))


def _end(place: Place, found: Iterable[Holding]) -> None:
    if place.as_json:
        say_json([_as_json(one) for one in found])
    elif not any(one.possible for one in found):
        click.echo("There is nothing to hand over.")


def _as_json(one: Holding) -> dict[str, Any]:
    counts = {"count": one.count, "kept": one.fixed, "possible": one.possible}
    return {"entity": one.place.entity, "field": one.place.field, **counts}
