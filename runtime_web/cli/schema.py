"""kartoteka schema: the JSON Schema of the language, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from engine.config.schema import as_text, entities_schema, root_schema
from runtime_web.cli.place import Place
from runtime_web.cli.say import say


@click.command()
@click.option("--entities", is_flag=True, help="The schema of included files instead of kartoteka.yaml's.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write both schemas into this folder.")
@click.pass_obj
def schema(place: Place, entities: bool, out: Path | None) -> None:
    """Print the JSON Schema.

    An editor that knows it completes and checks kartoteka.yaml.
    """
    if out is None:
        click.echo(as_text(entities_schema() if entities else root_schema()), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, made in (("kartoteka", root_schema()), ("entities", entities_schema())):
        (out / f"{name}.schema.json").write_text(as_text(made), encoding="utf-8", newline="\n")
    say(place, f"Written to {out}: kartoteka.schema.json and entities.schema.json.", folder=str(out))
