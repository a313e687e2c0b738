"""The notes that name the reader, for their home page."""

from __future__ import annotations

from engine.notes import Notes
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.moments import when
from runtime_web.views.timeline import ShownMention

LONGEST = 240


def mentions(records: Records) -> tuple[ShownMention, ...]:
    """Where somebody has named the reader since they last looked."""
    found = Notes(records).mentions()
    people = records.titles("_user", {one.by for one in found}) if found else {}
    return tuple(
        ShownMention(
            title=one.title or f"#{one.record_id}",
            url=f"{addresses.card_of(one.entity, one.record_id)}#timeline",
            who=people.get(one.by) or _("Somebody"),
            when=when(one.written_at),
            moment=one.written_at.isoformat(),
            text=one.text if len(one.text) <= LONGEST else one.text[:LONGEST] + "…",
            read_url=f"{addresses.note(one.id)}/read",
        )
        for one in found
    )
