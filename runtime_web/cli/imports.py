"""kartoteka import: records from a spreadsheet or CSV file."""

from __future__ import annotations

from pathlib import Path

import click

from engine.config.excerpt import harmless
from engine.exchange import BadCell, Import, ImportResult, read_sheet, write_errors
from engine.fields.locale import LANGUAGES, locale_for
from runtime_web.cli.bars import Bars
from runtime_web.cli.place import Place
from runtime_web.cli.say import plural, say_json

SHOWN = 50


@click.command("import")
@click.argument("entity")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--match", default="", metavar="FIELD", help="Update the record that has the same value here.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option(
    "--errors",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write every bad cell to this workbook.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="How dates and numbers in texts are written; by default as in the configuration's language.",
)
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; by default the first one.")
@click.option("--encoding", default="", metavar="NAME", help="Of a CSV file, such as cp1251; by default it is guessed.")
@click.pass_obj
def import_command(  # noqa: PLR0917 - click gives them by name
    place: Place,
    entity: str,
    file: Path,
    match: str,
    dry_run: bool,
    errors: Path | None,
    language: str | None,
    sheet: str,
    encoding: str,
) -> None:
    """Import FILE into ENTITY.

    FILE is CSV, XLSX, XLS or ODS; its first row holds names or labels of fields. Everything is checked first; then all
    rows are written in one transaction, or none when a single cell is wrong.
    """
    records = place.records(place.open_database())
    configuration = records.configuration
    place.known_entity(configuration, entity)
    locale = locale_for(language or configuration.language, configuration.timezone)
    with Bars(place) as bars:
        bars.show("opening", 0, None)
        read = read_sheet(file, sheet=sheet, encoding=encoding)
        result = Import(records, entity, read, locale, match=match, progress=bars.show).run(dry_run=dry_run)
    if result.bad and errors:
        write_errors(errors, result)
    if place.as_json:
        _tell_json(result)
    elif result.bad:
        _tell_bad(file, result, errors)
    else:
        _tell_done(result)
    if result.bad:
        raise SystemExit(1)


def _tell_json(result: ImportResult) -> None:
    names = ("rows", "added", "updated", "unchanged", "written", "more")
    facts: dict[str, object] = {name: getattr(result, name) for name in names}
    say_json(facts | {"bad": [_as_json(bad) for bad in result.bad]})


def _tell_bad(file: Path, result: ImportResult, errors: Path | None) -> None:
    for bad in result.bad[:SHOWN]:
        click.echo(harmless(f"{file.name}: {bad}"))
    if len(result.bad) > SHOWN:
        click.echo(f"… and {len(result.bad) - SHOWN:,} more.")
    where = f"They are in {errors}." if errors else "Use --errors FILE to get them as a workbook."
    count = ("more than " if result.more else "") + plural(len(result.bad), "bad cell")
    click.secho(f"Nothing was imported: {count}. {where}", fg="red", err=True)


def _tell_done(result: ImportResult) -> None:
    verb = "Imported" if result.written else "Would import"
    counts = [f"{result.added:,} added"]
    counts += [f"{result.updated:,} updated"] if result.updated else []
    counts += [f"{result.unchanged:,} unchanged"] if result.unchanged else []
    click.echo(f"{verb} {plural(result.rows, 'row')}: {', '.join(counts)}.")


def _as_json(bad: BadCell) -> dict[str, object]:
    return {"row": bad.row, "column": bad.letters, "heading": bad.column, "value": bad.value, **bad.problem.as_json()}
