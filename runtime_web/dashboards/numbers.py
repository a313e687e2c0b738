"""A tile with one number: the total of a report, and how it differs from the time before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from designer.pivot.measures import completed
from engine.expressions.reports import aggregate_of
from engine.fields.locale import Locale
from engine.model import Report, Tile
from engine.model.report import Measure
from engine.periods import days_before, days_of
from engine.records import Records
from runtime_web.dashboards.words import days_text
from runtime_web.i18n import gettext as _
from runtime_web.reports.amounts import COUNTS, unit_of
from runtime_web.reports.asking import Answer, attempted
from runtime_web.reports.doors import Doors
from runtime_web.reports.table import Table
from runtime_web.views.dashboard import NumberView, TileView
from runtime_web.views.report import Result

ADDED = ("sum", *COUNTS)
"""What is nothing, and not unknown, where there are no records."""


def number_in(records: Records, key: str, tile: Tile, report: Report, locale: Locale) -> TileView:
    """The tile with its number, or with the sentence why there is none."""
    alone = alone_of(report, tile.value)
    tried = attempted(records, alone, locale, (days_of, days_before) if tile.compare else (days_of,))
    if isinstance(tried, Result):
        return TileView(key, tried)
    now, *before = (_Total(one, locale) for one in tried)
    compared = _compared(now, before[0], alone, locale) if before else {}
    unit = unit_of(records.configuration, now.table.report, now.name, locale.language)
    return TileView(key, Result(notes=tuple(now.table.notes())), NumberView(now.text, unit, now.door, **compared))


def alone_of(report: Report, value: str | None) -> Report:
    """The report with nothing but one of its values, of all its records together."""
    report = completed(report)
    name = value or next(name for name, one in report.values.items() if not one.hidden)
    values = {key: _shown(one, hidden=key != name) for key, one in report.values.items()}
    return report.model_copy(update={"rows": (), "columns": (), "values": values, "chart": None})


def _shown(measure: Measure, *, hidden: bool) -> Measure:
    """A share or a rank is one among others; of a number alone there is only the number."""
    return measure.model_copy(update={"hidden": hidden, "show_as": None})


class _Total:
    """The one number of an answer."""

    def __init__(self, found: Answer, locale: Locale) -> None:
        self.table: Table = found.table
        self.name = found.table.pivot.values[0]
        self.locale = locale
        cell = found.table.pivot.cell(0, 0, self.name)
        self.value: Any = cell.shown if cell else None
        if self.value is None and self._adds_up:
            self.value = 0

    @property
    def _adds_up(self) -> bool:
        measure = self.table.report.values[self.name]
        return not measure.formula and aggregate_of(self.table.configuration, self.table.report.of, measure) in ADDED

    @property
    def text(self) -> str:
        return self.table.writer(self.name)(self.value) or "–"

    @property
    def door(self) -> str:
        """The list of its records, "" where no list is of just these."""
        return Doors(self.table.configuration, self.table.report).all(self.table.conditions)


def _compared(now: _Total, before: _Total, report: Report, locale: Locale) -> dict[str, str]:
    """How a number differs from what it was: in percent, else as a number; nothing where one of them is no number."""
    if not (_counts(now.value) and _counts(before.value)):
        return {}
    difference = now.value - before.value
    (span,) = (one.during for one in report.filters.values() if one.during)
    days = days_before(span, locale.today(), now.table.configuration)
    return {
        "difference": _written(difference, before, locale),
        "trend": "up" if difference > 0 else "down" if difference < 0 else "same",
        "before": _("%(number)s in %(days)s", number=before.text, days=days_text(*days, locale)),
    }


def _written(difference: Any, before: _Total, locale: Locale) -> str:
    if not difference:
        return "±0"
    sign = "+" if difference > 0 else ""
    if before.value > 0:
        share = Decimal(difference) / Decimal(before.value) * 100
        return sign + locale.decimal_formatter(1)(share) + locale.percent_sign
    return sign + before.table.writer(before.name)(difference)


def _counts(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
