"""How the values of a report are written: with how many decimals, as percentages, in which currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.pivot.measures import measures_of
from engine.expressions.reports import End, aggregate_of, end_of, type_of_counted
from engine.fields import Field
from engine.fields.decimal import Exact
from engine.fields.money import MoneyField
from engine.model import Configuration
from engine.model.report import Measure, Report

SHARE_PLACES = 1
_CENTS = 2
_WHOLE = frozenset({"count", "distinct"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a number is written. Without `places` it has as many decimals as it needs; `currency` is a code.

    A `percent` is a fraction of 1 that is written as a percentage; `seconds` are a stretch of time.
    """

    places: int | None = None
    percent: bool = False
    currency: str = ""
    seconds: bool = False


def looks_of(report: Report, configuration: Configuration) -> Mapping[str, Look]:
    """The look of what is shown of each value, by name."""
    return {
        name: _shown(measure, _own(measure, report.of, configuration)) for name, measure in measures_of(report).items()
    }


def look_of_counted(measure: Measure, entity: str, configuration: Configuration) -> Look:
    """The look of what a single record has of a value that is read from records."""
    return _own(measure.model_copy(update={"aggregate": "min"}), entity, configuration)


def _shown(measure: Measure, own: Look) -> Look:
    shown = measure.show_as or ""
    if shown == "rank":
        return Look(0)
    if shown.startswith("percent"):
        return Look(SHARE_PLACES if measure.decimals is None else measure.decimals, percent=True)
    places = own.places if measure.decimals is None else measure.decimals
    if measure.percent:
        return Look(SHARE_PLACES if measure.decimals is None else places, percent=True)
    return Look(places, own.percent, own.currency, own.seconds)


def _own(measure: Measure, entity: str, configuration: Configuration) -> Look:
    """The look of the value itself, as far as its field or expression says it."""
    if measure.formula is not None:
        return Look()
    if aggregate_of(configuration, entity, measure) in _WHOLE:
        return Look(0)
    if measure.expression:
        found = type_of_counted(configuration, entity, measure)
        return Look(_CENTS, currency=found.currency) if found and found.kind == "money" else Look()
    end = end_of(configuration, entity, measure.field or "")
    field = end.described if isinstance(end, End) else None
    return _of_field(field, mean=measure.aggregate in ("average", "median")) if field else Look()


def _of_field(field: Field, *, mean: bool) -> Look:
    if isinstance(field, MoneyField):
        return Look(field.places, currency=field.fixed_currency or "")
    if isinstance(field, Exact):
        return Look(field.shown_places, percent=field.kind == "percent")
    if field.kind == "integer":
        return Look(_CENTS if mean else 0)
    return Look(seconds=field.kind == "duration")
