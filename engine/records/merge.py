"""Merging what somebody wants with what has become of the record since they opened it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.records.values import Clash


@dataclass(frozen=True, slots=True)
class Merged:
    """The changes to be written, the clashes that forbid it, and the fields that others changed and that stay."""

    changes: Mapping[str, Any]
    clashes: tuple[Clash, ...]
    kept: tuple[str, ...]


def merge(
    wanted: Mapping[str, Any], base: Mapping[str, Any] | None, current: Mapping[str, Any], at: tuple[str, ...] = ()
) -> Merged:
    """Three-way merge, field by field.

    A field is somebody's own when it differs from what they saw. Their own value is written unless another person
    has changed the same field to something else meanwhile.
    """
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    kept: list[str] = []
    for name, mine in wanted.items():
        theirs = current.get(name)
        if mine == theirs:
            continue
        if base is None or name not in base or base[name] == theirs:
            changes[name] = mine
        elif base[name] == mine:
            kept.append(name)
        else:
            clashes.append(Clash((*at, name), base[name], theirs, mine))
    return Merged(changes, tuple(clashes), tuple(kept))
