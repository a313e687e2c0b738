"""What a person has pinned to their home page: names of things, whatever has become of those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from engine.problems import Refused, problem
from engine.rights import Principal
from engine.storage import Database
from engine.storage import pins as storage

Kind = Literal["report", "view", "number"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 50
"""So many things one person may pin."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that is pinned, by its kind and its name.

    A report is named as in the configuration, or by the number of a saved one; a view by its entity and its key
    (order.open, order.~123456789), and a number by its view and what is counted there (order.open.count,
    order.open.sum.total).
    """

    kind: Kind
    name: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name


@dataclass(frozen=True)
class Pins:
    """The pins of one person. Who looks with another's eyes changes nothing."""

    database: Database
    principal: Principal

    def all(self) -> tuple[Pin, ...]:
        """In the order of the person; what is pinned may be gone."""
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            found = storage.pins(self.database, connection, self.principal.id)
        # Another version may have pinned what this one does not know.
        return tuple(Pin(kind, name) for kind, name in found if kind in KINDS)

    def add(self, pin: Pin) -> None:
        """Pin something behind all others; what is pinned already stays where it is.

        Raises:
            Refused: there are too many.
        """
        owner = self._owner()
        with self.database.write() as connection:
            there = storage.pins(self.database, connection, owner)
            if pin.key in there:
                return
            if len(there) >= MOST:
                raise Refused([problem("too-many-items", count=len(there) + 1, maximum=MOST)])
            storage.add_pin(connection, owner, pin.key)

    def remove(self, pin: Pin) -> None:
        owner = self._owner()
        with self.database.write() as connection:
            storage.remove_pin(connection, owner, pin.key)

    def swap(self, one: Pin, other: Pin) -> None:
        """Let two things change places."""
        owner = self._owner()
        with self.database.write() as connection:
            storage.swap_pins(connection, owner, one.key, other.key)

    def _owner(self) -> int:
        if self.principal.id is None or self.principal.looking:
            raise Refused([problem("right-missing", action="report", entity="")])
        return self.principal.id
