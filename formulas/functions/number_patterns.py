"""Numbers as TEXT writes them: Excel's patterns, such as "0.00", "#,##0.00", "0%", "000-000", "0.0;-0.0;nothing".

Up to three sections, for positive, negative and zero. The signs of a pattern are English ones in every language: a
point, a comma between thousands. Colours, conditions, fractions and exponents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from formulas.decimals import rounded
from formulas.values import Fault

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<sign>[0#?.,%;])|_(?P<space>.)|\*(?P<fill>.)|(?P<bad>[\["@dDmMyYhHsS]|[eE][+-]|\\)'
    r"|(?P<other>.)",
    re.DOTALL,
)
_PLACEHOLDERS = frozenset("0#?")
_MOST_SCALES = 6
LONGEST_PATTERN = 255


@dataclass(frozen=True, slots=True)
class Token:
    """A sign of a pattern, or a piece of text that stands as it is."""

    content: str
    literal: bool

    @property
    def placeholder(self) -> bool:
        """Whether a digit stands here."""
        return not self.literal and self.content in _PLACEHOLDERS

    def is_sign(self, sign: str) -> bool:
        """Whether it is one sign with a meaning."""
        return not self.literal and self.content == sign


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a pattern: what stands before the point, and behind it, and how the number is scaled."""

    before: tuple[Token, ...]
    behind: tuple[Token, ...]
    point: bool
    grouped: bool
    scale: int

    @property
    def places(self) -> int:
        """How many digits stand behind the point."""
        return sum(token.placeholder for token in self.behind)

    def rounded(self, number: Decimal) -> Decimal:
        """The number as far as it is shown."""
        return rounded(number.scaleb(self.scale), self.places)

    def written(self, number: Decimal) -> str:
        """A number that is not negative."""
        digits, _, fraction = format(self.rounded(number), "f").partition(".")
        tail = _fraction(fraction.ljust(self.places, "0"), self.behind)
        return self._whole(digits.lstrip("0")) + ("." if self.point else "") + tail

    def _whole(self, digits: str) -> str:
        """From the right: each placeholder takes a digit, the leftmost one all that are left."""
        written: list[str] = []
        remaining = sum(token.placeholder for token in self.before)
        rest, count = list(digits), 0
        for token in reversed(self.before):
            if not token.placeholder:
                written.append(token.content[::-1])
                continue
            remaining -= 1
            for digit in _taken(rest, token.content, all_of_them=not remaining):
                written.append("," if self.grouped and count and count % 3 == 0 else "")
                written.append(digit)
                count += 1
        return "".join(written)[::-1]


def _taken(rest: list[str], placeholder: str, *, all_of_them: bool) -> list[str]:
    taken = [rest.pop() for _ in range(len(rest) if all_of_them else min(len(rest), 1))]
    return taken or {"0": ["0"], "?": [" "]}.get(placeholder, [])


def _fraction(digits: str, tokens: Sequence[Token]) -> str:
    """From the left; zeros at the end stand only where the pattern has a 0."""
    significant = len(digits.rstrip("0"))
    written, index = "", 0
    for token in tokens:
        if not token.placeholder:
            written += token.content
            continue
        shown = index < significant or token.content == "0"
        written += digits[index] if shown else {"?": " "}.get(token.content, "")
        index += 1
    return written


def written(number: Decimal, pattern: str) -> str:
    """The number as a pattern says."""
    sections = parsed(pattern)
    if number < 0 and len(sections) > 1:
        return sections[1].written(-number)
    if not number and len(sections) > 2:
        return sections[2].written(number)
    digits = sections[0].written(abs(number))
    return f"-{digits}" if number < 0 and sections[0].rounded(number) else digits


@lru_cache(maxsize=256)
def parsed(pattern: str) -> tuple[Section, ...]:
    """The sections of a pattern."""
    if len(pattern) > LONGEST_PATTERN:
        raise refused()
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(pattern):
        token = _token(found)
        if token.is_sign(";"):
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_section(tokens) for tokens in sections[:3])


def refused() -> Fault:
    """What a pattern gives that is none."""
    return Fault("#VALUE!", "The pattern is not one that TEXT understands.")


def _token(found: re.Match[str]) -> Token:
    kind, content = found.lastgroup, found.group(found.lastgroup or 0)
    if kind == "bad":
        raise refused()
    if kind == "sign":
        return Token(content, literal=False)
    return Token({"space": " ", "fill": ""}.get(kind or "", content), literal=True)


def _section(tokens: Sequence[Token]) -> Section:
    percents = sum(token.is_sign("%") for token in tokens)
    point = next((index for index, token in enumerate(tokens) if token.is_sign(".")), len(tokens))
    before, behind = list(tokens[:point]), list(tokens[point + 1 :])
    if any(token.is_sign(".") for token in behind):
        raise refused()
    thousands = _thousands(tokens)
    if max(percents, thousands) > _MOST_SCALES:
        raise refused()
    return Section(
        before=tuple(token for token in before if not token.is_sign(",")),
        behind=tuple(token for token in behind if not token.is_sign(",")),
        point=point < len(tokens),
        grouped=_is_grouped(before),
        scale=2 * percents - 3 * thousands,
    )


def _thousands(tokens: Sequence[Token]) -> int:
    """Commas behind the last digit: each divides by a thousand."""
    last = max((index for index, token in enumerate(tokens) if token.placeholder), default=-1)
    return sum(token.is_sign(",") for token in tokens[last + 1 :])


def _is_grouped(tokens: Sequence[Token]) -> bool:
    """Whether a comma stands between two digits."""
    places = [index for index, token in enumerate(tokens) if token.placeholder]
    return bool(places) and any(token.is_sign(",") for token in tokens[places[0] : places[-1]])
