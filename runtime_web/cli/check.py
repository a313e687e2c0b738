"""kartoteka check: is the configuration right?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from runtime_web.cli.place import Place
from runtime_web.cli.say import plural, say_json, tell_problems


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def check(place: Place, path: Path | None) -> None:
    """Check the configuration.

    PATH is its file or folder, by default the folder one works in. Prints every problem with its file, line and
    column, and ends with 1 when there is an error.
    """
    place = replace(place, folder=path) if path else place
    configuration, problems = place.read_configuration()
    if place.as_json:
        say_json({"ok": configuration is not None, "problems": [found.as_json() for found in problems]})
    else:
        tell_problems(place, problems)
        errors = sum(found.severity == "error" for found in problems)
        warnings = len(problems) - errors
        counts = [plural(errors, "error")] if errors else []
        counts += [plural(warnings, "warning")] if warnings else []
        if configuration is not None:
            fields = sum(len(entity.fields) for entity in configuration.entities.values())
            entities = plural(len(configuration.entities), "entity", "entities")
            click.echo(f"{entities} with {plural(fields, 'field')}: {', '.join(counts) or 'no problems'}.")
        else:
            click.echo(f"\n{', '.join(counts)}.")
    if configuration is None:
        raise SystemExit(1)
