"""A line of text."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import Column
from engine.fields.field import TEXT_OPERATORS, Field, Value
from engine.fields.locale import Locale
from engine.problems import Unfit

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# A text that turns the direction of what stands beside it, or differs invisibly from another one, only ever misleads.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_LINE_SPACE = re.compile("[\n\r\t\u00a0\u0085\u2028\u2029]+")
_MARKS_IN_A_ROW = 30
LONGEST_COMPARED = 2000


class Worded(Field):
    """What fields of plain text share: a folded shadow column and the operators on text."""

    operators: ClassVar[tuple[str, ...]] = TEXT_OPERATORS
    searched_by_default: ClassVar[bool] = True

    def column(self) -> Column:
        return Column("text", folded=True)

    def operand(self, text: str, locale: Locale) -> Value:
        return one_line(text, 200)


class TextField(Worded):
    """A line of text, trimmed, in composed Unicode form."""

    type: Literal["text"]
    max_length: Annotated[int, Key(ge=1, le=1000)] = Key(200, description="The longest text allowed, in characters.")

    summary: ClassVar[str] = "A line of text: a name, a number with letters, a city."
    example: ClassVar[str] = "{type: text, required: true, max_length: 100}"
    longest: ClassVar[int] = 4000

    def accept(self, value: Value) -> Value:
        return one_line(value, self.max_length)


def plain_text(value: Value, limit: int) -> str | None:
    """Composed, trimmed text without control characters, or None when nothing is left.

    Raises:
        Unfit: `value-wrong-kind`, `text-invalid` or `too-long`.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unfit("value-wrong-kind")
    text = _INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > 4 * limit + 100:
        # Composing never shortens a text by more than that.
        raise Unfit("too-long", length=len(text.strip()), maximum=limit)
    if _REFUSED.search(text) or _piled_up(text):
        raise Unfit("text-invalid")
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > limit:
        raise Unfit("too-long", length=len(text), maximum=limit)
    return text or None


def exact_text(text: str) -> str:
    """A text to compare with letter for letter, as it is.

    Raises:
        Unfit: `text-invalid` or `too-long`; no text is so.
    """
    if len(text) > LONGEST_COMPARED:
        raise Unfit("too-long", length=len(text), maximum=LONGEST_COMPARED)
    if _REFUSED.search(text):
        raise Unfit("text-invalid")
    return text


def one_line(value: Value, limit: int) -> str | None:
    """`plain_text` with line ends, tabs and no-break spaces turned into spaces: in a line they are never meant."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and len(value) <= limit:
            return value.strip() or None  # nothing that could have to be changed or refused
        value = _LINE_SPACE.sub(" ", value)
    return plain_text(value, limit)


def _piled_up(text: str) -> bool:
    """Whether combining marks follow each other in a number that no language has; sorting them takes quadratic time."""
    if text.isascii():
        return False
    runs = groupby(text, lambda sign: unicodedata.combining(sign) != 0)
    return any(len(list(run)) > _MARKS_IN_A_ROW for marks, run in runs if marks)
