"""The records that somebody has changed lately: where they left off."""

from __future__ import annotations

from engine.records import Found, Records
from engine.records.acts import Acts
from runtime_web import addresses
from runtime_web.moments import when
from runtime_web.shell import entity_icon
from runtime_web.views.home import Recent


def recent_records(records: Records, most: int) -> tuple[Found, ...]:
    """The records, the latest first."""
    return tuple(one for one, _at in Acts(records).touched(most))


def left_off(records: Records, most: int) -> tuple[Recent, ...]:
    """The same with the moment of each, for the home page."""
    entities = records.configuration.entities
    return tuple(
        Recent(
            title=one.title,
            url=addresses.card_of(one.entity, one.id),
            when=when(at),
            moment=at.isoformat(),
            person="",
            icon=entity_icon(entities[one.entity]),
        )
        for one, at in Acts(records).touched(most)
    )
