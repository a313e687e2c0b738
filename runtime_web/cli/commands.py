"""The commands by name, imported when they are used, and the one place where their failures become sentences."""

from __future__ import annotations

import errno
from dataclasses import replace
from importlib import import_module
from typing import Any

import click

from engine.problems import Refused, nearest
from runtime_web.cli.faults import sentence_of, write_down
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, tell_problems

COMMANDS = {
    "init": "runtime_web.cli.init:init",
    "check": "runtime_web.cli.check:check",
    "plan": "runtime_web.cli.plan:plan_command",
    "apply": "runtime_web.cli.apply:apply_command",
    "serve": "runtime_web.cli.serve:serve",
    "worker": "runtime_web.cli.worker:worker",
    "user": "runtime_web.cli.user:user",
    "token": "runtime_web.cli.token:token",
    "import": "runtime_web.cli.imports:import_command",
    "export": "runtime_web.cli.exports:export",
    "report": "runtime_web.cli.report:report",
    "rights": "runtime_web.cli.rights:rights",
    "rates": "runtime_web.cli.rates:rates",
    "demo": "runtime_web.cli.demo:demo",
    "doctor": "runtime_web.cli.doctor:doctor",
    "schema": "runtime_web.cli.schema:schema",
    "history": "runtime_web.cli.history:history",
    "explain": "runtime_web.cli.explain:explain",
    "eval": "runtime_web.cli.eval:eval_command",
}
"""Each command's module and name. Loading all of them would take a second that `kartoteka check` does not need."""


class Commands(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        _add_json(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            near = nearest(args[0], COMMANDS)
            hint = f"Did you mean {near}?" if near else "kartoteka --help lists them."
            ctx.fail(f"There is no command {args[0]}. {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever it raises ends in a sentence, never in a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever reads the output has enough; click ends quietly
            _tell(ctx.obj or Place(), error)


def _tell(place: Place, error: Exception) -> None:
    if isinstance(error, Refused):
        tell_problems(place, error.problems)
        raise SystemExit(1) from None
    sentence = sentence_of(error)
    if sentence:
        fail(place, sentence)
    number, path = write_down(place, error)
    fail(place, f"Something went wrong that should not have. It is written down in {path} under the number {number}.")


def _add_json(command: click.Command) -> None:
    """Let `--json` stand behind a command too, where people write it."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _add_json(inner)
    elif not any(parameter.name == "json" for parameter in command.params):
        told = "Print JSON for programs."
        command.params.append(
            click.Option(["--json"], is_flag=True, expose_value=False, callback=_choose_json, help=told)
        )


def _choose_json(context: click.Context, _: click.Parameter, chosen: bool) -> None:
    inner: click.Context | None = context
    while chosen and inner is not None:
        inner.obj = replace(inner.obj or Place(), as_json=True)
        inner = inner.parent
