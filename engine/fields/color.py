"""A colour."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from engine.fields.column import Column
from engine.fields.field import BLANK, Field, Value
from engine.problems import Unfit

_LONG = re.compile("#?([0-9a-f]{6})", re.IGNORECASE)
_SHORT = re.compile("#?([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)


class ColorField(Field):
    """A colour as #rrggbb."""

    type: Literal["color"]

    summary: ClassVar[str] = "A colour, such as that of a stage on a board."
    example: ClassVar[str] = '{type: color, default: "#2a62b8"}'
    operators: ClassVar[tuple[str, ...]] = BLANK
    sortable: ClassVar[bool] = False

    def column(self) -> Column:
        return Column("text")

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, str):
            raise Unfit("value-wrong-kind")
        long, short = _LONG.fullmatch(value), _SHORT.fullmatch(value)
        if long:
            return f"#{long[1].lower()}"
        if short:
            return "#" + "".join(2 * digit for digit in short.groups()).lower()
        raise Unfit("not-a-color", value=value[:50], example="#2a62b8")
