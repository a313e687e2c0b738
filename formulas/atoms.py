"""The smallest values of a formula: numbers, texts, paths of names and called functions, out of single tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from formulas.problems import Unparsed, finding
from formulas.tokens import Token

USER = "USER()"
"""How a scope names the record of who asks."""
_HUNDREDTH = Decimal(1).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a path: a name, or a label in braces, and where it stands."""

    name: str
    start: int
    end: int
    label: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """A value that stands for itself, or the name of a function that is called.

    `parts` belong to a path, `value` to a constant, `name` to a function.
    """

    kind: Literal["constant", "path", "function"]
    start: int
    end: int
    value: Decimal | str | bool | None = None
    parts: tuple[Part, ...] = ()
    name: str = ""


def constant(tokens: Sequence[Token], at: int) -> tuple[Atom, int]:
    """The number (with its percent sign) or text at a position, and the position behind it."""
    token = tokens[at]
    if token.kind == "number" and kind_at(tokens, at + 1) == "percent":
        assert isinstance(token.value, Decimal)
        return Atom("constant", token.start, tokens[at + 1].end, token.value * _HUNDREDTH), at + 2
    return Atom("constant", token.start, token.end, token.value), at + 1


def named(tokens: Sequence[Token], at: int) -> tuple[Atom, int]:
    """The path, or the function with its opening bracket left, at a position, and the position behind it."""
    parts, after = _path(tokens, at)
    start, end = parts[0].start, parts[-1].end
    if kind_at(tokens, after) == "open" and parts[0].name != USER:
        return Atom("function", start, end, name=_function_name(parts)), after
    return Atom("path", start, end, parts=tuple(parts)), after


def _path(tokens: Sequence[Token], at: int) -> tuple[list[Part], int]:
    if _calls_user(tokens, at):
        parts, at = [Part(USER, tokens[at].start, tokens[at + 2].end)], at + 3
    else:
        parts, at = [_part(tokens[at])], at + 1
    while kind_at(tokens, at) == "dot":
        if kind_at(tokens, at + 1) not in {"name", "label"}:
            raise Unparsed(finding("formula-value-missing", tokens[at].start, tokens[at].end, where="after “.”"))
        parts.append(_part(tokens[at + 1]))
        at += 2
    return parts, at


def _part(token: Token) -> Part:
    return Part(token.text, token.start, token.end, label=token.kind == "label")


def _calls_user(tokens: Sequence[Token], at: int) -> bool:
    named_so = tokens[at].kind == "name" and tokens[at].text.upper() == "USER"
    return named_so and kind_at(tokens, at + 1) == "open" and kind_at(tokens, at + 2) == "close"


def _function_name(parts: Sequence[Part]) -> str:
    # Finnish Excel has points in the names of functions.
    return ".".join(part.name for part in parts)


def kind_at(tokens: Sequence[Token], at: int) -> str:
    """The kind of the token at a position, "" behind the last one."""
    return tokens[at].kind if at < len(tokens) else ""
