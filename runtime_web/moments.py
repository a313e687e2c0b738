"""Moments in the reader's words."""

from __future__ import annotations

import datetime as dt

from runtime_web.request import current_locale


def when(moment: dt.datetime) -> str:
    """The time today, else the day."""
    locale = current_locale()
    local, now = moment.astimezone(locale.zone), dt.datetime.now(locale.zone)
    if local.date() == now.date():
        return locale.show_time(local.time().replace(second=0))
    return locale.show_date(local.date())
