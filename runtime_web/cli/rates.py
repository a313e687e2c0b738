"""kartoteka rates: the exchange rates, from the computer that the program runs on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from engine.config.excerpt import harmless
from engine.exchange import read_sheet
from engine.fields.locale import LANGUAGES, locale_for
from engine.problems import Refused
from engine.rates import Entry, ExchangeRates, Rate
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from formulas.decimals import canonical
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, plural, say, say_json, tell_problems

SHOWN = 50


@click.group()
def rates() -> None:
    """Manage the exchange rates that CONVERT uses."""


@rates.command("list")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="So many, the newest first.")
@click.pass_obj
def list_rates(place: Place, limit: int) -> None:
    """The rates, the newest first."""
    door = _door(place)
    found = door.page(1, limit)
    if place.as_json:
        say_json({"currency": door.own, "count": found.count, "rates": [_as_json(rate) for rate in found.rates]})
        return
    for rate in found.rates:
        click.echo(f"{rate.date}  {_told(rate, door.own)}")
    if found.count > len(found.rates):
        click.echo(f"… and {found.count - len(found.rates):,} earlier ones.")
    if not found.count:
        click.echo("There are no exchange rates yet. Enter one with kartoteka rates set.")


@rates.command("set")
@click.argument("currency")
@click.argument("rate")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="From which day it holds; by default from today."
)
@click.pass_obj
def set_rate(place: Place, currency: str, rate: str, day: dt.datetime | None) -> None:
    """Enter a rate: what one unit of CURRENCY is worth in the currency of the business."""
    door = _door(place)
    configuration = door.tables.configuration
    locale = locale_for("en", configuration.timezone)
    since = day.date() if day else locale.today()
    try:
        entered, before = door.set(Entry(currency, since.isoformat(), rate), locale)
    except Refused as refused:
        tell_problems(place, refused.problems)
        raise SystemExit(1) from None
    was = f"; it was {canonical(before.rate)}" if before else ""
    say(place, f"From {entered.date}: {_told(entered, door.own)}{was}.", **_as_json(entered))


@rates.command()
@click.argument("currency")
@click.argument("day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def remove(place: Place, currency: str, day: dt.datetime) -> None:
    """Remove the rate that CURRENCY has from DATE on; the one before it holds again."""
    door = _door(place)
    gone = door.remove(currency.upper(), day.date())
    if gone is None:
        fail(place, f"{currency.upper()} has no rate that begins on {day.date()}.")
    say(place, f"Removed: {gone.date}, {_told(gone, door.own)}.", **_as_json(gone))


@rates.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="How dates and numbers in texts are written; by default as in the configuration's language.",
)
@click.pass_obj
def import_rates(place: Place, file: Path, language: str | None) -> None:
    """Enter the rates of FILE, or none where a cell is wrong.

    FILE is CSV, XLSX, XLS or ODS with the columns currency, date and rate.
    """
    door = _door(place)
    configuration = door.tables.configuration
    locale = locale_for(language or configuration.language, configuration.timezone)
    result = door.import_sheet(read_sheet(file), locale)
    if result.bad and not place.as_json:
        for bad in result.bad[:SHOWN]:
            click.echo(harmless(f"{file.name}: {bad}"))
        fail(place, f"Nothing was imported: {plural(len(result.bad), 'bad cell')}.")
    if place.as_json:
        told = [{"row": one.row, "column": one.letters, **one.problem.as_json()} for one in result.bad]
        say_json({"rows": result.rows, "added": result.added, "updated": result.updated, "bad": told})
    else:
        click.echo(f"Entered {plural(result.added, 'new rate')}, changed {result.updated:,}.")
    if result.bad:
        raise SystemExit(1)


def _door(place: Place) -> ExchangeRates:
    database = place.open_database()
    return ExchangeRates(database, describe_tables(place.applied(database)), SYSTEM)


def _told(rate: Rate, own: str) -> str:
    return f"1 {rate.currency} = {canonical(rate.rate)} {own}"


def _as_json(rate: Rate) -> dict[str, str]:
    return {"currency": rate.currency, "date": rate.date.isoformat(), "rate": canonical(rate.rate)}
