"""Moving a record to another place of its view, which changes the value by which it stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.fields import Field
from engine.fields.locale import Locale
from engine.model import View
from engine.problems import Unfit
from engine.records import Edit, Record, Records, Saved
from runtime_web.lists.state import neutral

MOVING = ("calendar", "kanban")
"""The kinds of views in which a place is a value."""


class Moved(Exception):
    """Somebody else has moved the record meanwhile."""


def movable(records: Records, entity: str, view: View, ids: Iterable[int]) -> frozenset[int]:
    """Which records this reader may move in a view."""
    described = records.configuration.entities[entity]
    changed = [name for name in (view.by, view.until) if name and described.fields[name].editable]
    listed = list(ids)
    if view.kind not in MOVING or view.by not in changed or not listed or not records.rights.may("update", entity):
        return frozenset()
    if not all(records.rights.may_write(entity, name, "update") for name in changed):
        return frozenset()
    looks = records.looks(entity, listed)
    return frozenset(key for key in listed if key not in looks or not looks[key].locked & set(changed))


@dataclass(frozen=True)
class Move:
    """One record in a view that lays it out by a field; places are written in neutral form."""

    view: View
    fields: dict[str, Field]
    record: Record
    locale: Locale

    @classmethod
    def of(cls, records: Records, view: View, record: Record, locale: Locale) -> Move:
        """How a record moves in a view."""
        return cls(view, dict(records.configuration.entities[record.entity].fields), record, locale)

    @property
    def by(self) -> str:
        return self.view.by or ""

    @property
    def place(self) -> str:
        """Where it stands: a day, or a value."""
        value = self.record.values.get(self.by)
        if value is None:
            return ""
        return self._day(value).isoformat() if self.view.kind == "calendar" else neutral(value, self.fields[self.by])

    def edit(self, to: str, was: str) -> Edit:
        """The change that moves it to a place from where it stood.

        Raises:
            Unfit: there is no such place.
            Moved: it does not stand there.
        """
        if was != self.place:
            raise Moved
        values = self._shifted(to) if self.view.kind == "calendar" else {self.by: self.fields[self.by].load(to)}
        return Edit(values, {name: self.record.values.get(name) for name in values})

    def _shifted(self, to: str) -> dict[str, Any]:
        """The dates by as many days later, with the time they had on the reader's clock."""
        try:
            day = dt.date.fromisoformat(to)
        except ValueError:
            raise Unfit("not-a-date", value=to[:50], example=self.locale.date_example) from None
        begins = self.record.values.get(self.by)
        days = day - self._day(begins) if begins is not None else dt.timedelta()
        names = [self.by, *([self.view.until] if self.view.until else [])]
        found: dict[str, Any] = {}
        for name in names:
            value = self.record.values.get(name)
            if value is not None and self.fields[name].editable:
                found[name] = self._later(value, days)
        return found

    def _later(self, value: Any, days: dt.timedelta) -> Any:
        try:
            if isinstance(value, dt.datetime):
                return self.locale.to_utc(value.astimezone(self.locale.zone).replace(tzinfo=None) + days)
            return value + days
        except OverflowError:
            raise Unfit("not-a-date", value=str(days.days), example=self.locale.date_example) from None

    def _day(self, value: Any) -> dt.date:
        found: dt.date = value.astimezone(self.locale.zone).date() if isinstance(value, dt.datetime) else value
        return found


def move(records: Records, one: Move, to: str, was: str) -> Saved:
    """Move a record.

    Raises:
        Unfit, Moved: as `Move.edit` does.
        Refused, Conflict, Missing: as every save does.
    """
    assert one.record.id is not None
    return records.update(one.record.entity, one.record.id, one.edit(to, was))
