"""The formulas of the cells: each computes its number from the sheet of records, or from other cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from xlsxwriter.utility import xl_col_to_name

from designer.pivot.finished import Item, Pivot
from designer.pivot.formulas import trees_of
from designer.pivot.levels import COMPARED
from designer.pivot.live.data import Data
from designer.pivot.measures import measures_of
from designer.pivot.showing import ADDED_UP
from designer.pivot.translated import Untranslatable, translated
from engine.expressions.reports import aggregate_of
from engine.grouping import OTHERS, Keys
from engine.model import Configuration
from engine.model.report import Measure, Report

SHEET = "Data"
LONGEST = 8000
"""Characters of a formula, of which spreadsheet programs take some more."""
_FILLED = '">-1E+300"'
Spot = tuple[Keys, Keys]
Cells = Mapping[tuple[Keys, Keys, str], str]
"""The addresses of the cells of the report, by the keys of line and column and the name of the value."""
_ALL: Mapping[str, str] = MappingProxyType({"sum": "SUM", "average": "AVERAGE", "min": "MIN", "max": "MAX"})
_SOME: Mapping[str, str] = MappingProxyType(
    {"sum": "SUMIFS", "average": "AVERAGEIFS", "min": "_xlfn.MINIFS", "max": "_xlfn.MAXIFS"}
)


class Following:
    """Says which formula stands in a cell; None where its number stays what it is."""

    def __init__(self, report: Report, configuration: Configuration, pivot: Pivot, data: Data) -> None:
        self._measures = measures_of(report)
        self._report = report
        self._pivot = pivot
        self._data = data
        self._configuration = configuration
        self._trees = trees_of(self._measures)
        self.cells: Cells = {}

    # Where the records stand

    @property
    def first_amount(self) -> int:
        """The column of the first amount: before it stand number, title and keys of a record."""
        return 2 + len(self._report.rows) + len(self._report.columns)

    @property
    def first_place(self) -> int:
        """The column that says on which line a record counts at the first level."""
        return self.first_amount + len(self._data.columns)

    def _range(self, column: int) -> str:
        letters = xl_col_to_name(column, col_abs=True)
        return f"{SHEET}!{letters}$2:{letters}${len(self._data.entries) + 1}"

    # What a cell says

    def text(self, row: Keys, column: Keys, name: str) -> str | None:
        """The formula of a cell without its sign."""
        try:
            text = self._shown(row, column, name)
        except Untranslatable:
            return None
        return text if len(text) <= LONGEST else None

    def _shown(self, row: Keys, column: Keys, name: str) -> str:
        measure, place = self._measures[name], self._data.read.get(name)
        if measure.show_as is None:
            return self._computed((row, column), name)
        if place is not None and self._data.columns[place].kind == "date":
            raise Untranslatable
        if measure.show_as in COMPARED:
            depths = COMPARED[measure.show_as](len(row), len(column))
            part, whole = self._value((row, column), name), self._value((row[: depths[0]], column[: depths[1]]), name)
            return f'IF({part}="","",{part}/{whole})'
        compare = _BESIDE.get(measure.show_as)
        if compare is None:
            raise Untranslatable
        return self._compared((row, column), name, compare)

    def _computed(self, spot: Spot, name: str) -> str:
        """The value itself, of the records or of other values."""
        measure = self._measures[name]
        if measure.formula is None:
            return self._read(spot, name)
        tree = self._trees.get(name)
        if tree is None:
            raise Untranslatable
        return f'IF({self._records(spot)}=0,"",{translated(tree, lambda other: self._number(spot, other))})'

    def _number(self, spot: Spot, name: str) -> str:
        """A value that a formula names, where it is a number to a spreadsheet as well."""
        place = self._data.read.get(name)
        if place is not None and self._data.columns[place].kind != "number":
            raise Untranslatable
        return self._value(spot, name)

    def _value(self, spot: Spot, name: str) -> str:
        """The cell in which the value stands as it is, else what computes it."""
        plain = self._measures[name].show_as is None
        cell = self.cells.get((*spot, name)) if plain and self._can(name) else None
        return cell or f"({self._computed(spot, name)})"

    def _can(self, name: str) -> bool:
        return name in self._data.read or name in self._trees

    # From the records

    def _read(self, spot: Spot, name: str) -> str:
        if name not in self._data.read:
            raise Untranslatable
        place, measure = self._data.read[name], self._measures[name]
        records = self._records(spot)
        if place is None:
            return f'IF({records}=0,"",{records})'
        aggregate = aggregate_of(self._configuration, self._report.of, measure)
        amounts, conditions = self._range(self.first_amount + place), self._conditions(spot)
        filled = f"COUNTIFS({','.join([amounts, _FILLED, *conditions])})" if conditions else f"COUNT({amounts})"
        if aggregate == "count":
            return f'IF({records}=0,"",{filled})'
        function = (_SOME if conditions else _ALL)[aggregate]
        return f'IF({filled}=0,"",{function}({",".join([amounts, *conditions])}))'

    def _records(self, spot: Spot) -> str:
        conditions = self._conditions(spot)
        return f"COUNTIFS({','.join(conditions)})" if conditions else f"COUNT({self._range(0)})"

    def _conditions(self, spot: Spot) -> list[str]:
        """Ranges and places: on which line and in which column records count."""
        row, column = spot
        found: list[str] = []
        if row:
            found += [self._range(self.first_place + len(row) - 1), str(self._lines[row])]
        if column:
            at = self.first_place + len(self._report.rows) + len(column) - 1
            found += [self._range(at), str(self._across[column])]
        return found

    @cached_property
    def _lines(self) -> Mapping[Keys, int]:
        return {item.keys: place for place, item in enumerate(self._pivot.rows, 1)}

    @cached_property
    def _across(self) -> Mapping[Keys, int]:
        return {item.keys: place for place, item in enumerate(self._pivot.columns, 1)}

    # Beside others

    def _compared(self, spot: Spot, name: str, compare: Callable[[str, str, str, bool], str]) -> str:
        """The value beside that of the item before it, and what stands in the cell of that one."""
        along_rows = bool(self._report.rows)
        own = spot[0] if along_rows else spot[1]
        running = self._measures[name].show_as == "running_total"
        if running and self._measures[name].formula is not None:
            # It is computed of running totals, which stand in no cell.
            raise Untranslatable
        if not running and (not own or own[-1] is OTHERS):
            return '""'
        value, before = self._value(spot, name), self._before.get(own)
        if before is None:
            return value if running else '""'
        other = (before, spot[1]) if along_rows else (spot[0], before)
        shown = self.cells.get((*other, name), '""')
        return compare(value, self._value(other, name) if not running else shown, shown, _adds_up(self._measures[name]))

    @cached_property
    def _before(self) -> Mapping[Keys, Keys]:
        """Of each item the one before it below the same parent."""
        siblings: dict[Keys, list[Item]] = {}
        for item in self._pivot.rows if self._report.rows else self._pivot.columns:
            if item.keys:
                siblings.setdefault(item.keys[:-1], []).append(item)
        return {item.keys: one.keys for items in siblings.values() for one, item in pairwise(items)}


def _adds_up(measure: Measure) -> bool:
    return measure.formula is None and measure.aggregate in ADDED_UP


def _running(value: str, before: str, shown: str, adds_up: bool) -> str:
    return f'IF(AND({shown}="",{value}=""),"",N({shown})+N({value}))'


def _difference(value: str, before: str, shown: str, adds_up: bool) -> str:
    if adds_up:
        return f'IF(AND({value}="",{before}=""),"",N({value})-N({before}))'
    return f'IF(OR({value}="",{before}=""),"",{value}-{before})'


def _share_more(value: str, before: str, shown: str, adds_up: bool) -> str:
    missing = f'{before}=""' if adds_up else f'OR({value}="",{before}="")'
    return f'IF({missing},"",(N({value})-{before})/{before})'


_BESIDE = MappingProxyType({"running_total": _running, "difference": _difference, "percent_difference": _share_more})
