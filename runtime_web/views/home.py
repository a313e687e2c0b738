"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.timeline import ShownMention, ShownStep


@dataclass(frozen=True, slots=True)
class Recent:
    """A record that was changed lately: its title, when in the reader's words, and by whom."""

    title: str
    url: str
    when: str
    moment: str
    person: str
    icon: str = ""


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
class PinnedDoor:
    """What somebody has pinned; `pin_url` is what changes it, `before` and `after` the keys of its neighbours."""

    label: str
    help: str
    of: str
    icon: str
    url: str
    pin_url: str
    key: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class NumberCard:
    """A number of a view, counted for its reader, and the view behind it; `before` and `after` as with doors."""

    label: str
    of: str
    text: str
    unit: str
    url: str
    pin_url: str
    key: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """The beginning: what is pinned, and a panel for each entity."""

    pinned: tuple[PinnedDoor, ...]
    panels: tuple[EntityPanel, ...]
    recent: tuple[Recent, ...] = ()
    """What the reader has changed lately."""
    numbers: tuple[NumberCard, ...] = ()
    """What is counted of views."""
    mentions: tuple[ShownMention, ...] = ()
    """The notes that name the reader."""
    steps: tuple[ShownStep, ...] = ()
    """What the reader has to do next."""
