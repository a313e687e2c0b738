"""Behind each number of a report the list of its records: what the keys of a line and of a column mean as conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from designer.pivot import Item
from engine.expressions.reached import Reached, reached
from engine.fields.field import EXACTLY, FAILED
from engine.grouping import OTHERS, Wrong
from engine.model import Configuration
from engine.model.report import Dimension, Report
from engine.periods import RECURRING, first_day, last_day
from engine.query import Condition
from formulas.values import ERROR_CODES
from runtime_web import addresses
from runtime_web.lists.state import written

BY_KEY = ("any_of", "is", "on", "eq", EXACTLY)
"""The operators by which one key is told from all others, the first that a field has being taken."""


class NoDoor(Exception):
    """There is no list of just these records: mondays, or what is left of the largest."""


@dataclass(frozen=True)
class Doors:
    """The conditions of one report's lines and columns, as lists have them in their addresses."""

    configuration: Configuration
    report: Report

    def all(self, conditions: Iterable[Condition]) -> str:
        """The list of all records of the report; "" where its condition cannot stand in an address."""
        first = self._list()
        kept = "&".join(filter(None, (first, self.of(conditions))))
        return "" if first is None else addresses.list_of(self.report.of) + (f"?{kept}" if kept else "")

    def _list(self) -> str | None:
        """Which list holds them: under the same condition, or under none."""
        if self.report.where:
            among = (name for name, one in self.configuration.reports.items() if self._is_alike(one))
            name = next(among, None)
            return f"report={name}" if name else None
        views = self.configuration.entities[self.report.of].views
        if not views or not next(iter(views.values())).where:
            return ""
        whole = next((name for name, view in views.items() if not view.where), None)
        return f"view={whole}" if whole else None

    def _is_alike(self, other: Report) -> bool:
        return (other.of, other.where) == (self.report.of, self.report.where)

    def of(self, conditions: Iterable[Condition]) -> str:
        """Conditions as a part of an address."""
        return urlencode([("f", self._written(condition)) for condition in conditions], safe=":,-")

    def behind(self, item: Item, dimensions: tuple[Dimension, ...]) -> str | None:
        """What the records of a line or a column have in common, None where no list can say it."""
        try:
            found = [
                condition
                for dimension, key in zip(dimensions, item.keys, strict=False)
                for condition in self._conditions(dimension, key)
            ]
        except NoDoor:
            return None
        return self.of(found)

    def _written(self, condition: Condition) -> str:
        found = reached(self.configuration, self.report.of, condition.field)
        return written(condition, found.field if found else None)

    def _conditions(self, dimension: Dimension, key: Any) -> Iterator[Condition]:
        found, path = reached(self.configuration, self.report.of, dimension.field), dimension.field
        if found is None or key is OTHERS:
            raise NoDoor
        if key is None or isinstance(key, Wrong):
            yield self._missing(found, path, key)
        elif dimension.by:
            yield self._period(dimension, key)
        elif dimension.ranges:
            yield from _range(dimension, key)
        else:
            yield Condition(path, _by_key(found), (key,))

    def _missing(self, found: Reached, path: str, key: Wrong | None) -> Condition:
        operator = "blank" if key is None else FAILED
        if operator not in found.comparisons:
            raise NoDoor
        return Condition(path, operator, () if key is None else (ERROR_CODES[key.number - 1],))

    def _period(self, dimension: Dimension, key: Any) -> Condition:
        assert dimension.by is not None
        if dimension.by in RECURRING:
            raise NoDoor
        days = tuple(day(dimension.by, key, self.configuration) for day in (first_day, last_day))
        return Condition(dimension.field, "between", days)


def _by_key(found: Reached) -> str:
    operator = next((name for name in BY_KEY if name in found.comparisons), "")
    if not operator or found.field.kind == "datetime":
        raise NoDoor
    return operator


def _range(dimension: Dimension, key: int) -> Iterator[Condition]:
    """From a bound, and below the next one."""
    if key > 0:
        yield Condition(dimension.field, "ge", (dimension.ranges[key - 1],))
    if key < len(dimension.ranges):
        yield Condition(dimension.field, "lt", (dimension.ranges[key],))
