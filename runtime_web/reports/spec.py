"""A report as the designer sends it and as an address carries it: JSON, in an address as base64url."""

from __future__ import annotations

import base64
import binascii

from pydantic import ValidationError

from engine.model.report import Report
from runtime_web.i18n import gettext as _

LONGEST = 30_000
"""So many characters of an address are read; servers in front of this one take fewer."""


class SpecWrong(Exception):
    """A text is no report; `sentences` say why."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def read(text: str | bytes) -> Report:
    """
    Raises:
        SpecWrong: it is not JSON, or not a report.
    """
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        raise SpecWrong(*dict.fromkeys(map(_sentence, error.errors(include_url=False)))) from None


def shaped(data: object) -> Report:
    """The report that plain values describe, as a file of YAML holds them.

    Raises:
        SpecWrong: they are none.
    """
    try:
        return Report.model_validate(data)
    except ValidationError as error:
        raise SpecWrong(*dict.fromkeys(map(_sentence, error.errors(include_url=False)))) from None


def unpacked(packed: str) -> Report:
    """The report of an address.

    Raises:
        SpecWrong: it is none.
    """
    try:
        padded = packed[:LONGEST] + "=" * (-len(packed) % 4)
        return read(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise SpecWrong(_("The address does not hold a whole report. Was it cut off?")) from None


def packed(report: Report) -> str:
    """The report as an address carries it."""
    return base64.urlsafe_b64encode(written(report).encode()).decode().rstrip("=")


def written(report: Report) -> str:
    """The report as JSON, without what is usual anyway."""
    return report.model_dump_json(exclude_defaults=True)


def _sentence(error: object) -> str:
    assert isinstance(error, dict)
    if not error["loc"]:
        return _("This is no report.")
    value = error["input"]
    key = ".".join(map(str, error["loc"]))
    if isinstance(value, str | int | float):
        return _("“%(value)s” does not fit here: %(key)s.", value=str(value)[:60], key=key)
    return _("Something does not fit here: %(key)s.", key=key)
