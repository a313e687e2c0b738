"""Texts and numbers, one out of the other: patterns and character codes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from formulas.decimals import ZERO, whole
from formulas.function import Function, Parameter, number, text
from formulas.functions import date_patterns, number_patterns
from formulas.functions.texts import as_number, fitting
from formulas.text import as_text
from formulas.types import NUMBER, TEXT
from formulas.values import Context, Fault, Value

_GENERAL = {"general", "@", ""}
_SURROGATES = range(0xD800, 0xE000)
_LAST_CHARACTER = 0x10FFFF


def _value(content: str) -> Decimal | None:
    if not content:
        return None
    found = as_number(content)
    if found is None:
        raise Fault("#VALUE!", "The text is not a number.")
    return found


def _text(context: Context, value: Value, pattern: str) -> str:
    if pattern.lower() in _GENERAL:
        return as_text(value)
    match value:
        case Decimal():
            return fitting(number_patterns.written(value, pattern))
        case dt.datetime():
            moment = value.astimezone(context.timezone)
            return fitting(date_patterns.written(moment, pattern, context.language))
        case dt.date() | dt.time():
            return fitting(date_patterns.written(value, pattern, context.language))
        case None:
            return _blank(pattern)
        case _:
            return as_text(value)


def _blank(pattern: str) -> str:
    """A blank number counts as 0, a blank date gives a blank: the pattern says which it is."""
    try:
        return number_patterns.written(ZERO, pattern)
    except Fault:
        return ""


def _character(code: Decimal) -> str:
    if not 1 <= code < _LAST_CHARACTER + 1 or whole(code) in _SURROGATES:
        raise Fault("#VALUE!", "No character has this code.")
    return chr(whole(code))


def _code(content: str) -> int:
    if not content:
        raise Fault("#VALUE!", "An empty text has no first character.")
    return ord(content[0])


FUNCTIONS = (
    Function(
        "VALUE",
        (text("text"),),
        NUMBER,
        _value,
        "The number that a text says, with a point and no other signs; a blank text gives a blank.",
        (('VALUE("12.50")', "12.5"), ('VALUE("12,50")', "#VALUE!"), ('VALUE("")', "blank")),
        ru="ЗНАЧЕН",
        fi="ARVO",
    ),
    Function(
        "TEXT",
        (
            Parameter("value", ("number", "money", "date", "datetime", "time", "text", "boolean"), blanks=True),
            text("pattern"),
        ),
        TEXT,
        _text,
        'A number, date or time as a pattern says: "#,##0.00", "0%", "dd.mm.yyyy", "d mmmm yyyy", "hh:mm".',
        (
            ('TEXT(1234.5; "#,##0.00")', '"1,234.50"'),
            ('TEXT(TODAY(); "dd.mm.yyyy")', '"15.05.2024"'),
            ('TEXT(0.256; "0.0%")', '"25.6%"'),
        ),
        context=True,
        ru="ТЕКСТ",
        fi="TEKSTI",
    ),
    Function(
        "CHAR",
        (number("code"),),
        TEXT,
        _character,
        "The character of a Unicode number: CHAR(10) begins a new line.",
        (("CHAR(65)", '"A"'), ("CHAR(8364)", '"€"'), ("CHAR(0)", "#VALUE!")),
        ru="СИМВОЛ",
        fi="MERKKI",
    ),
    Function(
        "CODE",
        (text("text"),),
        NUMBER,
        _code,
        "The Unicode number of the first character.",
        (('CODE("A")', "65"), ('CODE("€")', "8364"), ('CODE("")', "#VALUE!")),
        ru="КОДСИМВ",
        fi="KOODI",
    ),
)
