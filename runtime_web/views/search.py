"""What quick search shows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Command:
    """A place to go to, or something to begin; `of` says more about it, which is looked through too."""

    label: str
    of: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundCommand:
    """A command that was found, with what was typed marked in its words."""

    label: Markup
    of: Markup
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that was found: its title, and what tells it from others, with what was typed marked in both."""

    title: Markup
    told: Markup
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one entity; `more_url` leads to all of it in the entity's list."""

    label: str
    icon: str
    more_url: str
    records: tuple[FoundRecord, ...]


@dataclass(frozen=True, slots=True)
class SearchPart:
    """What stands below the search box: the answer to exactly what was `asked`, of which `text` is what counts."""

    asked: str
    text: str
    commands: tuple[FoundCommand, ...]
    records: tuple[FoundRecord, ...]
    """The likeliest first; where nothing is asked for, what the reader has changed lately."""
    all_url: str
    """The page with everything that is found."""

    @property
    def nothing(self) -> bool:
        return bool(self.text) and not self.records and not self.commands


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search for `text`; `groups` is empty when nothing was found or nothing asked."""

    text: str
    commands: tuple[FoundCommand, ...]
    groups: tuple[FoundGroup, ...]
    recent: tuple[FoundRecord, ...]
    """What the reader has changed lately, where nothing is asked for."""

    @property
    def nothing(self) -> bool:
        return bool(self.text) and not self.groups and not self.commands
