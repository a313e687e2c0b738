"""kartoteka explain: why has a computed field its value?"""

from __future__ import annotations

from collections.abc import Iterator

import click

from engine.fields.locale import LANGUAGES, locale_for
from engine.problems import nearest
from engine.records import Missing
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say_json
from runtime_web.explaining import view_of
from runtime_web.views.explanation import ShownPart, ShownRows, ShownValue


@click.command()
@click.argument("entity")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.argument("field")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Of labels, numbers and dates; by default the configuration's.",
)
@click.pass_obj
def explain(place: Place, entity: str, number: int, field: str, language: str | None) -> None:
    """Show how FIELD of a record of ENTITY is computed.

    Prints the formula, what each part of it came to, and the records that the values were read from.
    """
    records = place.records(place.open_database())
    configuration = records.configuration
    place.known_entity(configuration, entity)
    computed = [name for name, one in configuration.entities[entity].fields.items() if one.formula is not None]
    if field not in computed:
        near = nearest(field, computed)
        hint = f"Did you mean {near}?" if near else f"There are: {', '.join(computed) or 'none'}."
        fail(place, f"{entity} has no computed field {field}. {hint}", 2)
    try:
        found = records.explain(entity, number, field)
    except Missing:
        fail(place, f"There is no record {number} of {entity}.")
    view = view_of(found, configuration, locale_for(language or configuration.language, configuration.timezone))
    if place.as_json:
        parts = [_as_json(part) for part in view.parts]
        say_json(
            {"field": field, "formula": view.formula, "value": view.value.text, "note": view.value.note, "parts": parts}
        )
        return
    click.echo(f"{click.style(view.title, bold=True)}: {view.label} = {_value(view.value)}\n  {view.formula}")
    if view.kept:
        click.echo(f"  {view.kept}")
    for part in view.parts:
        for line in _lines(part, "  "):
            click.echo(line)


def _lines(part: ShownPart, indent: str) -> Iterator[str]:
    if part.value:
        source = f"  ({part.source})" if part.source else ""
        yield f"{indent}{part.label or part.text} = {_value(part.value)}{source}"
    if part.rows:
        yield from _rows(part.rows, indent)
    for inner in part.parts:
        yield from _lines(inner, indent + "  ")


def _rows(rows: ShownRows, indent: str) -> Iterator[str]:
    yield f"{indent}{rows.label}: {rows.counted}{f', {rows.condition}' if rows.condition else ''}"
    for row in rows.listed:
        yield f"{indent}  {row.title}" + (f" = {_value(row.value)}" if row.value else "")
    for note in rows.notes:
        yield f"{indent}  {note}"


def _value(value: ShownValue) -> str:
    return f"{value.text} ({value.note})" if value.note else value.text


def _as_json(part: ShownPart) -> dict[str, object]:
    found: dict[str, object] = {"text": part.text, "label": part.label}
    if part.value:
        found |= {"value": part.value.text, "note": part.value.note, "source": part.source}
    if part.rows:
        listed = [{"title": row.title, "value": row.value.text if row.value else None} for row in part.rows.listed]
        found["rows"] = {"counted": part.rows.counted, "condition": part.rows.condition, "listed": listed}
    return found | {"parts": [_as_json(inner) for inner in part.parts]}
