"""What commands print: sentences and problems for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

import click

from engine.config.excerpt import excerpt, harmless
from engine.config.load import home
from engine.problems import Problem


class Spoken(Protocol):
    """What commands need to know of a place to speak: for whom, and where the files of its configuration are."""

    @property
    def as_json(self) -> bool: ...

    @property
    def folder(self) -> Path: ...


def say(place: Spoken, text: str, **facts: Any) -> None:
    """Tell a person a sentence, or a program the facts."""
    if place.as_json:
        say_json(facts)
    else:
        click.echo(text)


def say_json(facts: Any) -> None:
    """One JSON document on the output."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str))


def fail(place: Spoken, text: str, code: int = 1) -> NoReturn:
    """End the command with one sentence."""
    if place.as_json:
        say_json({"error": text})
    else:
        click.secho(harmless(text), fg="red", err=True)
    raise SystemExit(code)


def tell_problems(place: Spoken, problems: Sequence[Problem]) -> None:
    """Every problem: where, the source line with a caret, the sentence, the hint."""
    if place.as_json:
        say_json({"problems": [found.as_json() for found in problems]})
        return
    folder = home(place.folder)
    for found in problems:
        parts = excerpt(found, folder)
        colour = "red" if found.severity == "error" else "yellow"
        where = f"{parts.position}: " if parts.position else ""
        click.echo(f"{click.style(where, bold=True)}{click.style(found.severity, fg=colour)}: {parts.sentence}")
        if parts.caret:
            click.echo(f"    {parts.line}\n    {click.style(parts.caret, fg=colour)}")
        if parts.hint:
            click.echo(f"  {click.style(parts.hint, dim=True)}")


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its word: "1 record", "1,204 records"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
