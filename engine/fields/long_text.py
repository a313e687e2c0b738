"""Text of several lines."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.field import Value
from engine.fields.text import Worded, plain_text

LIMIT = 100_000


class LongTextField(Worded):
    """Plain text in as many lines as needed; line ends are kept, as single line feeds."""

    type: Literal["long_text"]
    max_length: Annotated[int, Key(ge=1, le=LIMIT)] = Key(
        10_000, description="The longest text allowed, in characters."
    )

    summary: ClassVar[str] = "Text of several lines: notes, an address, a description."
    example: ClassVar[str] = "{type: long_text, help: What was agreed}"
    sortable: ClassVar[bool] = False
    longest: ClassVar[int] = 4 * LIMIT

    def accept(self, value: Value) -> Value:
        return plain_text(value, self.max_length)
