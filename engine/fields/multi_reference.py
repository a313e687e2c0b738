"""Links to several records of another entity."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import Links
from engine.fields.field import SET_OPERATORS, Field, Value
from engine.fields.label import Expression
from engine.fields.locale import Locale
from engine.fields.reference import record_id
from engine.problems import Unfit

MOST = 1000


class Listing(Field):
    """What fields whose value is an ordered tuple of ids share; titles are looked up by whoever reads the rows."""

    operators: ClassVar[tuple[str, ...]] = SET_OPERATORS
    sortable: ClassVar[bool] = False
    longest: ClassVar[int] = 20 * MOST

    @property
    def target(self) -> str:
        """The entity pointed at, or "_file"."""
        raise NotImplementedError

    @property
    def most(self) -> int:
        """How many ids a value may have."""
        return MOST

    def read(self, text: str, locale: Locale) -> Value:
        """Ids with commas, semicolons, spaces or line ends between them, as a form sends them."""
        return tuple(record_id(part, self.target) for part in re.split(r"[,;\s]+", text) if part)

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, tuple | list):
            raise Unfit("value-wrong-kind")
        if any(isinstance(part, bool) or not isinstance(part, int) or not 0 < part < 2**63 for part in value):
            raise Unfit("value-wrong-kind")
        if len(value) > self.most:
            raise Unfit("too-many-items", count=len(value), maximum=self.most)
        return tuple(dict.fromkeys(value)) or None

    def load(self, value: Any) -> Value:
        if isinstance(value, str):
            return self.parse(value, Locale())
        return self.accept(value)

    def dump(self, value: Value) -> Any:
        return None if value is None else list(value)

    def operand(self, text: str, locale: Locale) -> Value:
        return record_id(text.strip(), self.target)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else ",".join(map(str, value))


class MultiReferenceField(Listing):
    """The ids of records of the entity `to`, in the order in which a person put them."""

    type: Literal["multi_reference"]
    to: str = Key(description="The entity that is pointed at.")
    where: Expression | None = Key(
        None,
        description="A condition that records meet which may be chosen: a bare name is theirs, RECORD.name that of the "
        "record being edited.",
    )
    on_delete: Literal["restrict", "clear"] = Key(
        "clear",
        description="What happens here when such a record is deleted: refuse (restrict) or leave it out (clear).",
    )

    summary: ClassVar[str] = "Links to several records of another entity: the people at a meeting."
    example: ClassVar[str] = "{type: multi_reference, to: employee}"

    @property
    def target(self) -> str:
        return self.to

    def links(self) -> Links:
        return Links(self.to, self.on_delete)
