"""Who asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: a person who signed in, or the system itself. `id` is None for the system.

    An administrator may do everything, whatever roles say, so that no configuration can shut everybody out.
    `looking` is somebody who sees with this person's eyes, and changes nothing.
    """

    id: int | None
    name: str
    administrator: bool = False
    roles: frozenset[str] = frozenset()
    looking: bool = False


SYSTEM = Principal(None, "system", True)
"""Explicit principal of work that nobody asked for by hand: demo data, the command line on the owner's computer."""
