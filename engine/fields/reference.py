"""A link to one record of another entity."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import Column, OnDelete
from engine.fields.field import SET_OPERATORS, Field, Value
from engine.fields.label import Expression
from engine.fields.locale import Locale
from engine.problems import Unfit

NAME = "?"
"""What stands before a name in the place of an id: that of nothing, or of several records. Forms keep such where they were
pasted."""


class Pointing(Field):
    """What fields whose value is the id of another record share; titles are looked up by whoever reads the rows."""

    operators: ClassVar[tuple[str, ...]] = SET_OPERATORS

    @property
    def target(self) -> str:
        """The entity pointed at, or "_user"."""
        raise NotImplementedError

    def read(self, text: str, locale: Locale) -> Value:
        return record_id(text, self.target)

    def accept(self, value: Value) -> Value:
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63):
            raise Unfit("value-wrong-kind")
        return value

    def load(self, value: Any) -> Value:
        if isinstance(value, str):
            return self.parse(value, Locale())
        return self.accept(value)


class ReferenceField(Pointing):
    """The id of a record of the entity `to`."""

    type: Literal["reference"]
    to: str = Key(description="The entity that is pointed at.")
    where: Expression | None = Key(
        None,
        description="A condition that records meet which may be chosen: a bare name is theirs, RECORD.name that of the "
        "record being edited.",
    )
    on_delete: OnDelete = Key(
        "restrict",
        description="What happens here when that record is deleted: refuse (restrict), blank this field (clear) "
        "or delete this record too (cascade).",
    )

    summary: ClassVar[str] = "A link to one record of another entity: the client of an order."
    example: ClassVar[str] = "{type: reference, to: client, required: true}"

    searched_by_default: ClassVar[bool] = True

    @property
    def target(self) -> str:
        return self.to

    def column(self) -> Column:
        return Column("reference", target=self.to, on_delete=self.on_delete)


def record_id(text: str, entity: str) -> int:
    """The id that a text is.

    Raises:
        Unfit: `reference-unknown`; no record has such an id. `reference-unnamed`; it is a name.
    """
    if text.startswith(NAME):
        raise Unfit("reference-unnamed", value=text.removeprefix(NAME)[:100])
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        raise Unfit("reference-unknown", entity=entity)
    return int(text)
