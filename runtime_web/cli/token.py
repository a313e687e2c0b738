"""kartoteka token: the tokens by which programs call the API, from the computer that the program runs on."""

from __future__ import annotations

import datetime as dt
import json

import click

from engine.accounts import Account, People, Token, Tokens, Wish
from engine.accounts.tokens import READ, SCOPES
from engine.problems import Refused, nearest, problem
from engine.storage import Database
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say


@click.group()
def token() -> None:
    """Manage the tokens of programs."""


@token.command()
@click.argument("login")
@click.argument("name")
@click.option("--for", "scopes", multiple=True, type=click.Choice(SCOPES), help="What it is for; by default read.")
@click.option("--days", type=int, help="How long it lives; by default until it is revoked.")
@click.option(
    "--entity", "entities", multiple=True, help="Reach only this entity, and its lines; may stand repeatedly."
)
@click.pass_obj
def add(
    place: Place, login: str, name: str, *, scopes: tuple[str, ...], days: int | None, entities: tuple[str, ...]
) -> None:
    """Make a token for a user.

    Prints the token, which is not kept anywhere. A program that has it does what the user may do.
    """
    database = place.open_database()
    known = place.applied(database).entities
    unknown = [problem("token-entity", entity=one, nearest=nearest(one, known)) for one in entities if one not in known]
    if unknown:
        raise Refused(unknown)
    account = _named(place, database, login)
    made, secret = Tokens(database).make(account, Wish(name, scopes or (READ,), days, entities or None))
    say(place, f"{account.login} has the token {secret}", login=account.login, id=made.id, token=secret)


@token.command("list")
@click.argument("login")
@click.pass_obj
def list_tokens(place: Place, login: str) -> None:
    """The tokens of a user."""
    database = _opened(place)
    found = Tokens(database).of(_named(place, database, login).id)
    if place.as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        reached = "" if one.entities is None else f" of {', '.join(sorted(one.entities))}"
        click.echo(f"{one.id:>4}  {one.begins}…  {one.name}  ({' '.join(sorted(one.scopes))}{reached}, {_state(one)})")
    if not found:
        click.echo(f"{login} has no tokens. Make one with kartoteka token add {login} NAME.")


@token.command()
@click.argument("login")
@click.argument("number", type=int)
@click.pass_obj
def revoke(place: Place, login: str, number: int) -> None:
    """Let a token open nothing any more."""
    database = _opened(place)
    account = _named(place, database, login)
    gone = Tokens(database).revoke(account.id, number)
    if gone is None:
        raise Refused([problem("token-unknown", login=account.login, number=number)])
    say(place, f"The token “{gone.name}” of {account.login} opens nothing any more.", login=account.login, id=number)


def _opened(place: Place) -> Database:
    database = place.open_database()
    place.applied(database)
    return database


def _named(place: Place, database: Database, login: str) -> Account:
    people = People(database)
    account = people.named(login)
    if account is None:
        near = nearest(login, [known.login for known in people.all()])
        unknown = problem("login-unknown", login=login, nearest=near)
        fail(place, f"{unknown.sentence} {unknown.hint}".strip())
    return account


def _state(token: Token) -> str:
    if token.revoked_at:
        return "revoked"
    if not token.usable(dt.datetime.now(dt.UTC)):
        return "expired"
    return f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "until it is revoked"


def _as_json(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "begins": token.begins,
        "scopes": sorted(token.scopes),
        "entities": None if token.entities is None else sorted(token.entities),
        "state": _state(token),
    }
