"""What times that move with the day are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.report import Span
from engine.periods import counted
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext


def span_words() -> Mapping[Span, str]:
    """Those that reports know."""
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


def named_spans() -> Mapping[str, str]:
    """Those that lists offer, as they follow each other in time."""
    return {
        "today": _("Today"),
        "yesterday": _("Yesterday"),
        "tomorrow": _("Tomorrow"),
        "this_week": _("This week"),
        "last_week": _("Last week"),
        "next_week": _("Next week"),
        "this_month": _("This month"),
        "last_month": _("Last month"),
        "next_month": _("Next month"),
        "this_quarter": _("This quarter"),
        "last_quarter": _("Last quarter"),
        "next_quarter": _("Next quarter"),
        "this_year": _("This year"),
        "last_year": _("Last year"),
        "next_year": _("Next year"),
        "before_today": _("Before today"),
        "after_today": _("After today"),
    }


def span_text(span: str) -> str:
    """One span, as chips say it."""
    said = counted(span)
    if said is None:
        return named_spans().get(span, span)
    which, number, unit = said
    texts = {
        ("last", "days"): lambda: ngettext("last %(number)s day", "last %(number)s days", number, number=number),
        ("next", "days"): lambda: ngettext("next %(number)s day", "next %(number)s days", number, number=number),
        ("last", "months"): lambda: ngettext("last %(number)s month", "last %(number)s months", number, number=number),
        ("next", "months"): lambda: ngettext("next %(number)s month", "next %(number)s months", number, number=number),
    }
    return texts[which, unit]()
