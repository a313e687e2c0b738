"""The oracle of whoever groups records: every group by going through all records, with nothing clever.

A record is a mapping of the paths and expressions of a grouping to values: None is a blank, a FormulaError an error. An
amount at the end of references counts once for each record there, so that the path to that record has to be there too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from engine.grouping import OTHERS, Amount, Grouping, Groups, Key, Keys, Level, Tally, Wrong
from engine.model.report import Part
from formulas.values import FormulaError

Row = Mapping[str, Any]
FIRST = dt.date(1900, 1, 1)


def groups_of(rows: Iterable[Row], grouping: Grouping, *, week_starts: int = 0, fiscal_year_starts: int = 1) -> Groups:
    """The answer to a grouping; whoever calls it has left out the records that do not meet its conditions.

    `week_starts` is 0 for monday, `fiscal_year_starts` the number of the month.
    """
    found: dict[Level, dict[Keys, list[Row]]] = {level: {} for level in grouping.levels}
    for row in rows:
        own = tuple(key_of(key, row[key.path], week_starts, fiscal_year_starts) for key in grouping.keys)
        keys = merged(grouping, own)
        for level in grouping.levels:
            found[level].setdefault(tuple(keys[position] for position in level), []).append(row)
    return {
        level: {keys: tuple(tally(amount, members) for amount in grouping.amounts) for keys, members in groups.items()}
        for level, groups in found.items()
    }


def merged(grouping: Grouping, keys: Keys) -> Keys:
    """The keys of a record after those that are not kept have become OTHERS."""
    found = list(keys)
    for merging in grouping.merged:
        if tuple(keys[position] for position in (*merging.under, merging.position)) not in merging.kept:
            found[merging.position] = OTHERS
    return tuple(found)


def key_of(key: Key, value: Any, week_starts: int, fiscal_year_starts: int) -> Any:
    """By what a value is grouped."""
    if value is None or value == "":
        return None
    if isinstance(value, FormulaError):
        return Wrong(value.number)
    if key.bounds:
        return sum(1 for bound in key.bounds if value >= bound)
    return period(key.by, value, week_starts, fiscal_year_starts) if key.by else value


def period(part: Part, value: Any, week_starts: int, fiscal_year_starts: int) -> Any:
    """The key of a part of a date or a moment."""
    if part == "hour":
        return value.hour
    day = value.date() if isinstance(value, dt.datetime) else value
    first_week = FIRST - dt.timedelta(days=(FIRST.weekday() - week_starts) % 7)
    fiscal = day.year if day.month >= fiscal_year_starts else day.year - 1
    found: dict[Part, Any] = {
        "day": day,
        "weekday": day.isoweekday(),
        "week": (day - first_week).days // 7,
        "ten_days": (day.year * 12 + day.month - 1) * 3 + min((day.day - 1) // 10, 2),
        "month": day.year * 12 + day.month - 1,
        "month_of_year": day.month,
        "quarter": day.year * 4 + (day.month - 1) // 3,
        "half_year": day.year * 2 + (day.month - 1) // 6,
        "year": day.year,
        "fiscal_year": fiscal,
        "fiscal_quarter": fiscal * 4 + (day.month - fiscal_year_starts) % 12 // 3,
    }
    return found[part]


def tally(amount: Amount, rows: Sequence[Row]) -> Tally:
    """One amount of the records of a group, in their order."""
    name = amount.expression or amount.path
    if not name:
        return Tally(len(rows))
    values = [row[name] for row in (_once(name, rows) if _counts_once(amount) else rows)]
    blanks = sum(1 for value in values if value is None or value == "")
    errors = sum(1 for value in values if isinstance(value, FormulaError))
    given = [value for value in values if value is not None and value != "" and not isinstance(value, FormulaError)]
    return Tally(AGGREGATES[amount.aggregate](given), blanks, errors)


def _counts_once(amount: Amount) -> bool:
    """Whether an amount belongs to records that several rows lead to; the smallest of them is so however often it counts."""
    return "." in amount.path and amount.aggregate not in ("min", "max")


def _once(path: str, rows: Sequence[Row]) -> list[Row]:
    """One row for each of the records in which a path ends: their ids stand under the path without its last step."""
    holder = path.rpartition(".")[0]
    return list({row[holder]: row for row in reversed(rows) if row[holder] is not None}.values())[::-1]


def _sum(values: Sequence[Any]) -> Any:
    with localcontext(prec=200):
        return sum(values[1:], values[0]) if values else None


def average(values: Sequence[Any]) -> Any:
    """The sum divided by the number, rounded once to ten places, half away from zero."""
    if not values:
        return None
    with localcontext(prec=200):
        return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("1e-10"), ROUND_HALF_UP)


def _median(values: Sequence[Any]) -> Any:
    ranked, half = sorted(values), len(values) // 2
    return average(ranked[half : half + 1] if len(ranked) % 2 else ranked[half - 1 : half + 1]) if ranked else None


AGGREGATES: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "sum": _sum,
    "count": len,
    "distinct": lambda values: len(set(values)),
    "average": average,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "median": _median,
    "first": lambda values: values[0] if values else None,
    "last": lambda values: values[-1] if values else None,
}
