"""A telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar, Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from engine.fields.country import Country, nearest_country
from engine.fields.defaults import Defaults
from engine.fields.field import BLANK, Formatter, Value
from engine.fields.locale import Locale
from engine.fields.text import Worded, one_line
from engine.problems import Unfit


class PhoneField(Worded):
    """A telephone number in international form, as +358401234567 or with `;ext=12` behind; all spellings are equal.

    Numbers need a possible length, not a range that is in use today: people keep numbers that the tables do not know.
    """

    type: Literal["phone"]
    country: Country = None

    summary: ClassVar[str] = "A telephone number, typed as usual in the country, shown in international form."
    example: ClassVar[str] = "{type: phone, country: MD}"
    operators: ClassVar[tuple[str, ...]] = ("contains", "starts", *BLANK)

    def completed(self, defaults: Defaults) -> PhoneField:
        return self if self.country else self.model_copy(update={"country": defaults.country})

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        if self.country and self.country not in phonenumbers.SUPPORTED_REGIONS:
            yield "country", Unfit("country-unknown", value=self.country, nearest=nearest_country(self.country))

    def accept(self, value: Value) -> Value:
        text = one_line(value, 80)
        return None if text is None else _stored(text, self.country)

    def operand(self, text: str, locale: Locale) -> Value:
        """The digits alone, since that is how the text to search in has them."""
        return re.sub(r"[\s()./\-\u2010-\u2015]+", "", text)[:80]

    def search_text(self, value: Value) -> str:
        """Also the national form without spaces: people look for 040 1234567 as for +358 40 1234567."""
        number = phonenumbers.parse(value)
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        return f"{value} {re.sub('[^0-9]', '', national)}"

    def formatter(self, locale: Locale) -> Formatter:
        return _shown


def _stored(text: str, country: str | None) -> str:
    try:
        number = phonenumbers.parse(text.removeprefix("tel:"), country)
    except NumberParseException:
        raise Unfit("not-a-phone", value=text[:50], example=_example(country)) from None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise Unfit("not-a-phone", value=text[:50], example=_example(country))
    stored = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{stored};ext={number.extension}" if number.extension else stored


@lru_cache(maxsize=8192)
def _shown(value: str) -> str:
    try:
        return phonenumbers.format_number(phonenumbers.parse(value), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return value


@lru_cache(maxsize=300)
def _example(country: str | None) -> str:
    example: PhoneNumber | None = phonenumbers.example_number(country) if country else None
    return phonenumbers.format_number(example or phonenumbers.parse("+358401234567"), PhoneNumberFormat.INTERNATIONAL)
