"""The page docs/command-line.md, written from the commands themselves: `python -m runtime_web.cli.reference`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from runtime_web.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs/command-line.md"
COMMON = frozenset({"--help", "--version", "--json"})
"""Options of every command, which the introduction tells of."""
INTRODUCTION = """\
# Command line

Written by `make docs` from the commands themselves. A command works in the folder that holds `kartoteka.yaml`: the
current one, or the one that `-C` names. What people enter is kept in `data` beside it, unless `--database` names a
server. `--json` makes output for programs and may stand before the command or behind it; `--help` explains a command.

Exit codes: 0 all is fine, 1 something was found or has failed and was told, 2 the command was used wrongly.
"""


def page() -> str:
    """The text of the page."""
    context = click.Context(main, info_name="kartoteka")
    parts = [INTRODUCTION, _options(main, context)]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command:
            parts += _command(command, click.Context(command, info_name=name, parent=context))
    return "\n".join(part for part in parts if part)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## {context.command_path.removeprefix('kartoteka ')}\n"
    yield f"    {context.command_path} {usage}\n"
    yield inspect.cleandoc(command.help or "").replace("\b\n", "") + "\n"
    yield _options(command, context)
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _command(inner, click.Context(inner, info_name=name, parent=context))


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for option in command.get_params(context):
        shown = option.get_help_record(context) if isinstance(option, click.Option) else None
        if shown and COMMON.isdisjoint(option.opts):
            name, text = (part.replace("|", "\\|") for part in shown)
            rows.append(f"| `{name}` | {' '.join(text.split())} |")
    return "\n".join(["| option | |", "|---|---|", *rows, ""]) if rows else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
