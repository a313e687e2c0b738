"""What others have written into cells while somebody looked at them, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.records.history import History
from engine.records.told import RecordHistory
from runtime_web.i18n import gettext as _
from runtime_web.lists.page import Listing
from runtime_web.telling import Telling

MOST = 100
"""Of so many records history is asked; nobody reads more."""


@dataclass(frozen=True)
class Meanwhile:
    """Tells it of the records of a list, by the keys of their rows."""

    listing: Listing
    ids: Mapping[str, int]
    known: dict[str, RecordHistory] = field(default_factory=dict)

    def told(self, key: str, name: str) -> str:
        """Who has last written what into a field, and what to do; "" where history does not say."""
        records, history = self.listing.records, self._history(key)
        changes = ((entry, one) for entry in (history.entries if history else ()) for one in entry.fields)
        found = next(((entry, one) for entry, one in changes if one.name == name), None)
        if history is None or found is None:
            return ""
        entry, change = found
        telling = Telling(records.configuration, self.listing.locale, history.titles, history.files)
        who, value = telling.person(entry.by), telling.value(self.listing.entity.fields[name], change.after)
        if not value:
            return _("%(who)s has cleared this meanwhile. Change it again if that is wrong.", who=who)
        return _("%(who)s wrote “%(value)s” meanwhile. Change it again if that is wrong.", who=who, value=value)

    def _history(self, key: str) -> RecordHistory | None:
        if key not in self.known and len(self.known) < MOST:
            self.known[key] = History(self.listing.records).of(self.listing.state.entity, self.ids[key])
        return self.known.get(key)
