"""kartoteka user roles, groups, add-group, remove-second-factor: what users may do, from the terminal."""

from __future__ import annotations

import json

import click

from engine.accounts import Changes, Group, Groups, People, SecondFactors
from engine.problems import Refused
from runtime_web.cli.accounts import groups_with, known_groups, known_roles, named, open_accounts, refused
from runtime_web.cli.place import Place
from runtime_web.cli.say import say


@click.command()
@click.argument("login")
@click.option("--add", multiple=True, metavar="ROLE", help="Give this role; may be repeated.")
@click.option("--remove", multiple=True, metavar="ROLE", help="Take this role away; may be repeated.")
@click.pass_obj
def roles(place: Place, login: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Show or change a user's roles.

    A change ends the user's sessions. Roles that the user has by a group are shown too, and changed with the group.
    """
    database = open_accounts(place)
    people = People(database)
    account = named(place, people, login)
    own = people.own_roles(account.id)
    wanted = (own | known_roles(place, database, add)) - set(remove)
    if wanted != own:
        try:
            people.set_roles(account.id, wanted)
        except Refused as problems:
            raise refused(place, problems) from None
    account = named(place, people, login)
    listed = sorted(account.roles)
    text = f"{account.login} has the roles {', '.join(listed)}." if listed else f"{account.login} has no roles."
    say(place, text, login=account.login, roles=listed)


@click.command()
@click.argument("login", required=False)
@click.option("--add", multiple=True, metavar="GROUP", help="Put the user into this group; may be repeated.")
@click.option("--remove", multiple=True, metavar="GROUP", help="Take the user out of this group; may be repeated.")
@click.pass_obj
def groups(place: Place, login: str | None, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Show the groups, or a user's, and change these.

    A user who gets or loses roles by it is logged out.
    """
    database = open_accounts(place)
    people, every = People(database), Groups(database)
    if login is None:
        if add or remove:
            raise click.UsageError("Name the user whose groups change.")
        _list(place, people, every.all())
        return
    account = named(place, people, login)
    own = frozenset(group.id for group in groups_with(every.all(), account))
    wanted = (own | known_groups(place, every, add)) - known_groups(place, every, remove)
    if wanted != own:
        try:
            people.change(account.id, Changes(groups=wanted))
        except Refused as problems:
            raise refused(place, problems) from None
    names = [group.name for group in groups_with(every.all(), account)]
    text = f"{account.login} is in {', '.join(names)}." if names else f"{account.login} is in no group."
    say(place, text, login=account.login, groups=names)


@click.command("add-group")
@click.argument("name")
@click.option("--role", multiple=True, help="A role that its members have; may be repeated.")
@click.pass_obj
def add_group(place: Place, name: str, role: tuple[str, ...]) -> None:
    """Add a group of users.

    Whoever is in it has its roles.
    """
    database = open_accounts(place)
    try:
        Groups(database).add(name, known_roles(place, database, role), by=None)
    except Refused as problems:
        raise refused(place, problems) from None
    say(place, f"There is a group {name} now.", group=name, roles=sorted(role))


@click.command("remove-second-factor")
@click.argument("login")
@click.pass_obj
def remove_second_factor(place: Place, login: str) -> None:
    """Let a user sign in with the password alone.

    For somebody who has lost the phone with the app, and the recovery codes.
    """
    database = open_accounts(place)
    account = named(place, People(database), login)
    SecondFactors(database).remove(account, by=None)
    say(place, f"{account.login} signs in with the password alone.", login=account.login, second_factor=False)


COMMANDS = (roles, groups, add_group, remove_second_factor)


def _list(place: Place, people: People, every: tuple[Group, ...]) -> None:
    logins = {account.id: account.login for account in people.all()}
    shown = [
        {
            "group": group.name,
            "roles": sorted(group.roles),
            "members": sorted(logins[number] for number in group.members),
        }
        for group in every
    ]
    if place.as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    for one in shown:
        click.echo(f"{one['group']}: {', '.join(one['members']) or 'nobody'} ({', '.join(one['roles']) or 'no roles'})")
    if not shown:
        click.echo("There are no groups yet. Add one with kartoteka user add-group, or under Users in the browser.")
