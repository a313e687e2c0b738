"""From a record to what its card says, to be read or to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from engine.fields.choice import ChoiceField
from engine.fields.label import text_in
from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Entity, Section, Tab
from engine.records import Record, Records
from runtime_web.cards.inputs import Filling, told
from runtime_web.cards.layout import line_columns, tabs_of
from runtime_web.cards.reading import read_fields, read_lines, read_value, said
from runtime_web.cards.related import related
from runtime_web.cards.widgets import widgets_of
from runtime_web.views.card import NOTHING, CardSection, CardTab, Input, Line, Lines, Related, Widget

NEW_LINE = "n0"
"""The key of the line that a script copies; it is inside a <template>, so it is never sent."""


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
    locked: frozenset[str] = frozenset()
    """Fields that are only to be read even while the card is filled in."""

    @cached_property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.record.entity]

    @cached_property
    def widgets(self) -> Mapping[str, Widget]:
        return widgets_of(self.records.configuration, self.records.rights, self.record.entity, self.locale)

    def tabs(self) -> tuple[CardTab, ...]:
        """The tabs, the first of those with a problem being the active one, else the one that the address names."""
        made = [self._tab(tab, number) for number, tab in enumerate(tabs_of(self.record.entity, self.entity))]
        shown = [tab for tab in made if tab.sections]
        wrong = next((tab.id for tab in shown if tab.wrong), "")
        named = next((tab.id for tab in shown if self._is_named(tab)), "")
        active = wrong or named or (shown[0].id if shown else "")
        return tuple(CardTab(tab.id, tab.label, tab.sections, tab.id == active, tab.wrong, tab.count) for tab in shown)

    def state(self) -> Markup:
        """The record's first choice that has colours, as a pill."""
        for widget in self.widgets.values():
            if isinstance(widget.field, ChoiceField) and any(option.color for option in widget.options):
                return read_value(widget, said(self.record), self.filling)
        return NOTHING

    def _is_named(self, tab: CardTab) -> bool:
        return bool(self.tab) and (
            tab.id == self.tab or any(section.related and section.related.name == self.tab for section in tab.sections)
        )

    def _tab(self, tab: Tab, number: int) -> CardTab:
        sections = tuple(made for section in tab.sections if (made := self._section(section)))
        only = sections[0].related if len(sections) == 1 else None
        wrong = any(_is_wrong(section) for section in sections)
        label, count = text_in(tab.tab, self.locale.language, ""), only.count if only else ""
        return CardTab(f"{self.filling.prefix}tab{number}", label, sections, active=False, wrong=wrong, count=count)

    def _section(self, section: Section) -> CardSection | None:
        label = text_in(section.label, self.locale.language, "") if section.label else ""
        if section.related:
            shown = self._related(section)
            return CardSection(label, related=shown) if shown else None
        if section.lines:
            return CardSection("", lines=self._lines(section, label))
        listed = [[self.widgets[name] for name in names if name in self.widgets] for names in section.side_by_side]
        if not any(listed):
            return None
        if not self.editing:
            return CardSection(
                label, read=tuple(read_fields(widgets, said(self.record), self.filling) for widgets in listed)
            )
        return CardSection(label, tuple(tuple(map(self._input, widgets)) for widgets in listed))

    def _related(self, section: Section) -> Related | None:
        readable = self.records.rights.may_read(self.record.entity, section.related or "")
        return related(self.records, self.locale, self.record, section) if self.record.id and readable else None

    def _input(self, widget: Widget) -> Input:
        if widget.editable and widget.name not in self.locked:
            return self.filling.edit(widget, self.record.values, (widget.name,))
        return replace(self.filling.read(widget, said(self.record)), locked=widget.editable)

    def _lines(self, section: Section, label: str) -> Lines:
        name = section.lines or ""
        field = self.entity.fields[name]
        assert isinstance(field, LinesField)
        child = self.records.configuration.entities[field.of]
        widgets = widgets_of(self.records.configuration, self.records.rights, field.of, self.locale)
        columns = tuple(widgets[key] for key in line_columns(section, child) if key in widgets)
        rows = self.rows.get(name, ())
        empty = Lines(
            name, field.of, f"{self.filling.prefix}{name}", label or field.label_in(self.locale.language, name), columns
        )
        if not self.editing:
            return replace(empty, read=read_lines(columns, (row.record for row in rows), self.filling))
        problem = self.filling.problems.get((name,))
        return replace(
            empty,
            rows=tuple(self._line(name, columns, row) for row in rows),
            blank=self._line(name, columns, LineRow(NEW_LINE, self.records.blank(field.of))),
            problem=told(problem) if problem else "",
        )

    def _line(self, name: str, columns: tuple[Widget, ...], row: LineRow) -> Line:
        values = said(row.record)
        inputs = tuple(
            self.filling.edit(widget, values, (name, row.key, widget.name))
            if widget.editable
            else replace(self.filling.read(widget, values), in_line=True)
            for widget in columns
        )
        problem = self.filling.problems.get((name, row.key))
        return Line(row.key, inputs, told(problem) if problem else "", row.deleted)


def _is_wrong(section: CardSection) -> bool:
    inputs = [each for column in section.columns for each in column]
    lines = section.lines
    if lines:
        inputs += [each for row in lines.rows for each in row.inputs]
        if lines.problem or any(row.problem for row in lines.rows):
            return True
    return any(each.problem or (each.clash and not each.clash.taken) for each in inputs)
