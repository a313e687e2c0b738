"""What the keys of a report are called and how they are sorted, for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.fields.choice import Choosing
from engine.fields.currency import CurrencyField
from engine.fields.locale import Locale
from engine.grouping import Grouping, Groups, Wrong
from engine.model import Configuration
from engine.model.report import Dimension, Report
from engine.records import Records
from engine.storage.fold import fold
from formulas.values import ERROR_CODES
from runtime_web.i18n import gettext as _
from runtime_web.lists.words import Titles
from runtime_web.reports.paths import End, end_of
from runtime_web.reports.periods import Periods

Show = Callable[[Any], str]


@dataclass(frozen=True)
class Names:
    """Texts and sort orders of a report's keys. A key stands for something in its dimension only."""

    ends: Mapping[str, End]
    configuration: Configuration
    locale: Locale
    titles: dict[str, dict[int, str]] = field(default_factory=dict)
    """Of records that keys point at; whoever asks adds them as they come."""

    def learn(self, titles: Titles) -> None:
        """Take in what records are called."""
        for target, found in titles.items():
            self.titles.setdefault(target, {}).update(found)

    def text(self, dimension: Dimension, key: Any) -> str:
        """What a key is called."""
        if key is None:
            return _("(blank)")
        if isinstance(key, Wrong):
            return ERROR_CODES[key.number - 1]
        return self._show(dimension)(key)

    def order(self, dimension: Dimension, key: Any) -> Any:
        """What its key is sorted by: numbers and dates by size, choices as the configuration lists them, else texts."""
        end = self.ends[dimension.field]
        if dimension.by:
            return Periods(self.locale, self.configuration).order(dimension.by, key)
        if isinstance(end.field, Choosing):
            values = [option.value for option in end.field.options]
            return (values.index(key) if key in values else len(values), str(key))
        if not end.target and isinstance(key, int | Decimal | dt.date | dt.time | dt.timedelta):
            return key
        text = self.text(dimension, key)
        return fold(text), text

    def _show(self, dimension: Dimension) -> Show:
        end = self.ends[dimension.field]
        if dimension.by:
            part = dimension.by
            return lambda key: Periods(self.locale, self.configuration).text(part, key)
        if dimension.ranges:
            return lambda key: self._range(dimension.ranges, end, key)
        if end.target:
            titles = self.titles.get(end.target, {})
            return lambda key: titles.get(key) or _("(not shown)")
        return self._value(end)

    def _value(self, end: End) -> Show:
        described = end.field
        assert described is not None
        if described.kind == "boolean":
            return lambda key: _("Yes") if key else _("No")
        if isinstance(described, CurrencyField):
            return str
        return described.formatter(self.locale)

    def _range(self, bounds: Sequence[Decimal], end: End, key: int) -> str:
        """From a bound to the next one, which is no longer in it."""
        assert end.field is not None
        plain = self.locale.decimal_formatter(4, fixed=False)
        show = end.field.formatter(self.locale) if end.kind == "percent" else plain
        if key == 0:
            return f"< {show(bounds[0])}"
        if key == len(bounds):
            return f"≥ {show(bounds[-1])}"
        return f"{show(bounds[key - 1])} – {show(bounds[key])}"


def names_for(configuration: Configuration, report: Report, locale: Locale) -> Names:
    """The names of a report's keys; those of records are not known yet.

    Raises:
        KeyError: a dimension leads nowhere for this reader.
    """
    ends = {
        dimension.field: end_of(configuration, report.of, dimension.field, locale.language)
        for dimension in (*report.rows, *report.columns)
    }
    return Names(ends, configuration, locale)


def titles_of(records: Records, asked: Grouping, groups: Groups) -> Titles:
    """What the records are called that the keys of an answer point at, as far as the reader may see them."""
    wanted: dict[str, set[int]] = {}
    for at, key in enumerate(asked.keys):
        if not key.path:
            continue
        target = end_of(records.configuration, asked.entity, key.path, "en").target
        if target and not key.by:
            wanted.setdefault(target, set()).update(_at(groups, at))
    return {target: records.titles(target, ids) for target, ids in wanted.items()}


def _at(groups: Groups, position: int) -> Iterator[int]:
    """The ids that stand at a position of the grouping, whatever the level."""
    for level, found in groups.items():
        if position in level:
            place = level.index(position)
            yield from (keys[place] for keys in found if isinstance(keys[place], int))
