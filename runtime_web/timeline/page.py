"""Makes the view of a time line: notes and history in the reader's words, in one order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.fields.locale import Locale
from engine.model import NoteKind
from engine.notes import Note, Notes
from engine.records import Records
from engine.records.history import History
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.telling import Telling
from runtime_web.timeline.words import ICONS, kind_said, with_names
from runtime_web.views.timeline import Narrowing, NoteForm, ShownKind, ShownNote, TimelineItem, TimelineView

SHOWN = 40
"""So many things are shown at first."""
EVERYTHING = 2000
ONLY = ("", "notes", "changes")


@dataclass(frozen=True)
class Timeline:
    """The time line of one record for one reader; `only` says of what: everything, notes or changes."""

    records: Records
    locale: Locale
    entity: str
    record_id: int
    only: str = ""
    all: bool = False

    @property
    def notes(self) -> Notes:
        return Notes(self.records)

    @property
    def here(self) -> str:
        return addresses.timeline_of(self.entity, self.record_id)

    @cached_property
    def people(self) -> dict[int, str]:
        """What everybody is called whom the notes name or who wrote them."""
        found = {user for note in self.written for user in (note.by, *note.names)}
        return self.records.titles("_user", found)

    @cached_property
    def written(self) -> tuple[Note, ...]:
        return self.notes.of(self.entity, self.record_id)

    def view(self, form: NoteForm | None = None) -> TimelineView:
        """What is shown; with the form as it was sent, where something is wrong with it."""
        writes = self.notes.may_write(self.entity, self.record_id)
        most = EVERYTHING if self.all else SHOWN
        items = sorted(self._items(form), key=lambda item: item[0], reverse=True)
        own = form if form and form.id == "note" else self.form() if writes else None
        return TimelineView(
            title=self.records.titles(self.entity, [self.record_id])[self.record_id],
            card_url=addresses.card_of(self.entity, self.record_id),
            url=self._url(self.only),
            form=own,
            narrowings=tuple(self._narrowings()),
            items=tuple(item for _at, item in items[:most]),
            more_url=self._url(self.only, everything=True) if len(items) > most else "",
            history_url=addresses.history_of(self.entity, self.record_id),
        )

    def form(self, note: Note | None = None, kind: NoteKind | None = None) -> NoteForm:
        """The form of a new note, or of one that is there."""
        chosen = kind or (note.kind if note else self.notes.kinds(self.entity)[0])
        return NoteForm(
            id=f"note-{note.id}" if note else "note",
            action=addresses.note(note.id) if note else addresses.notes_of(self.entity, self.record_id),
            kinds=self.kinds(chosen),
            text=note.text if note else "",
            at=self._local(note.at) if note and note.kind != "comment" else "",
            next_step=note.next_step if note else "",
            next_on=note.next_on.isoformat() if note and note.next_on else "",
        )

    def kinds(self, chosen: str) -> tuple[ShownKind, ...]:
        """What may be noted here."""
        return tuple(
            ShownKind(kind, kind_said(kind), ICONS[kind], kind == chosen) for kind in self.notes.kinds(self.entity)
        )

    def _items(self, form: NoteForm | None) -> Iterator[tuple[dt.datetime, TimelineItem]]:
        if self.only != "changes":
            for note in self.written:
                yield note.at, TimelineItem(note=self._note(note, form))
        if self.only != "notes":
            told = History(self.records).of(self.entity, self.record_id)
            telling = Telling(self.records.configuration, self.locale, told.titles, told.files)
            for entry in told.entries:
                yield entry.at, TimelineItem(entry=telling.entry(self.entity, entry))

    def _note(self, note: Note, form: NoteForm | None) -> ShownNote:
        own = form if form and form.id == f"note-{note.id}" else self.form(note) if note.mine else None
        return ShownNote(
            id=note.id,
            said=kind_said(note.kind),
            icon=ICONS[note.kind],
            who=self.people.get(note.by) or _("Somebody"),
            when=self._moment(note.at),
            moment=note.at.isoformat(),
            text=with_names(note.text, (self.people[user] for user in note.names if user in self.people)),
            next_step=self._next(note),
            done=note.done,
            done_url=f"{addresses.note(note.id)}/{'undone' if note.done else 'done'}" if note.mine else "",
            changed=_("changed %(when)s", when=self._moment(note.changed_at)) if note.changed_at else "",
            form=own,
            delete_url=f"{addresses.note(note.id)}/delete" if note.deletable else "",
        )

    def _next(self, note: Note) -> str:
        day = self.locale.show_date(note.next_on) if note.next_on else ""
        if note.next_step and day:
            return _("%(step)s, on %(day)s", step=note.next_step, day=day)
        return note.next_step or day

    def _narrowings(self) -> Iterator[Narrowing]:
        labels = {"": _("Everything"), "notes": _("Notes"), "changes": _("Changes")}
        for only in ONLY:
            yield Narrowing(labels[only], self._url(only), only == self.only)

    def _url(self, only: str, *, everything: bool = False) -> str:
        pairs = [*([f"only={only}"] if only else []), *(["all=1"] if everything else [])]
        return self.here + ("?" + "&".join(pairs) if pairs else "")

    def _moment(self, at: dt.datetime) -> str:
        return self.locale.show_datetime(at.replace(second=0, microsecond=0))

    def _local(self, at: dt.datetime) -> str:
        local = at.astimezone(self.locale.zone).replace(tzinfo=None, second=0, microsecond=0)
        return local.isoformat(timespec="minutes")


def written_on(records: Records, entity: str, record_id: int) -> str:
    """What says whether something was written on a record, or changed there, since one last looked."""
    notes = Notes(records)
    if not notes.kinds(entity):
        return ""
    return " ".join(f"{note.id}-{note.changed_at or ''}" for note in notes.of(entity, record_id))
