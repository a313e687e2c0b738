"""The lines of a record: child records that are edited, saved and deleted with it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field as Key

from engine.fields.field import Field


class LinesField(Field):
    """No value of its own: the records of the child entity `of` whose parent is this record."""

    type: Literal["lines"]
    of: str = Key(description="The child entity.")

    summary: ClassVar[str] = "Lines that belong to this record and are edited in it: the goods of an order."
    example: ClassVar[str] = "{type: lines, of: order_line}"
    sortable: ClassVar[bool] = False
    typed_in: ClassVar[bool] = False
    takes_default: ClassVar[bool] = False
