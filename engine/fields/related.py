"""The other side of a reference: the records that point at this one."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field as Key

from engine.fields.field import Field


class RelatedField(Field):
    """No value of its own: the records of the entity `of` whose reference `by` is this record."""

    type: Literal["related"]
    of: str = Key(description="The entity that points here.")
    by: str = Key(description="Its reference field that points here.")

    summary: ClassVar[str] = "The records that point at this one: the payments of an order."
    example: ClassVar[str] = "{type: related, of: payment, by: order}"
    sortable: ClassVar[bool] = False
    typed_in: ClassVar[bool] = False
    takes_default: ClassVar[bool] = False
