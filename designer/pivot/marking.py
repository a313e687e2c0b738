"""Which numbers of a finished table have a colour by a rule, and how large they are beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from designer.pivot.finished import Cell, Item, Mark, Marks, Rule
from designer.pivot.formulas import type_of_all
from designer.pivot.measures import measures_of
from engine.grouping import Keys
from engine.model.report import Report
from formulas import Compiled, Context, Evaluator, compile_formula
from formulas.scope import Member, Simple
from formulas.types import BOOLEAN, Type

Cells = Mapping[tuple[int, int], tuple[Cell | None, ...]]
Shown = Callable[[Keys, Keys, str], Any]
STEPS = 10
"""Shades and bars are told apart in so many steps."""
_REPORT = "report"


@dataclass(frozen=True)
class Marking:
    """Looks at each cell of a table; `shown` says what is shown of a value there, also of a hidden one."""

    report: Report
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    names: tuple[str, ...]
    shown: Shown
    context: Context | None = None
    _values: dict[tuple[int, int], Mapping[str, Any]] = field(default_factory=dict)

    def marks(self, cells: Cells) -> Marks:
        """All marks; none where the report has neither rules nor scales."""
        measures = measures_of(self.report)
        ruled = [name for name in self.names if measures[name].colors]
        scaled = {name: scale for name in self.names if (scale := measures[name].scale)}
        if not ruled and not scaled:
            return Marks()
        found: dict[tuple[int, int, str], Mark] = {}
        rules = tuple(self._rules(ruled, cells)) if ruled else ()
        for name in ruled:
            found.update(self._met(name, [(at, rule) for at, rule in enumerate(rules) if rule.name == name], cells))
        for name in scaled:
            for place, strength in self._strengths(name, cells):
                found[place] = found.get(place, Mark())._replace(strength=strength)
        return Marks(found, rules, MappingProxyType(scaled))

    # Rules

    def _rules(self, names: list[str], cells: Cells) -> Iterator[Rule]:
        measures = measures_of(self.report)
        types: dict[str, Type] = {name: type_of_all(self._at(place)[name] for place in cells) for name in measures}
        scope = Simple(_REPORT, {_REPORT: {name: Member(kind) for name, kind in types.items()}})
        for name in names:
            for tint in measures[name].colors:
                compiled = compile_formula(tint.where, scope, result=BOOLEAN)
                yield Rule(name, tint, compiled.tree if isinstance(compiled, Compiled) else None)

    def _at(self, place: tuple[int, int]) -> Mapping[str, Any]:
        """What is shown of each value at a crossing."""
        if place not in self._values:
            row, column = self.rows[place[0]].keys, self.columns[place[1]].keys
            self._values[place] = {name: self.shown(row, column, name) for name in measures_of(self.report)}
        return self._values[place]

    def _met(
        self, name: str, rules: list[tuple[int, Rule]], cells: Cells
    ) -> Iterator[tuple[tuple[int, int, str], Mark]]:
        """The first rule that each cell of a value meets."""
        evaluator, position = Evaluator(self.context or Context.beginning()), self.names.index(name)
        for place, own in cells.items():
            cell = own[position]
            if cell is None or cell.shown is None:
                continue
            for at, rule in rules:
                if rule.tree is not None and evaluator.value(rule.tree, self._at(place)) is True:
                    yield (*place, name), Mark(rule.tint.color, at)
                    break

    # Scales

    def _strengths(self, name: str, cells: Cells) -> Iterator[tuple[tuple[int, int, str], int]]:
        """How large each number is, from 0 to STEPS; totals and subtotals aside, which would outshine all."""
        position = self.names.index(name)
        numbers = {
            place: number
            for place, own in cells.items()
            if is_single(self.rows[place[0]]) and is_single(self.columns[place[1]])
            if (cell := own[position]) is not None and (number := number_of(cell.shown)) is not None
        }
        if not numbers:
            return
        bars = measures_of(self.report)[name].scale == "bars"
        low = Decimal(0) if bars else min(numbers.values())
        most = max(abs(number - low) for number in numbers.values()) or Decimal(1)
        for place, number in numbers.items():
            yield (*place, name), round(abs(number - low) / most * STEPS)


def is_single(item: Item) -> bool:
    """Whether an item is none in which others are added up."""
    return item.leaf


def number_of(shown: Any) -> Decimal | None:
    """The number that is compared; amounts of different currencies have none."""
    if isinstance(shown, bool) or not isinstance(shown, int | Decimal):
        return None
    return Decimal(shown)
