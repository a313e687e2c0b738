"""The body of a call: JSON of a bounded size and depth, read without losing a digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from flask import request

from engine.problems import problem
from runtime_web.api.answers import JSON, Halt, Shape

KILOBYTE = 1024
LARGEST = 4096
"""Kilobytes; a thousand records of four kilobytes each."""
DEEPEST = 12


def json_body() -> Shape:
    """The object that was sent.

    Raises:
        Halt: 415 for another media type, 413 for too much, 400 for what is no JSON object.
    """
    if request.mimetype != JSON:
        raise Halt(415, problem("body-media-type", kind=JSON))
    limit = LARGEST * KILOBYTE
    if (request.content_length or 0) > limit:
        raise Halt(413, problem("body-too-large", maximum=LARGEST))
    sent = request.stream.read(limit + 1)
    if len(sent) > limit:
        raise Halt(413, problem("body-too-large", maximum=LARGEST))
    found = read_json(sent)
    if not isinstance(found, dict):
        raise _not_json()
    return found


def read_json(sent: bytes | str) -> Any:
    """The value that a text of JSON is. Numbers with a point are exact; a key that stands twice is refused.

    Raises:
        Halt: 400, it is none, or too deep.
    """
    try:
        text = sent.decode("utf-8") if isinstance(sent, bytes) else sent
        found = json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise _not_json() from error
    if _is_deeper(found, DEEPEST):
        raise _not_json()
    return found


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects are nested in more levels than these."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in inner)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _not_json() -> Halt:
    return Halt(400, problem("body-not-json", depth=DEEPEST))
