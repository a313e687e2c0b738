"""The conditions that the filters of a report mean today, for one reader."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.reached import reached
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.model.report import Filter, Report
from engine.periods import DaysOf, days_of
from engine.query import Condition
from runtime_web.lists.state import condition_of

NEUTRAL = Locale("en")


def conditions_of(
    configuration: Configuration, report: Report, locale: Locale, days: DaysOf = days_of
) -> Iterator[Condition]:
    """What the records meet by the filters that say something; `days` says which days a time is that moves.

    Raises:
        Unfit: a value does not fit its field.
    """
    for chosen in report.filters.values():
        found = _condition(configuration, report.of, chosen, locale, days)
        if found is not None:
            yield found


def _condition(
    configuration: Configuration, entity: str, chosen: Filter, locale: Locale, days: DaysOf
) -> Condition | None:
    if chosen.during:
        return Condition(chosen.field, "between", days(chosen.during, locale.today(), configuration))
    found = reached(configuration, entity, chosen.field)
    if found is None:
        keys = tuple(int(text) for text in chosen.values if text.isascii() and text.isdigit())
        return Condition(chosen.field, "any_of", keys) if keys else None
    return condition_of(found, chosen.operator or found.comparisons[0], list(chosen.values), NEUTRAL)
