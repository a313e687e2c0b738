"""The command line, `kartoteka`: one module per command, listed in `commands`.

Exit codes: 0 fine, 1 findings or a failure that was told, 2 wrong use. `--json` makes output for programs, before the
command or after it. Commands act for whoever owns the computer, as the system itself.
"""

from __future__ import annotations

from pathlib import Path

import click

from runtime_web.cli.commands import Commands
from runtime_web.cli.place import Place

__all__ = ["main"]


@click.group(cls=Commands)
@click.version_option(package_name="kartoteka", prog_name="kartoteka")
@click.option(
    "--folder",
    "-C",
    type=click.Path(path_type=Path),
    default=Path(),
    envvar="KARTOTEKA_FOLDER",
    help="The folder with kartoteka.yaml; by default the current one.",
)
@click.option(
    "--database",
    envvar="KARTOTEKA_DATABASE",
    default="",
    metavar="URL",
    help="Such as postgresql://user@host/name; by default a SQLite file in FOLDER/data.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def main(context: click.Context, folder: Path, database: str, as_json: bool) -> None:
    """Record-keeping from a YAML description.

    Begin with `kartoteka init FOLDER`, or look around with `kartoteka demo`.
    """
    context.obj = Place(folder, database, as_json)
