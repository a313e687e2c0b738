"""Texts put together, searched and replaced in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from formulas.decimals import ONE, whole
from formulas.function import Function, condition, number, text
from formulas.functions.texts import counted, fitting, offset
from formulas.functions.wildcards import wildcards
from formulas.text import LONGEST, as_text
from formulas.types import NUMBER, TEXT
from formulas.values import Fault, Value

_TEXTS = text("text").with_(repeating=True, ranges="spread")


def _concatenate(*values: Value) -> str:
    return _joined("", values)


def _join(delimiter: str, skip_blanks: bool, *values: Value) -> str:
    return _joined(delimiter, (value for value in values if not skip_blanks or as_text(value)))


def _joined(delimiter: str, values: Iterable[Value]) -> str:
    """Piece by piece, so that a text that grows too long is never built."""
    pieces: list[str] = []
    length = -len(delimiter)
    for value in values:
        pieces.append(as_text(value))
        length += len(pieces[-1]) + len(delimiter)
        if length > LONGEST:
            raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    return delimiter.join(pieces)


def _repeat(content: str, times: Decimal) -> str:
    count = counted(times)
    if len(content) * count > LONGEST:
        raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    return content * count if content else ""


def _find(wanted: str, content: str, start: Decimal = ONE) -> int:
    return content.find(wanted, offset(start)) + 1


def _search(wanted: str, content: str, start: Decimal = ONE) -> int:
    first = offset(start)
    return 0 if first > len(content) else wildcards(wanted).find(content, first) + 1


def _substitute(content: str, old: str, new: str, which: Decimal | None = None) -> str:
    if which is not None and which < 1:
        raise Fault("#VALUE!", "Occurrences count from 1.")
    if not old:
        return content
    if which is not None:
        return _substitute_one(content, old, new, whole(which))
    grown = len(content) + content.count(old) * (len(new) - len(old))
    if grown > LONGEST:
        raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    return content.replace(old, new)


def _substitute_one(content: str, old: str, new: str, which: int) -> str:
    pieces = content.split(old, min(which, LONGEST))
    if len(pieces) <= which:
        return content
    return fitting(old.join(pieces[:which]) + new + pieces[which])


def _replace(content: str, start: Decimal, count: Decimal, new: str) -> str:
    first = offset(start)
    return fitting(content[:first] + new + content[first + counted(count) :])


FUNCTIONS = (
    Function(
        "CONCAT",
        (_TEXTS,),
        TEXT,
        _concatenate,
        'Joins texts; also written with a sign: "No. " & number.',
        (('CONCAT("No. "; 7)', '"No. 7"'), ('CONCAT("a"; "")', '"a"')),
        ru="СЦЕП",
        fi="YHDISTÄ",
    ),
    Function(
        "CONCATENATE",
        (_TEXTS,),
        TEXT,
        _concatenate,
        "Joins texts, as CONCAT does.",
        (('CONCATENATE("a"; 1.50)', '"a1.5"'), ('CONCATENATE("a"; TRUE)', '"aTRUE"')),
        ru="СЦЕПИТЬ",
        fi="KETJUTA",
    ),
    Function(
        "TEXTJOIN",
        (text("delimiter"), condition("skip_blanks"), _TEXTS),
        TEXT,
        _join,
        'Joins texts with a delimiter between them: TEXTJOIN(", "; TRUE; lines.product).',
        (('TEXTJOIN(", "; TRUE; "a"; ""; "b")', '"a, b"'), ('TEXTJOIN("-"; FALSE; "a"; ""; "b")', '"a--b"')),
        ru="ОБЪЕДИНИТЬ",
        fi="TEKSTI.YHDISTÄ",
    ),
    Function(
        "REPT",
        (text("text"), number("times")),
        TEXT,
        _repeat,
        "The text so many times over.",
        (('REPT("ab"; 3)', '"ababab"'), ('REPT("a"; -1)', "#VALUE!")),
        ru="ПОВТОР",
        fi="TOISTA",
    ),
    Function(
        "FIND",
        (text("wanted"), text("text"), number("start", optional=True)),
        NUMBER,
        _find,
        "The position at which a text first stands in another, with its case; 0 where it does not.",
        (('FIND("b"; "abc")', "2"), ('FIND("B"; "abc")', "0")),
        ru="НАЙТИ",
        fi="ETSI",
    ),
    Function(
        "SEARCH",
        (text("wanted"), text("text"), number("start", optional=True)),
        NUMBER,
        _search,
        "As FIND, but in any case and with wildcards: ? for one character, * for any number of them.",
        (('SEARCH("B"; "abc")', "2"), ('SEARCH("a?c"; "xabc")', "2"), ('SEARCH("z"; "abc")', "0")),
        ru="ПОИСК",
        fi="KÄY.LÄPI",
    ),
    Function(
        "SUBSTITUTE",
        (text("text"), text("old"), text("new"), number("which", optional=True)),
        TEXT,
        _substitute,
        "The text with one part replaced by another wherever it stands, or only where it stands for the nth time.",
        (('SUBSTITUTE("a-b-c"; "-"; "")', '"abc"'), ('SUBSTITUTE("a-b-c"; "-"; "+"; 2)', '"a-b+c"')),
        ru="ПОДСТАВИТЬ",
        fi="VAIHDA",
    ),
    Function(
        "REPLACE",
        (text("text"), number("start"), number("count"), text("new")),
        TEXT,
        _replace,
        "The text with so many characters from a position on replaced by another text.",
        (('REPLACE("abcd"; 2; 2; "X")', '"aXd"'), ('REPLACE("ab"; 3; 0; "c")', '"abc"')),
        ru="ЗАМЕНИТЬ",
        fi="KORVAA",
    ),
)
