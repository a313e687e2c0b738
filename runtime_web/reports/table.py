"""The table of a report as its page shows it: heads over the columns, lines with their depth, numbers as texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from designer.pivot import Item, Pivot
from designer.pivot.finished import Mark, Rule
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.model.report import Dimension, Report
from engine.query import Condition
from formulas import FormulaError
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.reports.amounts import Write, value_label, writer_of
from runtime_web.reports.doors import Doors
from runtime_web.reports.paths import end_of
from runtime_web.reports.periods import part_words
from runtime_web.views.report import CellView, HeadCell, LegendEntry, RowView, TableView


@dataclass(frozen=True)
class Table:
    """One report with its pivot, for one reader."""

    configuration: Configuration
    report: Report
    pivot: Pivot
    locale: Locale
    conditions: tuple[Condition, ...] = ()

    def view(self) -> TableView:
        """What the template says of it."""
        rows = tuple(self._rows())
        return TableView(
            title=self.title,
            corner=self._corner(),
            amount=self._amount(self.pivot.values[0]) if self._single else None,
            head=tuple(self._head()),
            rows=rows,
            deep=any(row.opens for row in rows),
            door=self._doors.all(self.conditions),
            legend=self.legend(),
            doors=json.dumps([door for door in self._column_doors() for _name in self.pivot.values]),
        )

    @property
    def title(self) -> str:
        """What the report is called."""
        return report_label(self.configuration, self.report, self.locale.language)

    @cached_property
    def _doors(self) -> Doors:
        return Doors(self.configuration, self.report)

    def _column_doors(self) -> Iterator[str | None]:
        for _at, item in self._columns:
            yield self._doors.behind(item, self.report.columns, self.pivot.columns)

    def value_text(self, name: str) -> str:
        """What a value is called."""
        return self._labels[name]

    def writer(self, name: str) -> Write:
        """What writes the numbers of a value."""
        return writer_of(self.configuration, self.report, name, self.locale)

    @cached_property
    def _labels(self) -> dict[str, str]:
        language = self.locale.language
        return {name: value_label(self.configuration, self.report, name, language) for name in self.pivot.values}

    @property
    def _single(self) -> bool:
        """Whether the one value stands in the corner, since no head of a column names it."""
        return len(self.pivot.values) == 1 and bool(self.report.columns)

    def _corner(self) -> HeadCell:
        labels = [
            dimension_label(self.configuration, self.report, one, self.locale.language) for one in self.report.rows
        ]
        return HeadCell(" / ".join(labels), 1, 1, "corner", "label" if labels else "", self._direction("label"))

    def _amount(self, name: str, *, sorts: bool = True) -> HeadCell:
        """The name of a value; lines are sorted by the whole of it, whatever the column."""
        if not sorts or not self.report.rows:
            return HeadCell(self._labels[name], 1, 1, "value")
        return HeadCell(self._labels[name], 1, 1, "value", name, self._direction(name))

    def _direction(self, sort: str) -> str:
        """How lines are sorted by this: up, down, or not ("")."""
        said = self.report.rows[-1].sort or "label" if self.report.rows else ""
        return {sort: "ascending", f"-{sort}": "descending"}.get(said, "")

    def _head(self) -> Iterator[tuple[HeadCell, ...]]:
        for level in range(len(self.report.columns)):
            yield tuple(self._heads(level))
        if not self._single:
            whole = not self.report.columns
            yield tuple(
                self._amount(name, sorts=whole or not item.keys)
                for _at, item in self._columns
                for name in self.pivot.values
            )

    @cached_property
    def _columns(self) -> tuple[tuple[int, Item], ...]:
        """The columns that have numbers, with their positions."""
        return tuple((at, item) for at, item in enumerate(self.pivot.columns) if item.valued)

    def _heads(self, level: int) -> Iterator[HeadCell]:
        """The heads of one level; what ends above it reaches down through it."""
        width, depth = len(self.pivot.values), len(self.report.columns)
        shown = [item for _, item in self._columns if len(item.keys) >= level]
        for _key, group in groupby(shown, key=lambda item: (item.keys[: level + 1], len(item.keys) == level)):
            first, *rest = group
            if len(first.keys) == level:
                yield HeadCell(_("Total"), width, depth - level, "total")
            else:
                yield HeadCell(first.texts[level] or _("Others"), (1 + len(rest)) * width, 1)

    def _rows(self) -> Iterator[RowView]:
        writers = [(name, self.writer(name)) for name in self.pivot.values]
        for at, item in enumerate(self.pivot.rows):
            text = _("Total") if item.kind == "total" else item.text or _("Others")
            opens = not item.leaf and item.kind != "total"
            cells = tuple(self._cells(at, writers)) if item.valued else ()
            door = self._doors.behind(item, self.report.rows, self.pivot.rows)
            yield RowView(text, max(len(item.keys) - 1, 0), item.kind, opens, cells, door)

    def _cells(self, row: int, writers: Sequence[tuple[str, Write]]) -> Iterator[CellView]:
        depth = len(self.report.columns)
        for column, item in self._columns:
            kind = "total" if len(item.keys) < depth else "item"
            for name, write in writers:
                found = self.pivot.cell(row, column, name)
                mark = self.pivot.marks.cells.get((row, column, name))
                text = write(found.shown) if found else ""
                yield CellView(text, kind, *self._marked(name, mark)) if mark else CellView(text, kind)

    def _marked(self, name: str, mark: Mark) -> tuple[str, int]:
        """The classes of a marked cell, and the number of its rule."""
        scale = {"shades": "shade", "bars": "bar"}.get(self.pivot.marks.scales.get(name, ""))
        looks = [f"tinted pill-{mark.color}"] if mark.color else []
        looks += [f"{scale} {scale}-{mark.strength}"] if scale and mark.strength is not None else []
        return " ".join(looks), 0 if mark.rule is None else mark.rule + 1

    def _meaning(self, rule: Rule) -> str:
        return text_in(rule.tint.label, self.locale.language, "") if rule.tint.label else rule.tint.where

    def legend(self) -> tuple[LegendEntry, ...]:
        """What the colours mean: what is said of them, else their condition."""
        return tuple(
            LegendEntry(
                number,
                rule.tint.color,
                f"{self._labels[rule.name]}: {self._meaning(rule)}",
            )
            for number, rule in enumerate(self.pivot.marks.rules, 1)
        )

    def notes(self) -> Iterator[str]:
        """What is not in the numbers: blanks and errors, by value."""
        total = next((at for at, item in enumerate(self.pivot.rows) if item.kind == "total"), None)
        rows = [total] if total is not None else [at for at, item in enumerate(self.pivot.rows) if item.leaf]
        whole = [at for at, item in enumerate(self.pivot.columns) if not item.keys]
        columns = whole[:1] or [at for at, item in enumerate(self.pivot.columns) if item.leaf]
        for name in self.pivot.values:
            found = [cell for row in rows for column in columns if (cell := self.pivot.cell(row, column, name))]
            yield from self._missing(name, sum(cell.blanks for cell in found), sum(cell.errors for cell in found))
            if self._meet(name):
                yield _(
                    "%(value)s: amounts in several currencies are not added; #CURRENCY! stands where they meet."
                    " Take the currency as a column to see each.",
                    value=self._labels[name],
                )

    def _meet(self, name: str) -> bool:
        """Whether amounts of several currencies meet in a cell."""
        at = self.pivot.values.index(name)
        shown = (cell.shown for cells in self.pivot.cells.values() if (cell := cells[at]) is not None)
        return any(isinstance(value, FormulaError) and value.code == "#CURRENCY!" for value in shown)

    def _missing(self, name: str, blanks: int, errors: int) -> Iterator[str]:
        show, label = self.locale.decimal_formatter(0), self._labels[name]
        if blanks:
            yield ngettext(
                "%(value)s: %(number)s record has none.",
                "%(value)s: %(number)s records have none.",
                blanks,
                value=label,
                number=show(blanks),
            )
        if errors:
            yield ngettext(
                "%(value)s: %(number)s is an error and is not counted.",
                "%(value)s: %(number)s are errors and are not counted.",
                errors,
                value=label,
                number=show(errors),
            )


def report_label(configuration: Configuration, report: Report, language: str) -> str:
    """What a report is called: what is said, else what its records are."""
    return text_in(report.label, language, "") or configuration.entities[report.of].plural_in(language, report.of)


def dimension_label(configuration: Configuration, report: Report, dimension: Dimension, language: str) -> str:
    """What a dimension is called: what is said, else its field, with the part of the date."""
    if dimension.label:
        return text_in(dimension.label, language, "")
    text = end_of(configuration, report.of, dimension.field, language).labels[-1]
    return f"{text}: {part_words()[dimension.by].lower()}" if dimension.by else text
