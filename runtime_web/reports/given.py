"""What somebody sets the filters of a report to, in one word for each: a month, a span, some values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from engine.expressions.reached import reached
from engine.model import Configuration, Filter, Report
from engine.model.report import Part, Span
from engine.periods import first_day, last_day
from runtime_web.lists.state import MANY_VALUES, TWO_VALUES, WITHOUT_VALUE
from runtime_web.reports.amounts import NUMBERS

DATES = ("date", "datetime")
_FORMS: tuple[tuple[Part, re.Pattern[str], int], ...] = (
    ("year", re.compile(r"([1-9]\d{3})\Z", re.ASCII), 1),
    ("quarter", re.compile(r"([1-9]\d{3})-[Qq]([1-4])\Z", re.ASCII), 4),
    ("month", re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])\Z", re.ASCII), 12),
)
"""How parts of a date are written, and how many a year has."""


class UnknownFilter(Exception):
    """The report has no filter of this name."""


def with_filters(configuration: Configuration, report: Report, given: Mapping[str, str]) -> Report:
    """The report with its filters set.

    A date takes a year (2026), a quarter (2026-Q3), a month (2026-10), a day, two days with .. between them, of which
    one may be left out, or a span that moves with the day, such as last_month. Numbers take .. in the same way. What is
    compared with several values takes them with commas between. Nothing lets everything through.

    Raises:
        UnknownFilter: there is no filter of a name.
    """
    filters = dict(report.filters)
    for name, text in given.items():
        if name not in filters:
            raise UnknownFilter(name)
        filters[name] = _set(configuration, report.of, filters[name], text.strip())
    return report.model_copy(update={"filters": filters})


def _set(configuration: Configuration, entity: str, chosen: Filter, text: str) -> Filter:
    found = reached(configuration, entity, chosen.field)
    kind = found.field.kind if found else "reference"
    if not text:
        operator = None if chosen.operator in WITHOUT_VALUE else chosen.operator
        return chosen.model_copy(update={"during": None, "operator": operator, "values": ()})
    if kind in DATES:
        if text in get_args(Span):
            return chosen.model_copy(update={"during": text, "values": ()})
        return _between(chosen, _days(text, configuration), ("from", "until"))
    if kind in NUMBERS and ".." in text:
        first, _, last = text.partition("..")
        return _between(chosen, (first.strip(), last.strip()), ("ge", "le"))
    operator = chosen.operator or (found.comparisons[0] if found else MANY_VALUES[0])
    several = operator in (*MANY_VALUES, *TWO_VALUES)
    return chosen.model_copy(update={"values": tuple(map(str.strip, text.split(","))) if several else (text,)})


def _between(chosen: Filter, bounds: tuple[str, str], open_ended: tuple[str, str]) -> Filter:
    """The filter between two bounds, or from the first, or until the last, where the other is left out."""
    operator = "between" if all(bounds) else open_ended[0] if bounds[0] else open_ended[1]
    return chosen.model_copy(update={"during": None, "operator": operator, "values": tuple(filter(None, bounds))})


def _days(text: str, configuration: Configuration) -> tuple[str, str]:
    """The first and the last day of what a text names; a text that names nothing is left for the field to refuse."""
    for part, form, parts_of_year in _FORMS:
        if found := form.match(text):
            year, *place = map(int, found.groups())
            key = year * parts_of_year + (place[0] - 1 if place else 0)
            return first_day(part, key, configuration).isoformat(), last_day(part, key, configuration).isoformat()
    first, between, last = text.partition("..")
    return first.strip(), last.strip() if between else first
