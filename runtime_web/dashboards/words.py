"""What dashboards say about times."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_interval

from engine.fields.locale import Locale

WAYS = ("yMMMd", "yMd")
"""With the name of the month, or with its number."""


def days_text(first: dt.date, last: dt.date, locale: Locale) -> str:
    """From which day to which, in the shortest way that the language has."""
    if first == last:
        return locale.show_date(first)
    return min((str(format_interval(first, last, way, locale=locale.babel)) for way in WAYS), key=len)
