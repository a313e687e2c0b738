"""Whether something may have changed since somebody last looked, told by the log of touched records.

The log knows no rights: what it says must only ever spare work, and never reach whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.fields.lines import LinesField
from engine.fields.related import RelatedField
from engine.model import Configuration
from engine.records.door import Records
from engine.storage import touched
from engine.storage.touched import Mark

AT_FIRST = (-1, -1)
"""Before everything: whoever has never looked has all to see."""
Place = tuple[int, int]
"""Where in the log somebody has read up to."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the log ends now, and whether something may have changed since."""

    place: Place
    changed: bool


def follow(records: Records, entities: frozenset[str], since: Place) -> Followed:
    """Whether a record of these entities may have been written since a place in the log."""
    with records.database.read() as connection:
        now = touched.mark(records.database, connection)
        place = (now.at, now.row)
        if since == AT_FIRST:
            return Followed(place, changed=True)
        found = touched.touched_since(records.database, connection, Mark(*since, turn=0), now)
    return Followed(place, changed=found is None or not entities.isdisjoint(found))


def shown_with(configuration: Configuration, entity: str) -> frozenset[str]:
    """The entities of which a list or a card of this one shows something: its lines, what points at it, and what each refers to."""
    fields = configuration.entities[entity].fields.values()
    inner = {field.of for field in fields if isinstance(field, LinesField | RelatedField)}
    own = {entity, *inner} & configuration.entities.keys()
    referred = {pointer.target for name in own for pointer in configuration.entities[name].pointers}
    return frozenset(own | referred)
