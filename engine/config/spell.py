"""Python values as YAML or JSON text that reads back as the same values.

A text is written plain only where every YAML reader takes it for text: `no`, `012`, `2026-01-01` get quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.config.nodes import Style

WIDTH = 100
"""Collections that are longer on one line are written as blocks."""

_PLAIN = re.compile(r"-?[^\W\d_](?:[\w .;()/+*<=!?$€&'@%|^~-]*[\w.;()/+*=!?$€'@%^~])?\Z")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_OTHERWISE = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])


def flow(value: Any, style: Style = "plain", *, is_json: bool = False) -> str:
    """A value on one line; `style` is how a text is quoted if it can be."""
    if is_json:
        return _escaped(json.dumps(_plain(value), ensure_ascii=False))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        return text(value, style)
    if is_collection(value):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return _number(value)


def block(value: Any, indent: int, newline: str) -> str:
    """A mapping or list over several lines; the first line is not indented, the others are."""
    rows = []
    if isinstance(value, Mapping):
        rows = [f"{flow(key)}:{_below(item, indent, newline)}" for key, item in value.items()]
    else:
        rows = [f"- {flow(item)}" for item in value]
    return (newline + " " * indent).join(rows)


def _below(item: Any, indent: int, newline: str) -> str:
    short = flow(item)
    if len(short) + indent <= WIDTH or not is_collection(item) or not item:
        return f" {short}"
    inside = indent + 2
    return newline + " " * inside + block(item, inside, newline)


def is_collection(value: Any) -> bool:
    """Whether a value is written as a mapping or a list."""
    return isinstance(value, Mapping | list | tuple)


def text(value: str, style: Style = "plain") -> str:
    """A text in the style it had before, where that can hold it."""
    # A bracket that nobody closes looks as if a comma had cut the text, inside a list it would be taken for that.
    whole = value.count("(") <= value.count(")")
    if style == "plain" and whole and _PLAIN.match(value) and value.casefold() not in _OTHERWISE:
        return value
    if style == "'" and not _CONTROL.search(value) and "\n" not in value and "\t" not in value:
        return "'" + value.replace("'", "''") + "'"
    return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(quoted: str) -> str:
    """Double-quoted text with escapes for what may not stand in a file as it is."""
    return _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def _number(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    raise TypeError(f"a configuration holds no {type(value).__name__}")


def _plain(value: Any) -> Any:
    """What json can write: decimals become text, as everywhere in JSON of ours."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if is_collection(value):
        return [_plain(item) for item in value]
    if value is not None and not isinstance(value, str):
        _number(value)
    return value
