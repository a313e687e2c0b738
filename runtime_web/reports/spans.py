"""Times that move with the day, such as last month, as the days that they are today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from engine.model.report import Span
from runtime_web.i18n import gettext as _

Days = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)


def days_of(span: Span, today: dt.date, first_weekday: int) -> Days:
    """The first and the last day; weeks begin on `first_weekday`, 0 being monday."""
    week = today - dt.timedelta(days=(today.weekday() - first_weekday) % 7)
    month, quarter = _month(today, 0), _month(today, -((today.month - 1) % 3))
    found: Mapping[Span, Callable[[], Days]] = {
        "today": lambda: (today, today),
        "yesterday": lambda: (today - DAY, today - DAY),
        "this_week": lambda: (week, week + 6 * DAY),
        "last_week": lambda: (week - 7 * DAY, week - DAY),
        "this_month": lambda: (month, _month(month, 1) - DAY),
        "last_month": lambda: (_month(month, -1), month - DAY),
        "this_quarter": lambda: (quarter, _month(quarter, 3) - DAY),
        "last_quarter": lambda: (_month(quarter, -3), quarter - DAY),
        "this_year": lambda: (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)),
        "last_year": lambda: (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)),
        "last_7_days": lambda: (today - 6 * DAY, today),
        "last_30_days": lambda: (today - 29 * DAY, today),
        "last_12_months": lambda: (_month(month, -11), today),
    }
    return found[span]()


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


def _month(day: dt.date, months: int) -> dt.date:
    """The first day of the month that lies so many months after that of a day."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
