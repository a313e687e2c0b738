"""How the values of a report are called and written, for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from engine.expressions.reports import aggregate_of
from engine.fields.decimal import Exact
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.model.report import Aggregate, Measure, Report, ShowAs
from formulas import FormulaError, Money
from runtime_web.i18n import gettext as _
from runtime_web.reports.paths import End, end_of

Write = Callable[[Any], str]
BETWEEN = ("average", "median")
"""Aggregates that may give more decimals than the field has."""
COUNTS = ("count", "distinct")
DECIMALS = 2
NUMBERS = ("integer", "decimal", "money", "percent", "duration", "rating")


def aggregate_words() -> Mapping[Aggregate, str]:
    return {
        "sum": _("Sum"),
        "count": _("Count"),
        "distinct": _("Different values"),
        "average": _("Average"),
        "min": _("Smallest"),
        "max": _("Largest"),
        "median": _("Median"),
        "first": _("First"),
        "last": _("Last"),
    }


def shown_words() -> Mapping[ShowAs, str]:
    return {
        "percent_of_total": _("% of total"),
        "percent_of_row": _("% of row"),
        "percent_of_column": _("% of column"),
        "percent_of_parent_row": _("% of the group of rows"),
        "percent_of_parent_column": _("% of the group of columns"),
        "running_total": _("Running total"),
        "difference": _("Difference from the one before"),
        "percent_difference": _("% difference from the one before"),
        "rank": _("Rank"),
    }


def value_label(configuration: Configuration, report: Report, name: str, language: str) -> str:
    """What a value is called: what is said, else the field with what is done to it."""
    measure = report.values[name]
    if measure.label:
        return text_in(measure.label, language, name)
    if not measure.field:
        text = _("Number of records") if not (measure.expression or measure.formula) else text_in(None, language, name)
    else:
        end = end_of(configuration, report.of, measure.field, language)
        text = _labelled(end, aggregate_of(configuration, report.of, measure), measure, language)
    return f"{text}, {shown_words()[measure.show_as]}" if measure.show_as else text


def _labelled(end: End, aggregate: Aggregate, measure: Measure, language: str) -> str:
    text = end.labels[-1]
    if aggregate != "sum":
        text = f"{text}: {aggregate_words()[aggregate].lower()}"
    unit = _unit(end, aggregate, measure, language)
    return f"{text}, {unit}" if unit else text


def unit_of(configuration: Configuration, report: Report, name: str, language: str) -> str:
    """In what the numbers of a value are counted, such as €; "" where they have no unit, or write it themselves."""
    measure = report.values[name]
    if not measure.field:
        return ""
    end = end_of(configuration, report.of, measure.field, language)
    return _unit(end, aggregate_of(configuration, report.of, measure), measure, language)


def _unit(end: End, aggregate: Aggregate, measure: Measure, language: str) -> str:
    shown_plain = aggregate not in COUNTS and _shown_as_number(measure) and end.kind != "percent"
    return end.field.unit_in(language) if end.field and shown_plain else ""


def _shown_as_number(measure: Measure) -> bool:
    """Whether numbers have the unit of the field; shares and ranks have none."""
    return not measure.percent and not (measure.show_as or "").startswith("percent") and measure.show_as != "rank"


def writer_of(configuration: Configuration, report: Report, name: str, locale: Locale) -> Write:
    """What writes the numbers of a value. Where there is none, nothing is written."""
    measure = report.values[name]
    write = _shown(measure, locale) or _plain(configuration, report, measure, locale)
    return _with_code_and_currency(write)


def _with_code_and_currency(write: Write) -> Write:
    """The same for errors, which are their codes, and for amounts of which only the record knew the currency."""

    def written(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, FormulaError):
            return value.code
        return f"{write(value.amount)} {value.currency}" if isinstance(value, Money) else write(value)

    return written


def _shown(measure: Measure, locale: Locale) -> Write | None:
    """How a share or a rank is written; None where numbers are written like the value itself."""
    if measure.percent or (measure.show_as or "").startswith("percent"):
        return _percent(locale, 1 if measure.decimals is None else measure.decimals)
    if measure.show_as == "rank":
        return locale.decimal_formatter(0)
    return None


def _plain(configuration: Configuration, report: Report, measure: Measure, locale: Locale) -> Write:
    end = end_of(configuration, report.of, measure.field, locale.language) if measure.field else None
    aggregate = aggregate_of(configuration, report.of, measure)
    if aggregate in COUNTS and not measure.formula:
        return _number(locale, measure.decimals or 0)
    if measure.decimals is not None:
        return _number(locale, measure.decimals)
    if end is None or end.field is None or end.target:
        return _number(locale, DECIMALS)
    if aggregate in BETWEEN and end.kind in ("integer", "rating"):
        return _number(locale, DECIMALS)
    if aggregate in BETWEEN and isinstance(end.field, Exact) and end.kind == "decimal":
        return _number(locale, max(end.field.places, DECIMALS))
    return _written(end.field.formatter(locale), locale)


def _percent(locale: Locale, decimals: int) -> Write:
    show, sign = locale.decimal_formatter(decimals), locale.percent_sign
    return lambda value: show(Decimal(value) * 100) + sign


def _number(locale: Locale, decimals: int) -> Write:
    return _written(locale.decimal_formatter(decimals), locale)


def _written(show: Write, locale: Locale) -> Write:
    """The same for what is no number after all: the earliest day, an error."""

    def write(value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, dt.datetime):
            return locale.show_datetime(value)
        if isinstance(value, dt.date):
            return locale.show_date(value)
        return value if isinstance(value, str) else show(value)

    return write
