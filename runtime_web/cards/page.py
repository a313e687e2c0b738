"""The card page: the record, the list around it, and the form when it is open for changes."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Entity
from engine.problems import Problem
from engine.query import Edge
from engine.records import Clash, Preview, Record, Records
from engine.records.alike import telling_fields
from runtime_web import addresses
from runtime_web.cards.again import Again
from runtime_web.cards.attached import NOTHING, Texts, takes_files, tiles_on
from runtime_web.cards.inputs import Filling, Path, Titles, told, value_text
from runtime_web.cards.layout import fields_of, fields_on, layout_for, tabs_of
from runtime_web.cards.looks import ByLine, Looking, looks_in
from runtime_web.cards.posted import Posted
from runtime_web.cards.reading import Values, read_in_line, read_value, said
from runtime_web.cards.related import Asked, Relation
from runtime_web.cards.start import Start, base_of
from runtime_web.cards.view import Card
from runtime_web.cards.widgets import widgets_of
from runtime_web.i18n import gettext as _
from runtime_web.lists.state import ListState
from runtime_web.lists.words import decapitalized
from runtime_web.person import workspace
from runtime_web.printed import printed_by
from runtime_web.shell import entity_icon
from runtime_web.views.card import CardView, Clashing, Fault, Form, Related, Surroundings, Widget
from runtime_web.views.files import FileTile

Reading = Callable[[Widget, Values, Filling], str]
"""How a value is read: alone, or in a line."""


@dataclass(frozen=True)
class CardPage:
    """The card page of one entity for one reader. `state` is the list that the card was opened from."""

    records: Records
    locale: Locale
    state: ListState
    tab: str = ""

    @cached_property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.state.entity]

    @property
    def name(self) -> str:
        return self.state.entity

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields on the card, lines among them, that this reader may see."""
        key = ("fields on", self.records.rights.key, self.name)
        return workspace().once(key, lambda: self._readable(fields_on(self.name, self.entity)))

    def _readable(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if self.records.rights.may_read(self.name, name))

    def _layout(self, looks: ByLine, *, new: bool = False) -> str:
        """Which of the entity's cards a record has that looks so."""
        return layout_for(self.name, self.entity, looks[""].hidden if "" in looks else frozenset(), new=new)

    @property
    def looking(self) -> Looking:
        return Looking(self.records, self.name, tuple(self._child_names))

    @cached_property
    def arguments(self) -> str:
        """The list's query string, which goes along from card to card."""
        return self.state.arguments(self.records.configuration)

    @property
    def label(self) -> str:
        return self.entity.label_in(self.locale.language, self.name)

    def read(self, start: Start) -> CardView:
        """The card to be read, with the way to the records beside it."""
        record_id = start.record.id
        assert record_id is not None
        may_copy, administers = self.records.rights.may("create", self.name), self.records.rights.may_administer
        return self._there(
            start,
            around=self._around(record_id),
            copy_url=f"{addresses.new_of(self.name)}?copy={record_id}" if may_copy else "",
            who_url=addresses.who_of(self.name, record_id) if administers else "",
        )

    def glance(self, start: Start) -> CardView:
        """The card to be read where the list around it is in sight."""
        return self._there(start, around=self._list)

    def _there(self, start: Start, **beside: Any) -> CardView:
        """The card of a record to be read, with what stands beside it where the whole page is its own."""
        record = start.record
        filling = Filling(self.locale, record.titles, files=self._files(record), record=record.id)
        looks = self.looking.there(record)
        layout = self._layout(looks)
        card = Card(self.records, self.locale, record, filling, start.rows, tab=self.tab, looks=looks, layout=layout)
        assert record.id is not None
        here = addresses.card_of(self.name, record.id)
        allowed = self.records.allowed(self.name, record.id)
        return self._framed(
            card,
            edit_url=addresses.edit_of(self.name, record.id) + self.arguments if "update" in allowed else "",
            delete_url=f"{here}/delete{self.arguments}" if "delete" in allowed else "",
            prints="print" in allowed,
            printed=printed_by(self.records, self.locale) if "print" in allowed else "",
            history=tuple(self._history(record)),
            history_url=addresses.history_of(self.name, record.id),
            timeline_url=addresses.timeline_of(self.name, record.id) if self.entity.noted else "",
            **beside,
        )

    def related(self, start: Start, name: str, at: str, asked: Asked) -> Related | None:
        """A section of related records by what it is called on the card; None where nobody would see it there."""
        looks = self.looking.there(start.record)
        hidden = looks[""].hidden if "" in looks else frozenset()
        tab_key, _, number = at.rpartition(".")
        layout, _, tab_number = tab_key.rpartition(":")
        tabs = {f"{place}": tab for place, tab in enumerate(tabs_of(self.name, self.entity, layout))}
        sections = tabs[tab_number].sections if tab_number in tabs else ()
        section = dict(enumerate(sections)).get(int(number) if number.isascii() and number.isdigit() else -1)
        if section is None or section.related != name or {tab_key, at} & hidden or name not in self.entity.fields:
            return None
        return Relation(self.records, self.locale, start.record, section, at).shown(asked)

    def edit(self, start: Start, form: Form) -> CardView:
        """The card to be filled in, as it opens."""
        record = start.record
        base = json.dumps(base_of(self.records, record, self.fields))
        looks = self.looking.opened(start)
        layout = self._layout(looks, new=record.id is None)
        first = self._first_field(start, layout)
        filling = Filling(self.locale, record.titles, prefix=_prefix(form), first=first, files=self._files(record))
        card = Card(
            self.records,
            self.locale,
            record,
            filling,
            start.rows,
            editing=True,
            tab=self.tab,
            looks=looks,
            layout=layout,
        )
        form = replace(form, base=base, layout=layout)
        return self._framed(card, around=self._around_form(record, form), form=form)

    def again(self, again: Again, posted: Posted, titles: Titles, form: Form) -> CardView:
        """The form shown again, with what was typed and what is wrong with it."""
        record = again.record
        layout = posted.form.get("_layout", "")
        base = posted.form.get("_base", "")
        if again.clashes and record.id:
            base = json.dumps(base_of(self.records, record, self.fields))
        filling = Filling(self.locale, {**record.titles, **titles}, again.texts, again.problems, prefix=_prefix(form))
        filling = replace(filling, files=self._files(record, posted.texts))
        clashes = {clash.path: self._clash(clash, posted, filling) for clash in again.clashes}
        filling = replace(filling, clashes=clashes, first_wrong=self._first_wrong(again))
        card = Card(
            self.records,
            self.locale,
            record,
            filling,
            again.rows,
            editing=True,
            tab=self.tab,
            looks=self.looking.typed(posted, record),
            layout=layout,
        )
        paths = sorted(again.problems, key=self._order(again))
        faults = (
            *(Fault(note, "") for note in again.notes),
            *(self._fault(path, again.problems[path], filling.prefix) for path in paths),
        )
        form = replace(form, base=base, layout=layout)
        around = self._around_form(record, form)
        return self._framed(card, around=around, form=form, faults=faults, clashed=bool(clashes))

    def form(self, record_id: int | None, *, token: str = "", return_url: str = "", dialog: bool = False) -> Form:
        """What a form carries besides its fields."""
        here = addresses.card_of(self.name, record_id) if record_id else ""
        listed = addresses.list_of(self.name)
        telling = [name for name in telling_fields(self.records, self.name) if name in self.fields]
        return Form(
            action=(here or addresses.new_of(self.name)) + self.arguments,
            base="",
            token=token or secrets.token_urlsafe(16),
            return_url=return_url,
            cancel_url=return_url or (here or listed) + self.arguments,
            dialog=dialog,
            again=record_id is None and not dialog and not return_url,
            preview=addresses.preview_of(self.name, record_id) if self._computes else "",
            alike=addresses.alike_of(self.name, record_id) if telling else "",
            alike_by=tuple(telling),
            files=takes_files(self.records.configuration, self.name),
        )

    @property
    def _computes(self) -> bool:
        """Whether anything on the card follows from what is typed."""
        fields = [field for entity in (self.entity, *self._children) for field in entity.fields.values()]
        given = any(field.formula is not None or field.default_formula is not None for field in fields)
        return given or self.looking.hides

    @property
    def _children(self) -> list[Entity]:
        return [self.records.configuration.entities[name] for name in self._child_names]

    @property
    def _child_names(self) -> list[str]:
        listed = (self.entity.fields[name] for name in self.fields)
        return [field.of for field in listed if isinstance(field, LinesField)]

    def foreseen(self, posted: Posted, record_id: int | None) -> Mapping[str, Mapping[str, str] | list[str]]:
        """What a save would give, by field, or by lines field, key and field.

        `computed` has the HTML of computed fields, `defaults` what blank inputs would be filled with, `hidden` names
        what would not be shown: fields so, tabs by number, sections like 0.1, `required` what would have to be filled in.
        """
        found = self.records.preview(self.name, record_id, posted.reading.edit(new=record_id is None))
        computed: dict[str, str] = {}
        defaults: dict[str, str] = {}
        if found is not None:
            computed |= self._computed(self.name, found.record, "", read_value)
            defaults |= self._defaults(self.name, found.record, "") if record_id is None else {}
            for name, key, line in _lines_of(found):
                computed |= self._computed(line.entity, line, f"{name}.{key}.", read_in_line)
                defaults |= self._defaults(line.entity, line, f"{name}.{key}.") if key.startswith("n") else {}
        looks = looks_in(found)
        hidden = [_named(line, name) for line in looks for name in sorted(looks[line].hidden)]
        required = [_named(line, name) for line in looks for name in sorted(looks[line].required)]
        return {"computed": computed, "defaults": defaults, "hidden": hidden, "required": required}

    def _defaults(self, entity: str, record: Record, before: str) -> Iterator[tuple[str, str]]:
        for name, field in self.records.configuration.entities[entity].fields.items():
            value = record.values.get(name)
            if field.default_formula is not None and value is not None and self.records.rights.may_read(entity, name):
                yield before + name, field.entry(value, self.locale)

    def _computed(self, entity: str, record: Record, before: str, read: Reading) -> Iterator[tuple[str, str]]:
        widgets = widgets_of(self.records.configuration, self.records.rights, entity, self.locale)
        filling = Filling(self.locale, record.titles)
        for name, widget in widgets.items():
            if widget.computed:
                yield before + name, read(widget, said(record), filling)

    def _files(self, record: Record, texts: Texts = NOTHING) -> Mapping[int, FileTile]:
        return tiles_on(self.records.configuration, record, texts)

    def _framed(self, card: Card, **more: Any) -> CardView:
        """What each view of a card says, with what only some do."""
        record = card.record
        return CardView(
            entity=self.name,
            title=record.title if record.id else _("New %(entity)s", entity=decapitalized(self.label)),
            label=self.label,
            icon=entity_icon(self.entity),
            state=card.state() if record.id else Markup(""),
            tabs=card.tabs(),
            record_id=record.id,
            **more,
        )

    @cached_property
    def _list(self) -> Surroundings:
        """The way back to the list."""
        listed = addresses.list_of(self.name) + self.arguments
        return Surroundings(listed, self.entity.plural_in(self.locale.language, self.name))

    def _around_form(self, record: Record, form: Form) -> Surroundings:
        return self._around(record.id) if record.id and not form.return_url else self._list

    def _around(self, record_id: int) -> Surroundings:
        view = self.records.configuration.view(self.name, self.state.view or None)[1]
        query = self.state.query((), view)
        found = self.records.neighbours(query, record_id)
        if found.position is None:
            return self._list
        return replace(
            self._list,
            previous_url=self._neighbour(found.before, found.position - 1, found.previous),
            next_url=self._neighbour(found.after, found.position + 1, found.next),
            position=self.locale.decimal_formatter(0)(found.position + 1),
        )

    def _neighbour(self, record_id: int | None, position: int, edge: Edge | None) -> str:
        """The card of a record beside this one; its list's page is this one or the one behind the edge."""
        if record_id is None:
            return ""
        page = position // self.state.size + 1
        state = self.state if page == self.state.page else self.state.turned(page, edge)
        return addresses.card_of(self.name, record_id) + state.arguments(self.records.configuration)

    def _history(self, record: Record) -> Iterator[str]:
        if record.created_at:
            yield self._by(_("Created %(when)s", when=self._moment(record.created_at)), record.created_by, record)
        if record.updated_at and record.updated_at != record.created_at:
            yield self._by(_("changed %(when)s", when=self._moment(record.updated_at)), record.updated_by, record)

    def _moment(self, moment: dt.datetime) -> str:
        return self.locale.show_datetime(moment.replace(second=0))

    def _by(self, text: str, person: int | None, record: Record) -> str:
        name = record.titles.get(("_user", person)) if person is not None else None
        return f"{text}, {name}" if name else text

    def _first_field(self, start: Start, layout: str) -> str:
        """The field to begin with: of a new record the first that is still blank."""
        fields = self._readable(fields_of(tabs_of(self.name, self.entity, layout)))
        named = [name for name in fields if name in self.entity.fields and self.entity.fields[name].editable]
        if start.record.id is not None:
            return named[0] if named else ""
        return next((name for name in named if start.record.values.get(name) is None), "")

    def _first_wrong(self, again: Again) -> Path:
        """The first place in reading order that needs attention."""
        wrong = {*again.problems, *(clash.path for clash in again.clashes)} - {()}
        return min(wrong, key=self._order(again), default=())

    def _order(self, again: Again) -> Callable[[Path], tuple[int, ...]]:
        """Where a path stands as one reads the card: by field, line, and field of the line."""
        fields = {name: number for number, name in enumerate(self.fields)}
        rows = {(name, row.key): number for name, listed in again.rows.items() for number, row in enumerate(listed)}

        def order(path: Path) -> tuple[int, ...]:
            child = getattr(self.entity.fields.get(path[0]), "of", "") if path else ""
            inner = list(self.records.configuration.entities[child].fields) if child else []
            column = inner.index(path[2]) if len(path) == 3 and path[2] in inner else -1
            return (
                fields.get(path[0], -1) if path else -1,
                rows.get((path[0], path[1]), -1) if len(path) > 1 else -1,
                column,
            )

        return order

    def _fault(self, path: Path, problem: Problem, prefix: str) -> Fault:
        return Fault(
            f"{self.path_label(path)}: {told(problem)}" if path else told(problem),
            f"#{prefix}{'-'.join(path)}" if path else "",
        )

    def path_label(self, path: Path) -> str:
        """The name of a field as people read it; of a field of a line with the line's own."""
        labels = (
            [self.entity.fields[path[0]].label_in(self.locale.language, path[0])]
            if path and path[0] in self.entity.fields
            else []
        )
        widget = self.widget_at(path) if len(path) == 3 else None
        return ", ".join([*labels, *([widget.label] if widget else [])])

    def widget_at(self, path: Path) -> Widget | None:
        """The widget at (field,) or (lines, key, field)."""
        if len(path) == 1:
            return widgets_of(self.records.configuration, self.records.rights, self.name, self.locale).get(path[0])
        child = getattr(self.entity.fields.get(path[0]), "of", "")
        return (
            widgets_of(self.records.configuration, self.records.rights, child, self.locale).get(path[2])
            if child
            else None
        )

    def _clash(self, clash: Clash, posted: Posted, filling: Filling) -> Clashing:
        name = ".".join(clash.path)
        widget = self.widget_at(clash.path)
        if widget is None:
            return Clashing(name, "", "")
        theirs, mine = value_text(widget, clash.theirs, filling), value_text(widget, clash.mine, filling)
        return Clashing(name, theirs or _("blank"), mine or _("blank"), posted.decided(name))


def _lines_of(found: Preview) -> Iterator[tuple[str, str, Record]]:
    """Each line of a preview, with its lines field and its key in the form."""
    for name, keys in found.keys.items():
        for line in found.record.lines.get(name, ()):
            key = keys.get(line.id or 0)
            if key:
                yield name, key, line


def _prefix(form: Form) -> str:
    return "d-" if form.dialog else "f-"


def _named(line: str, name: str) -> str:
    """What an input is called in the form."""
    return f"{line}.{name}" if line else name
