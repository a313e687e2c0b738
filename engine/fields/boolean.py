"""Yes or no."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from engine.fields.column import Column
from engine.fields.field import Field, Formatter, Value, is_blank
from engine.fields.locale import Locale
from engine.problems import Unfit

_YES = frozenset(["yes", "y", "true", "on", "1", "x", "+", "✓", "да", "истина", "po", "kyllä", "da", "tosi"])
_NO = frozenset(["no", "n", "false", "off", "0", "-", "\u2212", "нет", "ложь", "jo", "ei", "nu", "epätosi", "fals"])


class BooleanField(Field):
    """A box to tick; it is never blank, an unticked box is no."""

    type: Literal["boolean"]

    summary: ClassVar[str] = "A box to tick: paid, archived, active."
    example: ClassVar[str] = "{type: boolean, default: true}"
    operators: ClassVar[tuple[str, ...]] = ("is",)

    def column(self) -> Column:
        return Column("boolean")

    def parse(self, text: str, locale: Locale) -> Value:
        return bool(super().parse(text, locale))

    def read(self, text: str, locale: Locale) -> Value:
        word = text.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise Unfit("not-yes-or-no", value=text[:50])

    def accept(self, value: Value) -> Value:
        if value is None:
            return False
        if not isinstance(value, bool):
            raise Unfit("value-wrong-kind")
        return value

    def load(self, value: Any) -> Value:
        if isinstance(value, str) and value in ("true", "false", ""):
            return value == "true"
        if isinstance(value, str):
            raise Unfit("not-yes-or-no", value=value[:50])
        return self.accept(value)

    def read_cell(self, cell: object, locale: Locale) -> Value:
        return False if is_blank(cell) else super().read_cell(cell, locale)

    def initial(self) -> Value:
        return bool(super().initial())

    def formatter(self, locale: Locale) -> Formatter:
        return lambda value: "✓" if value else ""

    def entry(self, value: Value, locale: Locale) -> str:
        return "true" if value else ""
