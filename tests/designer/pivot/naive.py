"""What a finished table must hold, computed of the records of each item with nothing that the product uses.

The items are those that the table shows; whether they are the right ones is asked apart, by `siblings`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any

from designer.pivot import Item, Pivot
from engine.grouping import OTHERS, Amount, Key, Keys
from engine.model.report import Dimension, Measure, Report
from formulas import FormulaError, evaluate
from tests.designer.pivot.brute import Row, key_of, tally

DIVISION = "#DIV/0!"


class Naive:
    """The numbers of a table by the records that each item is of."""

    def __init__(self, report: Report, rows: Sequence[Row], pivot: Pivot) -> None:
        self.report = report
        self.rows = rows
        self.pivot = pivot
        self.members = cache(self._members)
        self.value = cache(self._value)

    def _members(self, row: Keys, column: Keys) -> list[Row]:
        """The records of an item of the rows that are of an item of the columns too."""
        lines, across = self.report.rows, self.report.columns
        return [
            record
            for record in self.rows
            if self._is_in(record, lines, row, self.pivot.rows)
            and self._is_in(record, across, column, self.pivot.columns)
        ]

    def _is_in(self, record: Row, dimensions: Sequence[Dimension], keys: Keys, items: Iterable[Item]) -> bool:
        own = own_keys(record, dimensions[: len(keys)])
        if keys[-1:] != (OTHERS,):
            return own == keys
        beside = {item.keys for item in items if item.kind == "item"}
        return own[:-1] == keys[:-1] and own not in beside

    def _value(self, row: Keys, column: Keys, name: str) -> Any:
        """The exact number of a value; None where there are no records."""
        members = self.members(row, column)
        return self.of(members, name) if members else None

    def of(self, members: Sequence[Row], name: str) -> Any:
        measure = self.report.values[name]
        if measure.formula is None:
            return tally(amount_of(measure), members).value
        named = {other: self.of(members, other) for other in ("money", "records")}
        if name != "share":
            named["share"] = self.of(members, "share")
        return evaluate(measure.formula, named, today=dt.date(2026, 1, 1))

    def missing(self, row: Keys, column: Keys, name: str) -> tuple[int, int]:
        """How many records are blank there, and how many an error."""
        members, measure = self.members(row, column), self.report.values[name]
        if measure.formula is None:
            found = tally(amount_of(measure), members)
            return found.blanks, found.errors
        wrong = isinstance(self.of(members, name), FormulaError)
        return sum(1 for one in members if one["amount"] is None), int(wrong)

    def shown(self, row: Keys, column: Keys, name: str) -> Any:
        """What is shown of it."""
        measure = self.report.values[name]
        value = self.value(row, column, name)
        if measure.show_as is None:
            return value
        if measure.show_as.startswith("percent_of"):
            wholes: dict[str, tuple[Keys, Keys]] = {
                "percent_of_row": (row, ()),
                "percent_of_column": ((), column),
                "percent_of_parent_row": (row[:-1], column),
                "percent_of_parent_column": (row, column[:-1]),
                "percent_of_total": ((), ()),
            }
            return share(value, self.value(*wholes[measure.show_as], name))
        return self._beside(row, column, name, measure)

    def _beside(self, row: Keys, column: Keys, name: str, measure: Measure) -> Any:
        own, items = (row, self.pivot.rows) if self.report.rows else (column, self.pivot.columns)
        siblings = [item.keys for item in items if len(item.keys) == len(own) and item.keys[:-1] == own[:-1]]
        if measure.show_as != "running_total":
            if not own or own[-1] == OTHERS:
                return None
            siblings = [keys for keys in siblings if keys[-1] != OTHERS]
        elif measure.formula is not None:
            upto = siblings[: siblings.index(own) + 1]
            found = [
                one for keys in upto for one in self.members(*((keys, column) if self.report.rows else (row, keys)))
            ]
            return self.of(found, name) if found else None
        values = [self.value(*((keys, column) if self.report.rows else (row, keys)), name) for keys in siblings]
        added_up = measure.formula is None and measure.aggregate in (None, "sum", "count", "distinct")
        assert measure.show_as
        return BESIDE[measure.show_as](values, siblings.index(own), added_up)


def amount_of(measure: Measure) -> Amount:
    usual = "sum" if measure.field in ("amount", "quantity", "ratio", "order.paid") or measure.expression else "count"
    return Amount(measure.aggregate or usual, measure.field or "", measure.expression or "")  # type: ignore[arg-type]


def own_keys(record: Row, dimensions: Sequence[Dimension]) -> Keys:
    return tuple(key_of(Key(one.field, one.by, one.ranges), record[one.field], 0, 1) for one in dimensions)


def rounded(number: Fraction) -> Decimal:
    """To ten places, half away from zero."""
    with localcontext(prec=100):
        scaled = abs(number) * 10**10
        whole = int(scaled) + (1 if scaled - int(scaled) >= Fraction(1, 2) else 0)
        return Decimal(whole if number >= 0 else -whole).scaleb(-10).quantize(Decimal("1e-10"), ROUND_HALF_UP)


def share(part: Any, whole: Any) -> Any:
    for one in (part, whole):
        if one is None or isinstance(one, FormulaError):
            return one
    if not isinstance(part, int | Decimal) or not isinstance(whole, int | Decimal):
        return None
    return rounded(Fraction(part) / Fraction(whole)) if whole else DIVISION


def _running(values: Sequence[Any], place: int, added_up: bool) -> Any:
    if any(isinstance(value, str | dt.date) for value in values):
        return None
    upto = [value for value in values[: place + 1] if value is not None]
    errors = [value for value in upto if isinstance(value, FormulaError)]
    return errors[0] if errors else sum(upto) if upto else None


def _difference(values: Sequence[Any], place: int, added_up: bool) -> Any:
    if not place:
        return None
    before, value = values[place - 1], values[place]
    if before is None and value is None:
        return None
    errors = [one for one in (before, value) if isinstance(one, FormulaError)]
    if errors:
        return errors[0]
    if before is None or value is None:
        if not added_up:
            return None
        before, value = before or 0, value or 0
    if isinstance(value, dt.date):
        return (value - before).days
    return None if isinstance(value, str) else value - before


def _more(values: Sequence[Any], place: int, added_up: bool) -> Any:
    return share(_difference(values, place, added_up), values[place - 1]) if place else None


def _rank(values: Sequence[Any], place: int, added_up: bool) -> Any:
    own = values[place]
    if own is None or isinstance(own, FormulaError):
        return own
    return 1 + sum(1 for one in values if one is not None and not isinstance(one, FormulaError) and one > own)


BESIDE: dict[str, Callable[[Sequence[Any], int, bool], Any]] = {
    "running_total": _running,
    "difference": _difference,
    "percent_difference": _more,
    "rank": _rank,
}
