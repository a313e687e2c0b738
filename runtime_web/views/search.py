"""What quick search shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that was found."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one entity; `more_url` leads to all of it in the entity's list."""

    label: str
    icon: str
    more_url: str
    records: tuple[FoundRecord, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search for `text`; `groups` is empty when nothing was found or nothing asked."""

    text: str
    groups: tuple[FoundGroup, ...]

    @property
    def nothing(self) -> bool:
        return bool(self.text) and not self.groups
