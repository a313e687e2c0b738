"""kartoteka user: the users, from the computer that the program runs on."""

from __future__ import annotations

import json

import click

from engine.accounts import Account, Groups, People
from engine.problems import Refused
from runtime_web.cli.accounts import known_groups, known_roles, named, open_accounts, refused
from runtime_web.cli.hand_over import hand_over
from runtime_web.cli.place import Place
from runtime_web.cli.say import say
from runtime_web.cli.user_roles import COMMANDS


@click.group()
def user() -> None:
    """Manage the users."""


for _command in (*COMMANDS, hand_over):
    user.add_command(_command)


@user.command()
@click.argument("login")
@click.option("--name", default="", help="The person's name; by default the login name.")
@click.option("--administrator", is_flag=True, help="May do everything, and manages users.")
@click.option("--role", multiple=True, help="A role of the configuration; may be repeated.")
@click.option("--group", multiple=True, help="A group to put the user into; may be repeated.")
@click.pass_obj
def add(
    place: Place, login: str, *, name: str, administrator: bool, role: tuple[str, ...], group: tuple[str, ...]
) -> None:
    """Add a user.

    Prints a one-time password, which the person changes when signing in.
    """
    database = open_accounts(place)
    try:
        _, password = People(database).add(
            login,
            name or login,
            administrator=administrator,
            roles=known_roles(place, database, role),
            groups=known_groups(place, Groups(database), group),
        )
    except Refused as problems:
        raise refused(place, problems) from None
    _tell_password(place, login, password)


@user.command("list")
@click.pass_obj
def list_users(place: Place) -> None:
    """Who has an account."""
    accounts = People(open_accounts(place)).all()
    if place.as_json:
        click.echo(json.dumps([_as_json(account) for account in accounts], ensure_ascii=False))
        return
    width = max((len(account.login) for account in accounts), default=0)
    for account in accounts:
        marks = [
            text
            for text, holds in (("administrator", account.administrator), ("disabled", not account.active))
            if holds
        ] + sorted(account.roles)
        click.echo(f"{account.login:<{width}}  {account.name}" + (f"  ({', '.join(marks)})" if marks else ""))
    if not accounts:
        click.echo("There are no users yet. Add one with kartoteka user add, or open the program in the browser.")


@user.command()
@click.argument("login")
@click.pass_obj
def disable(place: Place, login: str) -> None:
    """Let a user sign in no more.

    Ends their sessions too.
    """
    people = People(open_accounts(place))
    account = named(place, people, login)
    try:
        people.set_active(account.id, active=False)
    except Refused as problems:
        raise refused(place, problems) from None
    say(place, f"{account.login} can no longer sign in.", login=account.login, active=False)


@user.command()
@click.argument("login")
@click.pass_obj
def enable(place: Place, login: str) -> None:
    """Let a user sign in again."""
    people = People(open_accounts(place))
    account = named(place, people, login)
    people.set_active(account.id, active=True)
    say(place, f"{account.login} can sign in again.", login=account.login, active=True)


@user.command("reset-password")
@click.argument("login")
@click.pass_obj
def reset_password(place: Place, login: str) -> None:
    """Give a user a new password.

    Prints a one-time password and ends their sessions.
    """
    people = People(open_accounts(place))
    account = named(place, people, login)
    _tell_password(place, account.login, people.reset_password(account.id))


def _tell_password(place: Place, login: str, password: str) -> None:
    say(place, f"{login} signs in with the one-time password {password}", login=login, password=password)


def _as_json(account: Account) -> dict[str, object]:
    shown = ("login", "name", "administrator", "active")
    return {**{name: getattr(account, name) for name in shown}, "roles": sorted(account.roles)}
