"""kartoteka report: the numbers of a report, on the screen or as a file."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import NoReturn

import click

from engine.config.nodes import plain
from engine.config.read import read as read_yaml
from engine.config.source import Source, open_source
from engine.fields.locale import LANGUAGES, locale_for
from engine.model import Configuration, Report
from engine.problems import Problem, Unfit, nearest
from engine.records import Records
from engine.rights import SYSTEM
from engine.saved import SavedReports
from runtime_web.addresses import LARGEST
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say, tell_problems
from runtime_web.reports.asking import LIVE, Answer, answer
from runtime_web.reports.files import FORMS, as_screen
from runtime_web.reports.given import UnknownFilter, with_filters
from runtime_web.reports.offered import unfit
from runtime_web.reports.spec import SpecWrong, shaped

GIVEN = tuple(form for form in FORMS if form != LIVE)
PROGRAMS = ("csv", "json", "svg")
"""Forms that are texts, and so may go to the screen."""


@click.command()
@click.argument("name", required=False, default="")
@click.option(
    "--spec",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A report that stands in a YAML or JSON file of its own, instead of NAME.",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="FILTER=VALUE",
    help="Set a filter: a month (2026-10), a quarter (2026-Q3), two days with .. between them, last_month, or values.",
)
@click.option("--format", "form", type=click.Choice(GIVEN), help="By default a table for people.")
@click.option("--live", is_flag=True, help="A workbook that computes its numbers from a sheet of the records.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it to this file.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of labels; by default the configuration's.")
@click.pass_obj
def report(  # noqa: PLR0917 - click gives them by name
    place: Place,
    name: str,
    spec: Path | None,
    params: tuple[str, ...],
    form: str | None,
    live: bool,
    out: Path | None,
    language: str | None,
) -> None:
    """Compute a report.

    NAME is one of the configuration, or the number of a shared one. Numbers of a file are exact; every total is computed from the records.
    """
    records = place.records(place.open_database())
    configuration = records.configuration
    asked = _from_file(place, records, spec) if spec else _named(place, records, name)
    asked = _filtered(place, configuration, asked, params)
    form = _form(place, form, out, live=live)
    try:
        locale = locale_for(language or configuration.language, configuration.timezone)
        found = answer(records, asked, locale, live=form == LIVE)
    except Unfit as misfit:
        tell_problems(place, [misfit.at()])
        raise SystemExit(1) from None
    _write(place, found, form, out)


def _form(place: Place, form: str | None, out: Path | None, *, live: bool) -> str:
    """What is written: as it is said, else as the name of the file ends; "" for the screen."""
    said = form or (out.suffix.removeprefix(".").casefold() if out else "")
    if said and said not in GIVEN:
        fail(place, f"A report is written as {', '.join(GIVEN)}, not as {said}.", 2)
    if live and said not in ("", "xlsx"):
        fail(place, "Only a workbook can be live: take --format xlsx.", 2)
    return LIVE if live else said


def _named(place: Place, records: Records, name: str) -> Report:
    """A report of the configuration, or a shared one by its number."""
    configuration = records.configuration
    if name.isascii() and name.isdigit():
        saved = SavedReports(records.database, configuration, SYSTEM).get(min(int(name), LARGEST))
        if saved is None or saved.report is None:
            fail(place, f"Nobody shares a report with the number {name}.", 2)
        wrong = unfit(records, saved.report)
        if wrong:
            _end(place, wrong)
        return saved.report
    if name not in configuration.reports:
        near = nearest(name, configuration.reports)
        there = ", ".join(configuration.reports) or "none"
        fail(place, f"There is no report {name}. {f'Did you mean {near}?' if near else f'There are: {there}.'}", 2)
    return configuration.reports[name]


def _from_file(place: Place, records: Records, path: Path) -> Report:
    source = open_source(path, path.name)
    node, problems = read_yaml(source.text, path.name) if isinstance(source, Source) else (None, (source,))
    if problems or node is None:
        _end(place, problems)
    try:
        found = shaped(plain(node).data)
    except SpecWrong as wrong:
        fail(place, f"{path.name}: {' '.join(wrong.sentences)}", 2)
    wrong_parts = unfit(records, found)
    if wrong_parts:
        _end(place, wrong_parts)
    return found


def _end(place: Place, problems: tuple[Problem, ...]) -> NoReturn:
    tell_problems(place, problems)
    raise SystemExit(2)


def _filtered(place: Place, configuration: Configuration, asked: Report, params: tuple[str, ...]) -> Report:
    pairs = [text.partition("=") for text in params]
    wrong = next((text for text, (_, sign, _value) in zip(params, pairs, strict=True) if not sign), None)
    if wrong is not None:
        fail(place, f"Write --param FILTER=VALUE, not {wrong}.", 2)
    try:
        return with_filters(configuration, asked, {name: value for name, _, value in pairs})
    except UnknownFilter as unknown:
        there = ", ".join(asked.filters) or "none"
        fail(place, f"The report has no filter {unknown}. There are: {there}.", 2)


def _write(place: Place, found: Answer, form: str, out: Path | None) -> None:
    if not form:
        click.echo(as_screen(found))
        return
    body, _kind = FORMS[form](found)
    if out is not None:
        out.write_bytes(body)
        say(place, f"Written to {out}.", file=str(out), records=found.records)
    elif form in PROGRAMS:
        click.echo(body.removeprefix(BOM_UTF8), nl=False)
    else:
        fail(place, "A workbook needs a file: name one by --out.", 2)
