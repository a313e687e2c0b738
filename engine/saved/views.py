"""The door to saved views, for one principal: one's own, those that others share with one's roles, and which opens first.

Whoever reads a list may save views of it and share them: with everyone, or with roles that they have themselves;
administrators with any. A view shows nobody more than they see anyway. Only its owner changes one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.model import Configuration
from engine.problems import Refused, problem
from engine.rights import Principal
from engine.saved.report import Described, tidied, wrong_words
from engine.saved.reports import SavedReports
from engine.saved.view import Content, SavedView, opened
from engine.storage import Connection, Database
from engine.storage import views as storage

MOST = 200
"""So many views one person may have."""


@dataclass(frozen=True)
class SavedViews:
    """The saved views of one database, as one principal sees them."""

    database: Database
    configuration: Configuration
    principal: Principal

    @cached_property
    def sharing(self) -> SavedReports:
        """What says with which roles one shares, as with reports."""
        return SavedReports(self.database, self.configuration, self.principal)

    # Which there are

    def of(self, entity: str) -> tuple[SavedView, ...]:
        """Those of a list: one's own by name, then by name those that are shared."""
        return tuple(sorted(self._found(entity), key=lambda one: not self.owns(one)))

    def all(self) -> tuple[SavedView, ...]:
        """Those of all lists, by name."""
        return self._found(None)

    def _found(self, entity: str | None) -> tuple[SavedView, ...]:
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            if entity is not None and not storage.has_views(self.database, connection, entity):
                return ()
            return tuple(map(opened, storage.views_of(connection, entity, self.principal.id, self.sharing.reached)))

    def get(self, number: int) -> SavedView | None:
        """One's own view, or one that is shared; None where there is none for this principal."""
        if self.principal.id is None:
            return None
        with self.database.read() as connection:
            kept = storage.view(connection, number, self.principal.id, self.sharing.reached)
        return opened(kept) if kept else None

    def owns(self, view: SavedView) -> bool:
        return view.owner == self.principal.id

    # Keeping them

    def add(self, entity: str, content: Content, described: Described) -> SavedView:
        """Save a list under a name.

        Raises:
            Refused: its name cannot be, there are too many, or it may not be shared like this.
        """
        owner, tidy = self._owner(), self._checked(described, frozenset())
        with self.database.write() as connection:
            if storage.count_owned(connection, owner) >= MOST:
                raise Refused([problem("views-too-many", maximum=MOST)])
            values = {"owner_id": owner, "entity": entity, "name": tidy.name, **_content(content)}
            number = storage.add_view(connection, values)
            storage.share_view(connection, number, tidy.roles)
            return self._own(connection, number)

    def change(self, number: int, content: Content) -> SavedView | None:
        """Save a list in the place of one's own; None where one has none of this number."""
        return self._changed(number, _content(content))

    def describe(self, number: int, described: Described) -> SavedView | None:
        """Rename one's own view, and share it or keep it to oneself; None where one has none of this number.

        Raises:
            Refused: its name cannot be, or it may not be shared like this.
        """
        self._owner()
        before = self.get(number)
        if before is None or not self.owns(before):
            return None
        tidy = self._checked(described, before.described.roles)
        with self.database.write() as connection:
            storage.change_view(connection, number, {"name": tidy.name, "changed_at": _now()})
            storage.share_view(connection, number, tidy.roles)
            return self._own(connection, number)

    def delete(self, number: int) -> SavedView | None:
        """Put one's own view into the trash; None where one has none of this number."""
        return self._changed(number, {"trashed_at": _now()})

    def restore(self, number: int) -> SavedView | None:
        """Bring one's own view back from the trash, shared as it was; None where it is not there."""
        return self._changed(number, {"trashed_at": None}, trashed=True)

    # Which opens first

    def first(self, entity: str) -> str:
        """The key of the view with which this person begins; "" where that is the first one."""
        if self.principal.id is None:
            return ""
        with self.database.read() as connection:
            return storage.first_view(self.database, connection, self.principal.id, entity)

    def begin_with(self, entity: str, key: str) -> None:
        """Let a list open with a view from now on; with the first one where the key is ""."""
        owner = self._owner()
        with self.database.write() as connection:
            storage.begin_with(self.database, connection, owner, entity, key)

    def _changed(self, number: int, values: dict[str, Any], *, trashed: bool = False) -> SavedView | None:
        owner = self._owner()
        with self.database.write() as connection:
            if not storage.owned(connection, number, owner, trashed=trashed):
                return None
            storage.change_view(connection, number, values)
            return self._own(connection, number)

    def _own(self, connection: Connection, number: int) -> SavedView:
        kept = storage.any_view(connection, number)
        assert kept is not None
        return opened(kept)

    def _owner(self) -> int:
        """Whoever keeps something is a person, who does not merely look with another's eyes."""
        if self.principal.id is None or self.principal.looking:
            raise Refused([problem("right-missing", action="update", entity="")])
        return self.principal.id

    def _checked(self, described: Described, before: frozenset[str]) -> Described:
        """What a view is to be called, if it may be called and shared like that."""
        tidy = tidied(described)
        found = [*wrong_words(tidy), *self.sharing.unshared(tidy.roles - before)]
        if found:
            raise Refused(found)
        return tidy


def _content(content: Content) -> dict[str, Any]:
    return {"content": content.model_dump_json(exclude_defaults=True), "changed_at": _now()}


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
