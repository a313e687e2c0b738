"""The door to layouts of columns, for one principal: what they have made of each view, wherever they sign in."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from engine.problems import Refused, problem
from engine.rights import Principal
from engine.saved.layout import Layout
from engine.storage import Database
from engine.storage import layouts as storage


@dataclass(frozen=True)
class Layouts:
    """The layouts of one person, by entity and view. Who looks with another's eyes changes nothing."""

    database: Database
    principal: Principal

    def get(self, entity: str, view: str) -> Layout | None:
        """What this person has made of a view; None where that is nothing, or nothing that can be read any more."""
        if self.principal.id is None:
            return None
        with self.database.read() as connection:
            content = storage.layout(self.database, connection, self.principal.id, (entity, view))
        try:
            return Layout.model_validate_json(content) if content else None
        except ValidationError:
            return None

    def keep(self, entity: str, view: str, layout: Layout) -> None:
        owner = self._owner()
        content = layout.model_dump_json(exclude_defaults=True)
        with self.database.write() as connection:
            storage.keep_layout(self.database, connection, owner, (entity, view), content)

    def forget(self, entity: str, view: str) -> None:
        """Show a view again as it is for everybody."""
        owner = self._owner()
        with self.database.write() as connection:
            storage.forget_layout(connection, owner, (entity, view))

    def _owner(self) -> int:
        if self.principal.id is None or self.principal.looking:
            raise Refused([problem("right-missing", action="update", entity="")])
        return self.principal.id
