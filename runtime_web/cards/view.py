"""From a record to what its card says, to be read or to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from engine.fields.choice import ChoiceField
from engine.fields.label import text_in
from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Entity, Section, Tab
from engine.records import Looks, Record, Records
from runtime_web import addresses
from runtime_web.cards.inputs import Filling, told
from runtime_web.cards.layout import NEW_LINE, line_columns, tabs_of
from runtime_web.cards.reading import read_fields, read_lines, read_value, said
from runtime_web.cards.related import Relation
from runtime_web.cards.widgets import widgets_of
from runtime_web.views.card import NOTHING, CardSection, CardTab, Input, Line, Lines, Related, Widget

PLAIN: Mapping[str, Looks] = MappingProxyType({})


@dataclass(frozen=True)
class LineRow:
    """A line as the form holds it: its key, the record behind it, and whether it is marked to be deleted."""

    key: str
    record: Record
    deleted: bool = False


@dataclass(frozen=True)
class Card:
    """The card of one record for one reader. `rows` are its lines as the form holds them, by lines field."""

    records: Records
    locale: Locale
    record: Record
    filling: Filling
    rows: Mapping[str, tuple[LineRow, ...]]
    editing: bool = False
    tab: str = ""
    looks: Mapping[str, Looks] = field(default_factory=lambda: PLAIN)
    """What is closed or hidden, of the record under "", of a line under its field and key: lines.n1."""
    layout: str = ""
    """Which of the entity's cards it is."""

    @cached_property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.record.entity]

    @cached_property
    def widgets(self) -> Mapping[str, Widget]:
        return widgets_of(self.records.configuration, self.records.rights, self.record.entity, self.locale)

    def tabs(self) -> tuple[CardTab, ...]:
        """The tabs, the first of those with a problem being the active one, else the one that the address names."""
        made = [
            self._tab(tab, number) for number, tab in enumerate(tabs_of(self.record.entity, self.entity, self.layout))
        ]
        shown = [tab for tab in made if tab.sections and (self.editing or not tab.hidden)]
        open_to = [tab for tab in shown if not tab.hidden]
        wrong = next((tab.id for tab in open_to if tab.wrong), "")
        named = next((tab.id for tab in open_to if self._is_named(tab)), "")
        active = wrong or named or (open_to[0].id if open_to else "")
        return tuple(replace(tab, active=True) if tab.id == active else tab for tab in shown)

    def state(self) -> Markup:
        """The record's first choice that has colours, as a pill."""
        for widget in self.widgets.values():
            if isinstance(widget.field, ChoiceField) and any(option.color for option in widget.options):
                return read_value(widget, said(self.record), self.filling)
        return NOTHING

    @cached_property
    def _stale(self) -> frozenset[tuple[str, str]]:
        return self.records.computing()

    def _computing(self, entity: str) -> frozenset[str]:
        """The fields of an entity that a job is computing."""
        return frozenset(name for own, name in self._stale if own == entity)

    def _is_named(self, tab: CardTab) -> bool:
        return bool(self.tab) and (
            tab.id == f"{self.filling.prefix}{self.tab}"
            or any(section.related and section.related.name == self.tab for section in tab.sections)
        )

    def _tab(self, tab: Tab, number: int) -> CardTab:
        key = f"{self.layout}:{number}" if self.layout else f"{number}"
        sections = tuple(self._sections(tab, key))
        only = sections[0].related if len(sections) == 1 else None
        wrong = self.editing and any(_is_wrong(section) for section in sections)
        label, count = text_in(tab.tab, self.locale.language, ""), only.count if only else ""
        return CardTab(
            f"{self.filling.prefix}tab{number}",
            label,
            sections,
            active=False,
            wrong=wrong,
            count=count,
            key=key if tab.visible_if else "",
            hidden=self._is_hidden(key),
        )

    def _sections(self, tab: Tab, before: str) -> Iterator[CardSection]:
        for below, section in enumerate(tab.sections):
            key = f"{before}.{below}"
            hidden = self._is_hidden(key)
            made = self._section(section, key) if self.editing or not hidden else None
            if made:
                yield replace(made, key=key, hidden=hidden) if section.visible_if else made

    def _is_hidden(self, name: str, line: str = "") -> bool:
        return line in self.looks and name in self.looks[line].hidden

    def _section(self, section: Section, key: str) -> CardSection | None:
        label = text_in(section.label, self.locale.language, "") if section.label else ""
        if section.related:
            shown = self._related(section, key)
            return CardSection(label, related=shown) if shown else None
        if section.lines:
            return CardSection("", lines=self._lines(section, label))
        listed = [[self.widgets[name] for name in names if self._shows(name)] for names in section.side_by_side]
        if not any(listed):
            return None
        if not self.editing:
            marked, values = self._computing(self.record.entity), said(self.record)
            read = tuple(read_fields(widgets, values, self.filling, marked) for widgets in listed)
            return CardSection(label, read=read, spans=section.spans)
        return CardSection(label, tuple(tuple(map(self._input, widgets)) for widgets in listed), spans=section.spans)

    def _shows(self, name: str) -> bool:
        return name in self.widgets and (self.editing or not self._is_hidden(name))

    def _related(self, section: Section, key: str) -> Related | None:
        readable = self.records.rights.may_read(self.record.entity, section.related or "")
        if not self.record.id or not readable:
            return None
        return Relation(self.records, self.locale, self.record, section, key).shown()

    def _input(self, widget: Widget) -> Input:
        locked = "" in self.looks and widget.name in self.looks[""].locked
        if widget.editable and not locked:
            made = self.filling.edit(widget, self.record.values, (widget.name,))
        else:
            made = replace(self.filling.read(widget, said(self.record)), locked=widget.editable)
        return self._looking(made, "")

    def _lines(self, section: Section, label: str) -> Lines:
        name = section.lines or ""
        described = self.entity.fields[name]
        assert isinstance(described, LinesField)
        of = described.of
        child = self.records.configuration.entities[of]
        widgets = widgets_of(self.records.configuration, self.records.rights, of, self.locale)
        columns = tuple(widgets[key] for key in line_columns(section, child) if key in widgets)
        rows = self.rows.get(name, ())
        label = label or described.label_in(self.locale.language, name)
        empty = Lines(
            name, of, f"{self.filling.prefix}{name}", label, columns, addresses.pasting_of(self.record.entity, name)
        )
        if not self.editing or ("" in self.looks and name in self.looks[""].locked):
            shown = (self._without_hidden(row.record, f"{name}.{row.key}") for row in rows)
            read = read_lines(columns, shown, self.filling)
            return replace(empty, read=read, computing=self._computing(of), closed=self.editing)
        problem = self.filling.problems.get((name,))
        return replace(
            empty,
            rows=tuple(self._line(name, columns, row) for row in rows),
            blank=self._line(name, columns, LineRow(NEW_LINE, self.records.blank(of))),
            problem=told(problem) if problem else "",
        )

    def _without_hidden(self, record: Record, line: str) -> Record:
        if line not in self.looks or not self.looks[line].hidden:
            return record
        shown = {name: value for name, value in record.values.items() if name not in self.looks[line].hidden}
        return replace(record, values=shown)

    def _line(self, name: str, columns: tuple[Widget, ...], row: LineRow) -> Line:
        values = said(row.record)
        inputs = tuple(self._line_input(name, row, widget, values) for widget in columns)
        problem = self.filling.problems.get((name, row.key))
        return Line(row.key, inputs, told(problem) if problem else "", row.deleted)

    def _line_input(self, name: str, row: LineRow, widget: Widget, values: Mapping[str, Any]) -> Input:
        line = f"{name}.{row.key}"
        locked = line in self.looks and widget.name in self.looks[line].locked
        if widget.editable and not locked:
            made = self.filling.edit(widget, values, (name, row.key, widget.name))
        else:
            made = replace(self.filling.read(widget, values), in_line=True, locked=widget.editable)
        return self._looking(made, line)

    def _looking(self, made: Input, line: str) -> Input:
        """An input as the conditions on it have it."""
        widget, looks = made.widget, self.looks.get(line)
        required = widget.required or (looks is not None and widget.name in looks.required)
        hidden = looks is not None and widget.name in looks.hidden
        return replace(made, required=required, hidden=hidden) if required or hidden else made


def _is_wrong(section: CardSection) -> bool:
    inputs = [each for column in section.columns for each in column]
    lines = section.lines
    if lines:
        inputs += [each for row in lines.rows for each in row.inputs]
        if lines.problem or any(row.problem for row in lines.rows):
            return True
    return any(each.problem or (each.clash and not each.clash.taken) for each in inputs)
