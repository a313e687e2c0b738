"""A number of stars."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.field import Formatter, Value
from engine.fields.integer import Whole
from engine.fields.locale import Locale


class RatingField(Whole):
    """One star or more; no star is blank."""

    type: Literal["rating"]
    max: Annotated[int, Key(ge=2, le=10)] = Key(5, description="The most stars, 2 to 10.")

    summary: ClassVar[str] = "A number of stars: how good a supplier is, how hot a lead."
    example: ClassVar[str] = "{type: rating, max: 5}"
    align_end: ClassVar[bool] = False

    @property
    def bounds(self) -> tuple[int, int]:
        return 1, self.max

    def read(self, text: str, locale: Locale) -> Value:
        """A number, or the stars themselves."""
        stars = re.fullmatch("(★+)☆*", text)
        return len(stars[1]) if stars else super().read(text, locale)

    def formatter(self, locale: Locale) -> Formatter:
        most = self.max
        return lambda value: "★" * value + "☆" * (most - value)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else str(value)
