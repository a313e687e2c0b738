"""What quick search shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A place to go to, or something to begin; `of` says more about it, which is looked through too."""

    label: str
    of: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that was found."""

    title: str
    url: str
    icon: str = ""


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
    commands: tuple[Command, ...] = ()
    recent: tuple[FoundRecord, ...] = ()
    """What the reader has changed lately, where nothing is asked for."""

    @property
    def nothing(self) -> bool:
        return bool(self.text) and not self.groups and not self.commands
