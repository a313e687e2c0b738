"""An e-mail address."""

from __future__ import annotations

from typing import ClassVar, Literal

from email_validator import EmailNotValidError, validate_email

from engine.fields.field import Value
from engine.fields.text import Worded, one_line
from engine.problems import Unfit


class EmailField(Worded):
    """One e-mail address, in any alphabet, its domain in small letters; nothing is looked up on the network."""

    type: Literal["email"]

    summary: ClassVar[str] = "An e-mail address."
    example: ClassVar[str] = "{type: email, unique: true}"
    longest: ClassVar[int] = 400

    def accept(self, value: Value) -> Value:
        text = one_line(value, 320)
        if text is None:
            return None
        try:
            return validate_email(text.removeprefix("mailto:"), check_deliverability=False).normalized
        except EmailNotValidError:
            raise Unfit("not-an-email", value=text[:60], example="name@example.com") from None
