"""What somebody sets the filters of a report to, in one word for each: a month, a span, some values."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import get_args

from engine.expressions.reached import reached
from engine.model import Configuration, Filter, Report
from engine.model.report import Span

_YEAR = re.compile(r"(\d{4})\Z")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])\Z")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")


class UnknownFilter(Exception):
    """The report has no filter of this name."""


def with_filters(configuration: Configuration, report: Report, given: Mapping[str, str]) -> Report:
    """The report with its filters set.

    A date takes a year (2026), a quarter (2026-Q3), a month (2026-10), a day, two days with .. between them, or a span
    that moves with the day, such as last_month; other fields take values with commas between them.

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
    if found is None or found.field.kind not in ("date", "datetime"):
        return chosen.model_copy(update={"values": tuple(part.strip() for part in text.split(","))})
    if text in get_args(Span):
        return chosen.model_copy(update={"during": text, "values": ()})
    return chosen.model_copy(update={"during": None, "operator": "between", "values": _days(text)})


def _days(text: str) -> tuple[str, str]:
    """The first and the last day of what a text names; a text that names nothing is left for the field to refuse."""
    if found := _YEAR.match(text):
        return f"{found[1]}-01-01", f"{found[1]}-12-31"
    if found := _QUARTER.match(text):
        last = int(found[2]) * 3
        return f"{found[1]}-{last - 2:02}-01", _end(int(found[1]), last)
    if found := _MONTH.match(text):
        return f"{text}-01", _end(int(found[1]), int(found[2]))
    first, _, last_day = text.partition("..")
    return first, last_day or first


def _end(year: int, month: int) -> str:
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"
