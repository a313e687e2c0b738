"""Tells history in the reader's language: who did what when, and values as the reader's locale writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.column import FILES
from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.records import Record
from engine.records.told import Entry, FieldChange, Former, FormerRecord, LineChange, RecordHistory
from formulas import FormulaError
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.views.history import FormerPage, HistoryPage, ShownChange, ShownEntry, ShownLine, ShownTable

Titles = Mapping[tuple[str, int], str]
LONGEST = 300
ICONS = {"created": "plus", "changed": "pencil", "trashed": "trash", "restored": "arrow-back-up"}


def origin_said(origin: str) -> str:
    """Where a change came from, in words; "" where that is nothing to tell."""
    return {
        "form": _("in the form"),
        "import": _("by an import"),
        "api": _("by the API"),
        "program": _("by the program"),
        "formula": _("by a formula"),
        "undo": _("by undoing"),
        "batch": _("for several records at once"),
    }.get(origin, "")


def kind_said(kind: str) -> str:
    """What became of a record, in a word or two."""
    return {
        "created": _("Created"),
        "changed": _("Changed"),
        "trashed": _("Deleted"),
        "restored": _("Brought back"),
    }[kind]


def act_said(kind: str) -> str:
    """What was done, in a word or two."""
    named = {
        "import": _("Imported"),
        "undo": _("Undone"),
        "hand-over": _("Handed over"),
        "batch": _("Many at once"),
        "paste": _("Pasted"),
        "fill": _("Filled down"),
        "clear": _("Cleared"),
        "bulk": _("Many changed at once"),
    }
    return named[kind] if kind in named else kind_said(kind)


@dataclass(frozen=True)
class Telling:
    """Tells of one record, or of a value of it."""

    configuration: Configuration
    locale: Locale
    titles: Titles
    files: Mapping[int, str] = field(default_factory=dict)

    def person(self, user: int | None) -> str:
        """Who did something; the system has no name."""
        if user is None:
            return _("The program")
        return self.titles.get(("_user", user)) or _("Somebody")

    def moment(self, at: dt.datetime) -> str:
        return self.locale.show_datetime(at.replace(second=0, microsecond=0))

    def value(self, described: Field, value: Any) -> str:
        """A value as people read it; "" where it is blank."""
        if value in (None, ()):
            return ""
        if isinstance(value, FormulaError):
            return value.code
        if isinstance(value, Former):
            return _cut(value.text)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        links, column = described.links(), described.column()
        if links:
            return ", ".join(self._named(links.target, one) for one in value)
        if column and column.kind == "reference":
            return self._named(column.target, value)
        if isinstance(described, Choosing):
            chosen = value if isinstance(value, tuple) else (value,)
            return ", ".join(self._option(described, one) for one in chosen)
        return _cut(described.formatter(self.locale)(value))

    def _named(self, target: str | None, record_id: int) -> str:
        if target == FILES:
            return self.files.get(record_id) or _("a file")
        return self.titles.get((str(target), record_id)) or _("(not shown)")

    def _option(self, described: Choosing, value: str) -> str:
        option = described.option(value)
        return option.label_in(self.locale.language) if option else value

    def changes(self, entity: str, changes: tuple[FieldChange, ...]) -> tuple[ShownChange, ...]:
        """The changes of fields, in words."""
        fields = self.configuration.entities[entity].fields
        return tuple(
            ShownChange(
                fields[one.name].label_in(self.locale.language, one.name),
                self.value(fields[one.name], one.before),
                self.value(fields[one.name], one.after),
                one.computed,
            )
            for one in changes
        )

    def entry(self, entity: str, one: Entry) -> ShownEntry:
        """An entry of a record's history, in words."""
        return ShownEntry(
            said=kind_said(one.kind),
            icon=ICONS[one.kind],
            who=self.person(one.by),
            when=self.moment(one.at),
            moment=one.at.isoformat(),
            # That the program did it is said already.
            whence=origin_said(one.origin) if one.by is not None or one.origin != "program" else "",
            changes=self.changes(entity, one.fields),
            lines=tuple(self._lines(entity, one.lines)),
        )

    def _lines(self, entity: str, lines: tuple[LineChange, ...]) -> Iterator[ShownLine]:
        fields = self.configuration.entities[entity].fields
        moved = False
        for line in lines:
            described = fields[line.field]
            assert isinstance(described, LinesField)
            if line.kind == "moved":
                moved = True
                continue
            child = self.configuration.entities[described.of]
            name = (self.titles.get(line.called) if line.called else None) or line.title
            label = f"{child.label_in(self.locale.language, described.of)} {name}"
            said = {
                "created": _("Added: %(line)s", line=label),
                "changed": label,
                "trashed": _("Removed: %(line)s", line=label),
                "restored": _("Brought back: %(line)s", line=label),
            }[line.kind]
            yield ShownLine(said, self.changes(described.of, line.fields))
        if moved:
            yield ShownLine(_("Lines were put in another order."), ())


