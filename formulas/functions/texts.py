"""Texts: their parts, their case, their spaces. Positions count from 1, in characters."""

from __future__ import annotations

import re
from decimal import Decimal

from formulas.decimals import ONE, whole
from formulas.function import Function, number, text
from formulas.text import LONGEST
from formulas.types import BOOLEAN, NUMBER, TEXT
from formulas.values import Fault

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,10})?")
_SPACES = re.compile(" +")
_CONTROL = re.compile("[\x00-\x1f]")


def fitting(content: str) -> str:
    """The text itself if it is not too long."""
    if len(content) > LONGEST:
        raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    return content


def as_number(content: str) -> Decimal | None:
    """The number that a text says, or None."""
    return Decimal(content) if _NUMBER.fullmatch(content) else None


def counted(count: Decimal) -> int:
    """A number of characters."""
    if count < 0:
        raise Fault("#VALUE!", "A number of characters is not negative.")
    return whole(count)


def offset(position: Decimal) -> int:
    """How many characters stand before a position."""
    if position < 1:
        raise Fault("#VALUE!", "Positions count from 1.")
    return whole(position) - 1


def _left(content: str, count: Decimal = ONE) -> str:
    return content[: counted(count)]


def _right(content: str, count: Decimal = ONE) -> str:
    return content[max(len(content) - counted(count), 0) :]


def _middle(content: str, start: Decimal, count: Decimal) -> str:
    first = offset(start)
    return content[first : first + counted(count)]


def _upper(content: str) -> str:
    return fitting(content.upper())


def _lower(content: str) -> str:
    return fitting(content.lower())


def _proper(content: str) -> str:
    return fitting(content.title())


def _trim(content: str) -> str:
    return _SPACES.sub(" ", content).strip(" ")


def _clean(content: str) -> str:
    return _CONTROL.sub("", content)


def _exact(left: str, right: str) -> bool:
    return left == right


FUNCTIONS = (
    Function(
        "LEFT",
        (text("text"), number("count", optional=True)),
        TEXT,
        _left,
        "The first characters of a text.",
        (('LEFT("invoice"; 3)', '"inv"'), ('LEFT("a"; -1)', "#VALUE!"), ("LEFT(123; 2)", '"12"')),
        ru="ЛЕВСИМВ",
        fi="VASEN",
    ),
    Function(
        "RIGHT",
        (text("text"), number("count", optional=True)),
        TEXT,
        _right,
        "The last characters of a text.",
        (('RIGHT("invoice"; 3)', '"ice"'), ('RIGHT("a"; 0)', "blank"), ('RIGHT("a"; -1)', "#VALUE!")),
        ru="ПРАВСИМВ",
        fi="OIKEA",
    ),
    Function(
        "MID",
        (text("text"), number("start"), number("count")),
        TEXT,
        _middle,
        "So many characters of a text from a position on.",
        (('MID("invoice"; 3; 2)', '"vo"'), ('MID("a"; 0; 1)', "#VALUE!")),
        ru="ПСТР",
        fi="POIMI.TEKSTI",
    ),
    Function(
        "LEN",
        (text("text"),),
        NUMBER,
        len,
        "How many characters a text has.",
        (('LEN("abc")', "3"), ('LEN("")', "0")),
        ru="ДЛСТР",
        fi="PITUUS",
    ),
    Function(
        "UPPER",
        (text("text"),),
        TEXT,
        _upper,
        "The text in capitals.",
        (('UPPER("total")', '"TOTAL"'), ('UPPER("ёж")', '"ЁЖ"')),
        ru="ПРОПИСН",
        fi="ISOT",
    ),
    Function(
        "LOWER",
        (text("text"),),
        TEXT,
        _lower,
        "The text in small letters.",
        (('LOWER("Total")', '"total"'), ('LOWER("ȘTEFAN")', '"ștefan"')),
        ru="СТРОЧН",
        fi="PIENET",
    ),
    Function(
        "PROPER",
        (text("text"),),
        TEXT,
        _proper,
        "Each word with a capital first letter.",
        (('PROPER("anna-maria ROSSI")', '"Anna-Maria Rossi"'), ('PROPER("2nd")', '"2Nd"')),
        ru="ПРОПНАЧ",
        fi="ERISNIMI",
    ),
    Function(
        "TRIM",
        (text("text"),),
        TEXT,
        _trim,
        "The text without spaces at its ends, and with one space where there were several.",
        (('TRIM("  a   b ")', '"a b"'), ('TRIM("a")', '"a"')),
        ru="СЖПРОБЕЛЫ",
        fi="POISTA.VÄLIT",
    ),
    Function(
        "CLEAN",
        (text("text"),),
        TEXT,
        _clean,
        "The text without line breaks, tabs and other characters that do not print.",
        (('CLEAN("a" & CHAR(10) & "b")', '"ab"'), ('CLEAN("a b")', '"a b"')),
        ru="ПЕЧСИМВ",
        fi="SIIVOA",
    ),
    Function(
        "EXACT",
        (text("left"), text("right")),
        BOOLEAN,
        _exact,
        "Yes if two texts are the same to the letter, with their case.",
        (('EXACT("a"; "a")', "TRUE"), ('EXACT("a"; "A")', "FALSE")),
        ru="СОВПАД",
        fi="VERTAA",
    ),
)
