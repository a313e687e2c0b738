"""What a formula may name: a description of records and their fields, made by whoever knows them.

The checker walks it; the evaluator gets values by the same names. A scope holds no value and no record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from formulas.atoms import USER
from formulas.types import Type

__all__ = ["USER", "Member", "Scope", "Simple"]


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that can be named in a record.

    A reference has a `record` type; lines, related records and multi-references have a list of records. `digits` and
    `places` bound a number, for SQL: digits in all, of which places behind the point. `options` are the texts that a
    choice may be. `volatile`: it depends on today or on who asks. `labels` are what people see, in every language.
    """

    type: Type
    labels: tuple[str, ...] = ()
    digits: int = 25
    places: int = 10
    options: tuple[str, ...] = ()
    volatile: bool = False


class Scope(Protocol):
    """What a formula may name.

    `members` of the own `entity` may include `USER()` for the record of who asks, and names such as `RECORD` for
    records beside the own one.
    """

    @property
    def entity(self) -> str:
        """The entity whose records the formula is about."""

    @property
    def old(self) -> bool:
        """Whether OLD(field) is the value before the change, as in checks."""

    def members(self, entity: str) -> Mapping[str, Member]:
        """All that can be named in a record of an entity."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A scope out of plain mappings: members by entity."""

    entity: str
    entities: Mapping[str, Mapping[str, Member]] = field(default_factory=lambda: MappingProxyType({}))
    old: bool = False

    def members(self, entity: str) -> Mapping[str, Member]:
        return self.entities.get(entity, MappingProxyType({}))
