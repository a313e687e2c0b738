"""The words of a formula's text: numbers, texts, names, operators, each with its place in the text.

Spellings of Excel and of word processors become one spelling here: `<>` and `≠`, curly quotes, a typographic minus.
What looks like something else than it would be (1e5, **, A1:B2) is refused with what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from formulas.problems import FormulaProblem, Unparsed, finding

LONGEST = 4000
PARTS = 500
"""Values that a formula may put together; with what stands between them, twice as many words."""
WHOLE_DIGITS = 18
PLACES = 10

TokenKind = Literal["number", "text", "name", "label", "operator", "open", "close", "separator", "dot", "percent"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `text` is its one spelling; `value` the value of a number or text."""

    kind: TokenKind
    text: str
    start: int
    end: int
    value: Decimal | str | None = None


_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?P<tail>\w*))
  | (?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*'|[“”„][^“”„]*[“”]|[‘’‚][^‘’‚]*[‘’])
  | (?P<label>\{[^{}]*\})
  | (?P<name>[^\W\d]\w*)
  | (?P<unknown>\*\*|//|&&|\|\||:=|->|<<|>>|=>|=<|===|!==|\+=|-=|~|\||!(?!=)|@)
  | (?P<operator><=|>=|<>|!=|==|[-=<>+*/^&≤≥≠−–×·÷])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<separator>[,;])
  | (?P<dot>\.)
  | (?P<percent>%)
    """,
    re.VERBOSE,
)
_SPELLINGS = MappingProxyType(
    {
        "=": "==",
        "<>": "!=",
        "≠": "!=",
        "≤": "<=",
        "≥": ">=",
        "−": "-",
        "–": "-",
        "×": "*",
        "·": "*",
        "÷": "/",
    }
)
_INSTEAD = MappingProxyType(
    {
        "**": "^ for a power",
        "//": "INT(a / b)",
        "&&": "and",
        "||": "or, or & to join texts",
        "|": "or",
        "!": "not",
        "~": "not",
        "=>": ">=",
        "=<": "<=",
        "===": "=",
        "!==": "<>",
    }
)
_CHARACTERS = MappingProxyType(
    {
        "\\": "formula-backslash",
        "#": "formula-hash",
        "$": "formula-dollar",
        ":": "formula-colon",
        "[": "formula-square-brackets",
        "]": "formula-square-brackets",
        '"': "formula-quote-open",
        "'": "formula-quote-open",
        "“": "formula-quote-open",
        "„": "formula-quote-open",
        "‘": "formula-quote-open",
        "{": "formula-label-open",
    }
)
_OPEN = frozenset({"formula-quote-open", "formula-label-open"})


def tokens(text: str) -> tuple[Token, ...]:
    """All words of a text; raises Unparsed with every word that is none."""
    if len(text) > LONGEST:
        raise Unparsed(finding("formula-too-long", LONGEST, len(text), limit=LONGEST))
    problems: list[FormulaProblem] = []
    found: list[Token] = []
    for one in _scan(text):
        if isinstance(one, Token):
            found.append(one)
        else:
            problems.append(one)
        if len(found) > 2 * PARTS:
            raise Unparsed(finding("formula-too-large", 0, len(text), limit=PARTS))
    if problems:
        raise Unparsed(*problems)
    # As in a cell of Excel, an equals sign may stand before the whole.
    if found and text[found[0].start : found[0].end] == "=":
        del found[0]
    if not found:
        raise Unparsed(finding("formula-empty", 0, len(text)))
    return tuple(found)


def _scan(text: str) -> Iterator[Token | FormulaProblem]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            yield _stray(text, position)
            # Behind an open quote nothing can be told apart any more.
            if _CHARACTERS.get(text[position]) in _OPEN:
                return
            position += 1
            continue
        position = match.end()
        kind = _kind(match)
        if kind != "space":
            yield _MAKE[kind](match.group(), match.start(), position)


def _kind(match: re.Match[str]) -> str:
    # The last group that took part is `tail` for numbers, which stands inside theirs.
    name = match.lastgroup or "space"
    return "number" if name == "tail" else name


def _stray(text: str, position: int) -> FormulaProblem:
    character = text[position]
    code = _CHARACTERS.get(character, "formula-character")
    end = len(text) if code in _OPEN else position + 1
    shown = f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
    return finding(code, position, end, character=shown)


def _number(text: str, start: int, end: int) -> Token | FormulaProblem:
    whole, _, places = text.partition(".")
    if not (text.isascii() and (whole + places).isdecimal()) or text.endswith("."):
        return finding("formula-number-form", start, end, text=text[:40])
    if len(whole.lstrip("0")) > WHOLE_DIGITS or len(places.rstrip("0")) > PLACES:
        return finding("formula-number-digits", start, end, whole=WHOLE_DIGITS, places=PLACES)
    return Token("number", text, start, end, Decimal(text))


def _text(text: str, start: int, end: int) -> Token | FormulaProblem:
    quote = text[0]
    inside = text[1:-1].replace(quote * 2, quote) if quote in "\"'" else text[1:-1]
    if "\0" in inside:
        return finding("formula-character", start, end, character="U+0000")
    return Token("text", text, start, end, unicodedata.normalize("NFC", inside))


def _label(text: str, start: int, end: int) -> Token | FormulaProblem:
    inside = " ".join(text[1:-1].split())
    return Token("label", inside, start, end) if inside else finding("formula-label-empty", start, end)


def _name(text: str, start: int, end: int) -> Token | FormulaProblem:
    if text.startswith("_"):
        return finding("formula-name-private", start, end)
    if unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFC", text):
        return finding("formula-name-unusual", start, end, text=text[:40])
    return Token("name", unicodedata.normalize("NFC", text), start, end)


def _unknown(text: str, start: int, end: int) -> FormulaProblem:
    if text in _INSTEAD:
        return finding("formula-operator-unknown", start, end, text=text, instead=_INSTEAD[text])
    return finding("formula-operator-unknown", start, end, text=text)


def _operator(text: str, start: int, end: int) -> Token:
    return Token("operator", _SPELLINGS.get(text, text), start, end)


def _plain(kind: TokenKind) -> Callable[[str, int, int], Token]:
    return lambda text, start, end: Token(kind, text, start, end)


_MAKE: MappingProxyType[str, Callable[[str, int, int], Token | FormulaProblem]] = MappingProxyType(
    {
        "number": _number,
        "text": _text,
        "label": _label,
        "name": _name,
        "unknown": _unknown,
        "operator": _operator,
        "open": _plain("open"),
        "close": _plain("close"),
        "separator": _plain("separator"),
        "dot": _plain("dot"),
        "percent": _plain("percent"),
    }
)
