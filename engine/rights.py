"""Who asks, and what they may do.

Until roles are part of the configuration, every signed-in person may read and change every record, and only an
administrator manages users. The shape is the one that stays: storage takes Rights, never a flag that skips them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.model import Configuration


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a person who signed in, or the system itself. `id` is None for the system.

    An administrator may do everything, whatever roles say, so that no configuration can shut everybody out.
    """

    id: int | None
    name: str
    administrator: bool = False
    roles: frozenset[str] = frozenset()


SYSTEM = Principal(None, "system", True)
"""Explicit principal of work that nobody asked for by hand: demo data, the command line on the owner's computer."""


@dataclass(frozen=True)
class Rights:
    """The fields of each entity that a principal may read; an entity that is absent does not exist for them.

    `user` is whose rights they are, for USER() in expressions; None for the system.
    """

    readable: Mapping[str, frozenset[str]]
    user: int | None = None

    @cached_property
    def key(self) -> frozenset[tuple[str, frozenset[str]]]:
        """What tells these rights from others wherever something is kept per rights."""
        return frozenset(self.readable.items())

    def may_read(self, entity: str, field: str) -> bool:
        return field in self.readable.get(entity, ())


def rights_of(configuration: Configuration, principal: Principal) -> Rights:
    """What this principal may read and do under this configuration."""
    return Rights(configuration.field_names, principal.id)
