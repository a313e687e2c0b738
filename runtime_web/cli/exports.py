"""kartoteka export: records to a CSV or XLSX file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from engine.exchange import export_csv, export_xlsx
from engine.fields.column import FILES
from engine.fields.locale import LANGUAGES, locale_for
from engine.model import Configuration, View
from engine.problems import nearest
from engine.query import Query, Sort
from runtime_web.cli.bars import Bars
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, plural, say

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command()
@click.argument("entity")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A .csv or .xlsx file; by default CSV to the screen.",
)
@click.option("--view", default="", metavar="NAME", help="The columns and order of this view; by default all fields.")
@click.option("--columns", default="", metavar="NAMES", help="These fields, with commas between them.")
@click.option("--search", default="", metavar="WORDS", help="Only records that contain these words.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Of headings and choices; by default the configuration's.",
)
@click.option(
    "--delimiter",
    type=click.Choice(list(DELIMITERS)),
    default="comma",
    show_default=True,
    help="What stands between the cells of a CSV file.",
)
@click.pass_obj
def export(  # noqa: PLR0917 - click gives them by name
    place: Place,
    entity: str,
    out: Path | None,
    view: str,
    columns: str,
    search: str,
    language: str | None,
    delimiter: str,
) -> None:
    """Export the records of ENTITY.

    What is written can be imported again: references are named by their title, dates and numbers are exact.
    """
    records = place.records(place.open_database())
    configuration = records.configuration
    place.known_entity(configuration, entity)
    locale = locale_for(language or configuration.language, configuration.timezone)
    wanted = _view(place, configuration, entity, view)
    names = _columns(place, configuration, entity, columns) if columns else wanted.columns
    query = Query(
        entity, names, search=search, sort=tuple(Sort.parse(text) for text in wanted.sort), where=wanted.where or ""
    )
    export_text = partial(export_csv, records, query, locale, delimiter=DELIMITERS[delimiter])
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        export_text(sys.stdout)
        return
    with Bars(place) as bars, replacing(out) as fresh:
        progress = partial(_progress, bars, records.count(query).number)
        if out.suffix.casefold() == ".xlsx":
            count = export_xlsx(records, query, locale, fresh, progress=progress)
        else:
            with fresh.open("w", encoding="utf-8-sig", newline="") as file:
                count = export_text(file, progress=progress)
    say(place, f"{plural(count, 'record')} written to {out}.", records=count, file=str(out))


def _view(place: Place, configuration: Configuration, entity: str, name: str) -> View:
    """The view of this name; by default every field that an import can bring back, in the usual order."""
    described = configuration.entities[entity]
    if name and name not in described.views:
        near = nearest(name, described.views)
        hint = f"Did you mean {near}?" if near else f"There are: {', '.join(described.views) or 'none'}."
        fail(place, f"{entity} has no view {name}. {hint}", 2)
    view = configuration.view(entity, name or None)[1]
    return view if name else view.model_copy(update={"columns": _all_columns(configuration, entity), "where": None})


def _all_columns(configuration: Configuration, entity: str) -> tuple[str, ...]:
    parent = configuration.parent_of(entity)
    fields = [
        name
        for name, field in configuration.entities[entity].fields.items()
        if field.column() or ((links := field.links()) and links.target != FILES)
    ]
    return (*([parent] if parent else []), *fields)


def _columns(place: Place, configuration: Configuration, entity: str, listed: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in listed.split(",") if name.strip())
    known = _all_columns(configuration, entity)
    for name in names:
        if name not in known:
            near = nearest(name, known)
            hint = f"Did you mean {near}?" if near else f"There are: {', '.join(known)}."
            fail(place, f"{entity} has no field {name} that can be exported. {hint}", 2)
    return names


def _progress(bars: Bars, total: int, done: int) -> None:
    bars.show("writing", done, max(total, done))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place at the end; when something fails, what was there stays."""
    fresh = path.with_name(f".{path.name}.part")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
