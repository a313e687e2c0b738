"""Behind each number of a report the list of its records: what the keys of a line and of a column mean as conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from designer.pivot import Item
from designer.pivot.behind import behind, behind_others
from engine.expressions.reached import reached
from engine.grouping import Key
from engine.model import Configuration
from engine.model.report import Dimension, Report
from engine.query import Condition
from runtime_web import addresses
from runtime_web.lists.state import written


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

    def behind(self, item: Item, dimensions: tuple[Dimension, ...], items: Iterable[Item]) -> str | None:
        """What the records of a line or a column have in common, None where no list can say it.

        `items` are all of the lines or columns: what is not among them is among the others.
        """
        keys = [Key(one.field, one.by, one.ranges) for one in dimensions[: len(item.keys)]]
        if item.kind == "others":
            parent = item.keys[:-1]
            kept = [one.keys[-1] for one in items if one.kind == "item" and one.keys[:-1] == parent]
            found = behind_others(self.configuration, self.report.of, keys, parent, kept)
        else:
            found = behind(self.configuration, self.report.of, keys, item.keys)
        return None if found is None else self.of(found)

    def _written(self, condition: Condition) -> str:
        found = reached(self.configuration, self.report.of, condition.field)
        return written(condition, found.field if found else None)
