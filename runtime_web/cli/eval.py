"""kartoteka eval: what does a formula give?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click

from engine.config.excerpt import harmless
from formulas import Compiled, Evaluator, FormulaError, FormulaProblem, Money, compile_formula
from formulas.once import context_of, described
from formulas.text import as_text
from formulas.values import Value
from runtime_web.cli.place import Place
from runtime_web.cli.say import say_json

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,10})?", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}")
_WORDS = {"": None, "true": True, "false": False}


@click.command("eval")
@click.argument("formula")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A value for a name; several with ; are a list."
)
@click.option(
    "--rate",
    "rates",
    multiple=True,
    metavar="CODE=RATE",
    help="What one unit of a currency is worth in the business's own, or in EUR where there is no configuration.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What TODAY() gives; by default the computer's date.")
@click.pass_obj
def eval_command(
    place: Place, formula: str, settings: tuple[str, ...], rates: tuple[str, ...], today: dt.datetime | None
) -> None:
    """Compute a formula.

    Values are numbers with a point, amounts as 100 USD, dates as 2024-12-31, true or false, and texts; quotes make
    anything a text. Ends with 1 when the formula is wrong or gives an error.
    """
    scope, values = described(dict(map(_setting, settings)))
    compiled = compile_formula(formula, scope)
    if not isinstance(compiled, Compiled):
        _tell_problems(place, formula, compiled)
        raise SystemExit(1)
    context = replace(context_of(today.date() if today else None), rate=_rates(place, rates))
    found = Evaluator(context).value(compiled.tree, values)
    _say_value(place, compiled, found)
    if isinstance(found, FormulaError):
        raise SystemExit(1)


def _rates(place: Place, given: tuple[str, ...]) -> Callable[[str, str, dt.date], Fraction | None]:
    """The same rates for every day."""
    configuration = place.read_configuration()[0] if given and place.exists else None
    worth = {configuration.currency if configuration else "EUR": Fraction(1)}
    for text in given:
        code, _, rate = (part.strip() for part in text.partition("="))
        if not _CODE.fullmatch(code) or not _NUMBER.fullmatch(rate) or Decimal(rate) <= 0:
            raise click.BadParameter(f"{text} is not like USD=0.92.", param_hint="--rate")
        worth[code] = Fraction(rate)

    def known(have: str, want: str, day: dt.date) -> Fraction | None:
        del day
        return worth[have] / worth[want] if have in worth and want in worth else None

    return known


def _setting(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text} is not like name=value.", param_hint="--set")
    quoted = value.strip()[:1] in {"'", '"'}
    items = [value] if quoted or ";" not in value else value.split(";")
    found = [_value(item.strip()) for item in items]
    return name.strip(), found if len(found) > 1 else found[0]


def _value(text: str) -> Any:
    if text[:1] in {"'", '"'} and text[-1:] == text[:1] and len(text) > 1:
        return text[1:-1]
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    number, _, code = text.partition(" ")
    if _CODE.fullmatch(code) and _NUMBER.fullmatch(number):
        return Money(Decimal(number), code)
    for kind in (dt.date, dt.datetime, dt.time):
        with suppress(ValueError):
            return kind.fromisoformat(text)
    return text


def _say_value(place: Place, compiled: Compiled, found: Value) -> None:
    if place.as_json and isinstance(found, FormulaError):
        say_json({"error": found.code, "reason": found.reason})
    elif place.as_json:
        say_json({"value": None if found is None else as_text(found), "type": compiled.type.kind})
    elif isinstance(found, FormulaError):
        click.echo(f"{click.style(found.code, fg='red')} {found.reason}".rstrip())
    else:
        click.echo("(blank)" if found is None else as_text(found))


def _tell_problems(place: Place, formula: str, problems: tuple[FormulaProblem, ...]) -> None:
    if place.as_json:
        say_json({"problems": [_as_json(found) for found in problems]})
        return
    line = harmless("".join(" " if character.isspace() else character for character in formula))
    for found in problems:
        mark = " " * found.start + "^" * max(found.end - found.start, 1)
        click.echo(f"{click.style('error', fg='red')}: {found.sentence}\n    {line}\n    {click.style(mark, fg='red')}")
        if found.hint:
            click.echo(f"  {click.style(found.hint, dim=True)}")


def _as_json(found: FormulaProblem) -> dict[str, object]:
    place = {"start": found.start, "end": found.end, "candidates": list(found.candidates)}
    return {"code": found.code, "message": found.sentence, "hint": found.hint, **place}
