"""What every field type is: a frozen description that parses, validates, stores, formats and filters one value.

A value is a plain Python value (see each type's module) and never "" or an empty tuple: blank is None.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from pydantic import Field as Key

from engine.fields.column import Column, Links
from engine.fields.defaults import Defaults
from engine.fields.label import Expression, Flag, Frozen, Label, text_in
from engine.fields.locale import Locale, locale_for
from engine.fields.rule import Check
from engine.problems import Unfit

Value = Any
"""A field's value in Python; its type is the field type's own, None is blank."""
Formatter = Callable[[Value], str]

BLANK = ("blank", "filled")
EXACTLY = "exactly"
"""A text is this one, letter for letter; `equals` takes no notice of case and accents."""
DURING = "during"
"""A day lies in a span that moves with the calendar, such as last_month: see `engine.periods`."""
FAILED = "failed"
"""A formula gave an error instead of a value."""
RECURRING = {"weekday": (1, 7), "month_of_year": (1, 12), "hour": (0, 23)}
"""Parts of dates that come again and again, with their first and last; a week begins on Monday."""
TEXT_OPERATORS = ("contains", "starts", "equals", EXACTLY, "differs", *BLANK)
NUMBER_OPERATORS = ("eq", "ne", "ge", "le", "gt", "lt", "between", *BLANK)
DATE_OPERATORS = ("on", "from", "until", "between", DURING, *BLANK)
SET_OPERATORS = ("any_of", "none_of", *BLANK)


class Field(Frozen):
    """The keys and behaviour that all field types share.

    Subclasses add `type: Literal["..."]` and override what differs. `parse` reads what a person typed, `load` what
    a program wrote (JSON), `accept` validates and normalises a value wherever it came from.
    """

    label: Label | None = Key(None, description="What people read beside the value.")
    help: Label | None = Key(None, description="A small line below the field that says what to enter.")
    required: Flag = Key(False, description="A record cannot be saved while this is blank.")
    unique: Flag = Key(False, description="No two records that are not in the trash may have the same value.")
    index: Flag = Key(False, description="Keep an index, so that filtering and sorting by it stay fast.")
    search: Flag | None = Key(None, description="Whether quick search looks here; by default it looks into texts.")
    default: Any = Key(
        None, description="The value of a new record; an expression where it begins with =, such as =TODAY()."
    )
    formula: Expression | None = Key(
        None, description="An expression that gives the value; it is always true, and nobody types it."
    )
    check: Check | None = Key(
        None, description="A condition that must hold when a record is saved, and what to say else."
    )
    required_if: Expression | None = Key(None, description="A condition under which this must be filled in.")
    readonly_if: Expression | None = Key(
        None, description="A condition of the record as it was, under which this can no longer be changed."
    )
    visible_if: Expression | None = Key(
        None, description="A condition under which the field stands on the card; it keeps its value elsewhere."
    )
    was: str | None = Key(None, description="The former name, so that a rename keeps the data.")

    summary: ClassVar[str] = ""
    """One sentence for the generated reference."""
    example: ClassVar[str] = ""
    """A YAML value for the generated reference, such as "{type: text, required: true}"."""
    align_end: ClassVar[bool] = False
    """Whether grids align it at the end, as numbers are."""
    operators: ClassVar[tuple[str, ...]] = ()
    """The filter operators it offers, the first being the one that is meant when none is named."""
    recurring: ClassVar[tuple[str, ...]] = ()
    """The parts of its value that come again and again, as whole numbers: see RECURRING."""
    sortable: ClassVar[bool] = True
    typed_in: ClassVar[bool] = True
    """False where the program gives the value: a sequence, the other side of a reference."""
    searched_by_default: ClassVar[bool] = False
    takes_default: ClassVar[bool] = True
    longest: ClassVar[int] = 200
    """Characters of typed text beyond which `parse` does not even look."""

    @property
    def kind(self) -> str:
        """The name of the field type."""
        return str(self.__dict__["type"])

    @property
    def editable(self) -> bool:
        """Whether people give the value."""
        return self.typed_in and self.formula is None

    @property
    def comparisons(self) -> tuple[str, ...]:
        """All operators that conditions know of it: those that are offered, and what tells groups of records apart."""
        column = self.column()
        if not self.operators or column is None:
            return self.operators
        more = (
            *([EXACTLY] if column.kind == "text" else []),
            *self.recurring,
            *BLANK,
            *([FAILED] if self.formula is not None else []),
        )
        return (*self.operators, *(name for name in more if name not in self.operators))

    @property
    def computable(self) -> bool:
        """Whether a formula may give its value: one value, which is stored."""
        column = self.column()
        return self.typed_in and column is not None and column.kind != "codes"

    @property
    def searched(self) -> bool:
        return self.searched_by_default if self.search is None else self.search

    def label_in(self, language: str, name: str) -> str:
        return text_in(self.label, language, name)

    def help_in(self, language: str) -> str:
        return text_in(self.help, language, "") if self.help else ""

    def unit_in(self, language: str) -> str:
        """What stands after the input in a form: kg, €, %; "" where nothing does."""
        return ""

    def completed(self, defaults: Defaults) -> Field:
        """This field with what the configuration says for all of its kind."""
        return self

    @property
    def default_formula(self) -> str | None:
        """The expression that gives the value of a new record, where the default is one: it begins with `=`."""
        written = self.default
        return written[1:] if isinstance(written, str) and written.startswith("=") else None

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        """What is wrong with the field's own keys beyond their shape: (key, finding)."""
        if self.default is None or self.default_formula is not None:
            return
        try:
            self.load(self.default)
        except Unfit as unfit:
            yield "default", unfit

    def column(self) -> Column | None:
        """The one column that stores it, or None where it is stored otherwise (see `links`) or not at all."""
        return None

    def links(self) -> Links | None:
        """Set by types whose value is an ordered tuple of ids."""
        return None

    def parse(self, text: str, locale: Locale) -> Value:
        """The value that a person means by `text`; blank text is None.

        Raises:
            Unfit: the text means nothing here, or not an allowed value.
        """
        plain = text.strip()
        if len(plain) > self.longest:
            raise Unfit("too-long", length=len(plain), maximum=self.longest)
        return self.accept(self.read(plain, locale)) if plain else None

    def read(self, text: str, locale: Locale) -> Value:
        """Turn non-blank text into a value, not yet validated."""
        return text

    def accept(self, value: Value) -> Value:
        """The value as it is stored, or Unfit; None stays None. Runs for every value, wherever it came from."""
        return value

    def load(self, value: Any) -> Value:
        """The value of its canonical JSON form (decimals and dates are text there).

        Raises:
            Unfit: it is of another kind, or not an allowed value.
        """
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise Unfit("value-wrong-kind")
        return self.accept(value)

    def dump(self, value: Value) -> Any:
        """The canonical JSON form; `load` is its inverse."""
        return value

    def read_cell(self, cell: object, locale: Locale) -> Value:
        """The value of a spreadsheet cell, which may be text, a number, a boolean, a date or a time."""
        if is_blank(cell):
            return None
        if isinstance(cell, float):
            cell = int(cell) if cell.is_integer() else repr(cell)
        elif isinstance(cell, dt.datetime) and cell.time() == dt.time():
            cell = cell.date()
        return self.parse(str(cell), locale)

    def operand(self, text: str, locale: Locale) -> Value:
        """The value that a filter compares with, or Unfit: part of a text need not be a whole value."""
        return self.parse(text, locale)

    def entry(self, value: Value, locale: Locale) -> str:
        """The text that stands in the form's input; `parse` is its inverse."""
        return "" if value is None else self.formatter(locale)(value)

    def formatter(self, locale: Locale) -> Formatter:
        """A closure that shows a value that is not blank."""
        return str

    def search_text(self, value: Value) -> str:
        """The text in which search and text filters look for a value, other spellings included; it is stored folded."""
        return str(value)

    def title_text(self, value: Value) -> str:
        """The text by which a record is called whose title is this field: stored once, for readers of all languages."""
        return self.formatter(locale_for("en"))(value)

    def initial(self) -> Value:
        """The value of a new record, as far as it is the same for all of them."""
        return None if self.default is None or self.default_formula is not None else self.load(self.default)


def is_blank(cell: object) -> bool:
    """Whether a spreadsheet cell holds nothing; some readers give not-a-number for that."""
    return cell is None or (isinstance(cell, float) and math.isnan(cell))
