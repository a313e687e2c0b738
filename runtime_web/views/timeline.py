"""What a record's time line shows: notes that people wrote, and what was done to the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from runtime_web.views.history import ShownEntry


@dataclass(frozen=True, slots=True)
class ShownKind:
    """A kind of note to choose from."""

    value: str
    label: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NoteForm:
    """The form in which a note is written. `problems` say what is wrong with its texts, by name; "" with all of it."""

    id: str
    action: str
    kinds: tuple[ShownKind, ...]
    text: str = ""
    at: str = ""
    """The moment of a contact as the browser's own input wants it; "" for now."""
    next_step: str = ""
    next_on: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as people read it."""

    id: int
    said: str
    """What it is: a comment, a call."""
    icon: str
    who: str
    when: str
    moment: str
    text: Markup
    next_step: str
    """What is to be done next, and when."""
    done: bool
    done_url: str
    """To say that it is done, or is not; "" where it is not the reader's."""
    changed: str
    form: NoteForm | None
    """To put it in other words; None where it is not the reader's."""
    delete_url: str


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing on a time line: a note, or what was done to the record."""

    note: ShownNote | None = None
    entry: ShownEntry | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of a time line is to be seen."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The time line of a record, the latest first."""

    title: str
    card_url: str
    url: str
    form: NoteForm | None
    narrowings: tuple[Narrowing, ...]
    items: tuple[TimelineItem, ...]
    more_url: str
    """All of it, where not everything is shown."""
    history_url: str


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A note that names the reader, for their home page."""

    title: str
    url: str
    who: str
    when: str
    moment: str
    text: str
    read_url: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """What the reader has to do next, for their home page."""

    title: str
    url: str
    said: str
    day: str
    """When, in the reader's words; "" without a day."""
    on: str
    late: bool
    done_url: str
