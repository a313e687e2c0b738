"""What the pages show on which people see what was done, and take it back."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.history import ShownChange


@dataclass(frozen=True, slots=True)
class ShownAct:
    """Something that was done: to which records, when and by whom."""

    said: str
    what: str
    icon: str
    who: str
    when: str
    moment: str
    url: str
    undone: bool
    undo_url: str


@dataclass(frozen=True, slots=True)
class ActsPage:
    """What was done, the newest first."""

    acts: tuple[ShownAct, ...]
    everybody: bool
    older_url: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """What undoing would do to one record; `kept` says what stays, and why."""

    said: str
    icon: str
    title: str
    url: str
    changes: tuple[ShownChange, ...]
    lines: str
    kept: str


@dataclass(frozen=True, slots=True)
class UndoPage:
    """What undoing would do, before it is done. Without an address nothing can be undone."""

    title: str
    who: str
    when: str
    counts: tuple[str, ...]
    steps: tuple[ShownStep, ...]
    hindered: tuple[ShownStep, ...]
    more: str
    problems: tuple[str, ...]
    action_url: str
    back_url: str
