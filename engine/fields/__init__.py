"""The field types: one module each, one frozen class each, and the tuple that lists them.

To add a type: a module here, `templates/html/widgets/<type>.html`, `tests/engine/fields/test_<type>.py`, a line in
the tuple below. The JSON Schema, the reference page, the form and the grid follow from the class.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator

from engine.fields.boolean import BooleanField
from engine.fields.choice import ChoiceField
from engine.fields.color import ColorField
from engine.fields.currency import CurrencyField
from engine.fields.date import DateField
from engine.fields.datetime import DateTimeField
from engine.fields.decimal import DecimalField
from engine.fields.defaults import Defaults
from engine.fields.duration import DurationField
from engine.fields.email import EmailField
from engine.fields.field import Field
from engine.fields.file import FileField
from engine.fields.image import ImageField
from engine.fields.integer import IntegerField
from engine.fields.lines import LinesField
from engine.fields.long_text import LongTextField
from engine.fields.money import MoneyField
from engine.fields.multi_choice import MultiChoiceField
from engine.fields.multi_reference import MultiReferenceField
from engine.fields.percent import PercentField
from engine.fields.phone import PhoneField
from engine.fields.rating import RatingField
from engine.fields.reference import ReferenceField
from engine.fields.related import RelatedField
from engine.fields.sequence import SequenceField
from engine.fields.tax_id import TaxIdField
from engine.fields.text import TextField
from engine.fields.time import TimeField
from engine.fields.url import UrlField
from engine.fields.user import UserField

AnyField = Annotated[
    TextField
    | LongTextField
    | IntegerField
    | DecimalField
    | MoneyField
    | CurrencyField
    | PercentField
    | BooleanField
    | DateField
    | TimeField
    | DateTimeField
    | DurationField
    | ChoiceField
    | MultiChoiceField
    | ReferenceField
    | MultiReferenceField
    | UserField
    | LinesField
    | RelatedField
    | SequenceField
    | PhoneField
    | EmailField
    | UrlField
    | TaxIdField
    | FileField
    | ImageField
    | ColorField
    | RatingField,
    Discriminator("type"),
]

FIELD_TYPES: tuple[type[Field], ...] = AnyField.__origin__.__args__  # type: ignore[attr-defined]
"""Every field type, in the order of the reference page."""

__all__ = ["FIELD_TYPES", "AnyField", "Defaults", "Field"]