def history_page(
    history: RecordHistory, configuration: Configuration, locale: Locale, undoable: Callable[[Entry], bool]
) -> HistoryPage:
    """The page with the history of a record; `undoable` says which entries its reader may take back."""
    telling = Telling(configuration, locale, history.titles, history.files)
    there, then = addresses.card_of(history.entity, history.id), addresses.then_of(history.entity, history.id)
    plural = configuration.entities[history.entity].plural_in(locale.language, history.entity)
    return HistoryPage(
        title=history.title,
        back_url=addresses.trash_of(history.entity) if history.trashed else there,
        back_label=_("Trash: %(list)s", list=plural) if history.trashed else history.title,
        entries=tuple(
            replace(telling.entry(history.entity, one), then_url=_then(then, one.at), undo_url=_undo(one, undoable))
            for one in history.entries
        ),
        trashed=history.trashed,
        then_url=then,
        newest=_local(dt.datetime.now(dt.UTC), locale),
        zone=locale.timezone,
    )


def former_page(
    found: FormerRecord | None, today: Record, moment: dt.datetime, configuration: Configuration, locale: Locale
) -> FormerPage:
    """The page of a record as it was; `today` is the record as it is now, whose fields it may show."""
    assert today.id is not None
    page = FormerPage(
        title=today.title,
        history_url=addresses.history_of(today.entity, today.id),
        when=locale.show_datetime(moment.replace(microsecond=0)),
        moment=_local(moment, locale),
        then_url=addresses.then_of(today.entity, today.id),
        existed=found is not None,
    )
    if found is None:
        return page
    telling, record = Telling(configuration, locale, found.record.titles), found.record
    fields = configuration.entities[record.entity].fields
    shown = [name for name in fields if name in record.values]
    missing = [name for name in today.values if name in fields and name not in record.values]
    return replace(
        page,
        trashed=found.trashed,
        fields=tuple(
            (fields[name].label_in(locale.language, name), telling.value(fields[name], _said(record, name)))
            for name in shown
        ),
        tables=tuple(_tables(telling, record)),
        left_out=tuple(fields[name].label_in(locale.language, name) for name in missing),
    )


def _tables(telling: Telling, record: Record) -> Iterator[ShownTable]:
    configuration, language = telling.configuration, telling.locale.language
    for name, lines in record.lines.items():
        described = configuration.entities[record.entity].fields[name]
        if not lines or not isinstance(described, LinesField):
            continue
        fields = configuration.entities[described.of].fields
        columns = [one for one in fields if any(one in line.values for line in lines)]
        yield ShownTable(
            described.label_in(language, name),
            tuple((fields[one].label_in(language, one), fields[one].align_end) for one in columns),
            tuple(tuple(telling.value(fields[one], _said(line, one)) for one in columns) for line in lines),
        )


def _said(record: Record, name: str) -> Any:
    return Former(record.errors[name]) if name in record.errors else record.values.get(name)


def _undo(one: Entry, undoable: Callable[[Entry], bool]) -> str:
    """Where an entry is taken back: a change alone, or the act that it was a part of."""
    if not undoable(one) or (one.change is None and one.action is None):
        return ""
    return addresses.undo_of("action", one.action) if one.action else addresses.undo_of("change", one.change)


def _then(url: str, at: dt.datetime) -> str:
    return f"{url}?at={at.astimezone(dt.UTC).isoformat().replace('+00:00', 'Z')}"


def _local(moment: dt.datetime, locale: Locale) -> str:
    """A moment as the browser's own input for it wants it."""
    return moment.astimezone(locale.zone).replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
