"""One of a few named values."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, StringConstraints
from pydantic import Field as Key

from engine.fields.column import Column
from engine.fields.field import SET_OPERATORS, Field, Formatter, Value
from engine.fields.label import Frozen, Label, text_in
from engine.fields.locale import Locale
from engine.problems import Unfit, nearest

Colour = Literal[
    "blue", "azure", "indigo", "purple", "pink", "red", "orange", "yellow", "lime", "green", "teal", "cyan", "gray"
]
_CODE = r"^[^\s|\x00-\x1f]([^|\x00-\x1f]*[^\s|\x00-\x1f])?$"
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_CODE)]
"""A value that is stored: one line, and no bar, which parts the values of a multi_choice."""


class Option(Frozen):
    """One choice: the value that is stored, and how it is shown."""

    value: Code = Key(description="What is stored and used in expressions.")
    label: Label | None = Key(None, description="What people read.")
    color: Colour | None = Key(None, description="The colour of its pill.")

    def label_in(self, language: str) -> str:
        return text_in(self.label, language, self.value)


def _option(value: Any) -> Any:
    return {"value": value} if isinstance(value, str) else value


OneOption = Annotated[Option, BeforeValidator(_option, json_schema_input_type=Code | Option)]
Options = Annotated[tuple[OneOption, ...], Key(min_length=1)]


class Choosing(Field):
    """What choice and multi_choice share."""

    options: Options = Key(description="The values to choose from: texts, or mappings with value, label and color.")

    operators: ClassVar[tuple[str, ...]] = SET_OPERATORS

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        seen: set[str] = set()
        for option in self.options:
            folded = option.value.casefold()
            if folded in seen:
                yield "options", Unfit("option-twice", value=option.value)
            seen.add(folded)

    def option(self, value: Value) -> Option | None:
        return next((option for option in self.options if option.value == value), None)

    def chosen(self, text: str) -> str:
        """The value that a text means: a value itself, or an option's label in any language, whatever the case.

        Raises:
            Unfit: `choice-unknown`.
        """
        wanted = _folded(text)
        value = self._meanings.get(wanted)
        if value is None:
            shown = [option.label_in("en") for option in self.options]
            raise Unfit("choice-unknown", value=text[:50], nearest=nearest(text[:60], shown))
        return value

    def means(self, text: str) -> bool:
        """Whether a text is, as a whole, a value or a label."""
        return _folded(text) in self._meanings

    @cached_property
    def _meanings(self) -> dict[str, str]:
        """Folded labels and values; a value wins over another option's label."""
        labels: dict[str, str] = {}
        for option in reversed(self.options):
            said = option.label.values() if isinstance(option.label, dict) else (option.label_in("en"),)
            labels |= {_folded(label): option.value for label in said}
        return labels | {_folded(option.value): option.value for option in self.options}

    def known(self, value: Value) -> str:
        """The value itself when it is an option's.

        Raises:
            Unfit: `choice-unknown` or `value-wrong-kind`.
        """
        if not isinstance(value, str):
            raise Unfit("value-wrong-kind")
        if not self.option(value):
            values = [option.value for option in self.options]
            raise Unfit("choice-unknown", value=value[:50], nearest=nearest(value[:60], values))
        return value


def _folded(text: str) -> str:
    # Composing takes quadratic time where marks pile up, and no label is as long as this.
    return unicodedata.normalize("NFC", text.strip()[:1000]).casefold()


class ChoiceField(Choosing):
    """Exactly one of the options, or blank."""

    type: Literal["choice"]

    summary: ClassVar[str] = "One of a few named values, each with its colour: a status, a kind."
    example: ClassVar[str] = "{type: choice, options: [new, {value: paid, label: Paid, color: green}]}"

    def column(self) -> Column:
        return Column("text")

    def read(self, text: str, locale: Locale) -> Value:
        return self.chosen(text)

    def accept(self, value: Value) -> Value:
        return None if value is None else self.known(value)

    def formatter(self, locale: Locale) -> Formatter:
        labels = {option.value: option.label_in(locale.language) for option in self.options}
        # A value that an older configuration allowed is shown as it is.
        return lambda value: labels.get(value) or str(value)

    def entry(self, value: Value, locale: Locale) -> str:
        return "" if value is None else str(value)
