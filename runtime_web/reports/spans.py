"""Times that move with the day, such as last month, as the days that they are today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from engine.model import Configuration
from engine.model.report import Part, Span
from engine.periods import first_day, key_of, last_day
from runtime_web.i18n import gettext as _

Days = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
_BACK: Mapping[Span, int] = MappingProxyType({"today": 1, "last_7_days": 7, "last_30_days": 30})
"""So many days that end today."""
_PARTS: Mapping[Span, tuple[Part, int]] = MappingProxyType(
    {
        "this_week": ("week", 0),
        "last_week": ("week", 1),
        "this_month": ("month", 0),
        "last_month": ("month", 1),
        "this_quarter": ("quarter", 0),
        "last_quarter": ("quarter", 1),
        "this_year": ("year", 0),
        "last_year": ("year", 1),
    }
)
"""The part of which a span is one, and how many before this one."""


def days_of(span: Span, today: dt.date, configuration: Configuration) -> Days:
    """The first and the last day."""
    if span in _BACK:
        return today - (_BACK[span] - 1) * DAY, today
    if span == "last_12_months":
        return first_day("month", key_of("month", today, configuration) - 11, configuration), today
    if span == "yesterday":
        return today - DAY, today - DAY
    part, before = _PARTS[span]
    key = key_of(part, today, configuration) - before
    return first_day(part, key, configuration), last_day(part, key, configuration)


def span_words() -> Mapping[Span, str]:
    return {
        "today": _("Today"),
        "yesterday": _("Yesterday"),
        "this_week": _("This week"),
        "last_week": _("Last week"),
        "this_month": _("This month"),
        "last_month": _("Last month"),
        "this_quarter": _("This quarter"),
        "last_quarter": _("Last quarter"),
        "this_year": _("This year"),
        "last_year": _("Last year"),
        "last_7_days": _("Last 7 days"),
        "last_30_days": _("Last 30 days"),
        "last_12_months": _("Last 12 months"),
    }
