"""kartoteka init: a new folder with a configuration to begin from."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from engine.config.schema import as_text, entities_schema, root_schema
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say

SAMPLES = ("starter", "clients", "superstore")
_POINTER = "# yaml-language-server: $schema="


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", type=click.Choice(SAMPLES), default="starter", show_default=True, help="What to begin from.")
@click.pass_obj
def init(place: Place, folder: Path, sample: str) -> None:
    """Make a folder to begin from.

    FOLDER gets a configuration that can be applied as it is. It must not exist yet, or be empty.
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        fail(place, f"{folder} is not empty. Choose another folder.", 2)
    copy_sample(sample, folder)
    where = "kartoteka" if folder == Path() else f"kartoteka -C {folder}"
    text = "\n  ".join(
        (f"{folder.resolve()} is ready. Next:", *(f"{where} {name}" for name in ("check", "apply", "serve")))
    )
    say(place, text, folder=str(folder), sample=sample)


def copy_sample(sample: str, folder: Path) -> None:
    """Copy a sample's configuration, with the schemas for editors beside it."""
    with as_file(files("sample_configs") / sample) as source:
        shutil.copytree(
            source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__", "data")
        )
    schemas = folder / ".schema"
    schemas.mkdir(exist_ok=True)
    for name, made in (("kartoteka", root_schema()), ("entities", entities_schema())):
        (schemas / f"{name}.schema.json").write_text(as_text(made), encoding="utf-8", newline="\n")
    for path in (*folder.glob("*.yaml"), *folder.glob("*/*.yaml")):
        _point_to_schema(path, folder)


def _point_to_schema(path: Path, folder: Path) -> None:
    """The first line tells editors where the schema is: in the copy it lies in the folder itself."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith(_POINTER):
        return
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    name = "kartoteka" if path.name.startswith("kartoteka.") else "entities"
    path.write_text(f"{_POINTER}{up}.schema/{name}.schema.json\n{rest}", encoding="utf-8", newline="\n")
