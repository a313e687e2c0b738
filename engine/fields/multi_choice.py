"""Several of a few named values."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from engine.fields.choice import Choosing
from engine.fields.column import Column
from engine.fields.field import Formatter, Value
from engine.fields.locale import Locale
from engine.problems import Unfit


class MultiChoiceField(Choosing):
    """Any number of the options; the value is a tuple in the order of the options."""

    type: Literal["multi_choice"]

    summary: ClassVar[str] = "Several of a few named values: the languages a person speaks, tags."
    example: ClassVar[str] = "{type: multi_choice, options: [retail, wholesale, export]}"
    sortable: ClassVar[bool] = False
    longest: ClassVar[int] = 10_000

    def column(self) -> Column:
        return Column("codes")

    def read(self, text: str, locale: Locale) -> Value:
        return tuple(self.chosen(part) for part in self._parts(text))

    def _parts(self, text: str) -> list[str]:
        # A form writes one value a line; people put commas or semicolons, which may also stand inside a label.
        if "\n" in text:
            parts = text.splitlines()
        elif self.means(text):
            parts = [text]
        else:
            parts = re.split(";" if ";" in text else ",", text)
        return [part for part in parts if part.strip()]

    def accept(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, tuple | list):
            raise Unfit("value-wrong-kind")
        chosen = {self.known(part) for part in value}
        return tuple(option.value for option in self.options if option.value in chosen) or None

    def load(self, value: Any) -> Value:
        return self.accept(None if value == "" else value)

    def dump(self, value: Value) -> Any:
        return None if value is None else list(value)

    def operand(self, text: str, locale: Locale) -> Value:
        return self.chosen(text)

    def formatter(self, locale: Locale) -> Formatter:
        labels = {option.value: option.label_in(locale.language) for option in self.options}
        return lambda value: ", ".join(labels.get(part) or str(part) for part in value)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else "\n".join(value)
