"""Values of groups that are no numbers, as people say them: records by their titles, conditions as yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.expressions.reports import type_of_counted
from engine.grouping import Amount, Grouping, Groups, Tally
from engine.model import Configuration
from engine.model.report import Measure
from engine.records import Records
from runtime_web.i18n import gettext as _
from runtime_web.reports.paths import end_of

COUNTS = frozenset({"count", "distinct"})
Say = Callable[[Any], Any]


def said(records: Records, asked: Grouping, groups: Groups) -> Groups:
    """The groups in which the first and last of references are titles that the reader may see, and conditions are truth."""
    ways = {place: say for place, amount in enumerate(asked.amounts) if (say := _way(records, asked, groups, place))}
    if not ways:
        return groups
    return {
        level: {
            keys: tuple(_told(tally, ways.get(place)) for place, tally in enumerate(row)) for keys, row in found.items()
        }
        for level, found in groups.items()
    }


def _told(tally: Tally, say: Say | None) -> Tally:
    return tally if say is None or tally.value is None else replace(tally, value=say(tally.value))


def _way(records: Records, asked: Grouping, groups: Groups, place: int) -> Say | None:
    """How the values of an amount are said; None where they stay what they are."""
    amount = asked.amounts[place]
    if amount.aggregate in COUNTS or not (amount.path or amount.expression):
        return None
    if _is_condition(records.configuration, asked.entity, amount):
        return bool
    target = end_of(records.configuration, asked.entity, amount.path, "en").target if amount.path else ""
    if not target:
        return None
    ids = {int(row[place].value) for found in groups.values() for row in found.values() if row[place].value is not None}
    titles: Mapping[int, str] = records.titles(target, ids)
    return lambda value: titles.get(int(value)) or _("(not shown)")


def _is_condition(configuration: Configuration, entity: str, amount: Amount) -> bool:
    measure = Measure(field=amount.path or None, expression=amount.expression or None)
    kind = type_of_counted(configuration, entity, measure)
    return kind is not None and kind.kind == "boolean"
