"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recent:
    """A record that was changed lately: its title, when in the reader's words, and by whom."""

    title: str
    url: str
    when: str
    moment: str
    person: str


@dataclass(frozen=True, slots=True)
class EntityPanel:
    """One entity: how many records there are, and the latest changed."""

    name: str
    label: str
    icon: str
    url: str
    new_url: str
    add: str
    count: str
    recent: tuple[Recent, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The beginning: a panel for each entity."""

    panels: tuple[EntityPanel, ...]
