"""What the reader has to do next, for their home page."""

from __future__ import annotations

import datetime as dt

from engine.fields.locale import Locale
from engine.notes import Notes
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.views.timeline import ShownStep

LONGEST = 160


def next_steps(records: Records, locale: Locale) -> tuple[ShownStep, ...]:
    """The next steps of the reader's own notes, the most urgent first."""
    today = dt.datetime.now(locale.zone).date()
    return tuple(
        ShownStep(
            title=one.title or f"#{one.record_id}",
            url=f"{addresses.card_of(one.entity, one.record_id)}#note-{one.id}",
            said=one.said if len(one.said) <= LONGEST else one.said[:LONGEST] + "…",
            day=_day(one.on, today, locale) if one.on else "",
            on=one.on.isoformat() if one.on else "",
            late=one.on is not None and one.on < today,
            done_url=f"{addresses.note(one.id)}/done",
        )
        for one in Notes(records).steps()
    )


def _day(day: dt.date, today: dt.date, locale: Locale) -> str:
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    return near.get((day - today).days) or locale.show_date(day)
