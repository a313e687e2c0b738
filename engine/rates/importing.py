"""Rates out of a file: every cell read and checked first, then all of them entered, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.exchange.columns import Target, match_columns, unnamed
from engine.exchange.findings import Enough, Findings, ImportResult
from engine.exchange.reading import filled_rows, read_values
from engine.exchange.sheet import Row, Sheet
from engine.fields.locale import Locale
from engine.problems import Refused, problem
from engine.rates.entry import ENTITY, FIELDS, describing, wrong_with
from engine.storage.rates import Rate

Columns = Mapping[str, Sequence[Any]]
Enter = Callable[[Sequence[Rate]], tuple[int, int]]
"""Enters rates; how many are new, and how many stand in place of another."""


@dataclass(frozen=True)
class RateImport:
    """One import of rates. `own` is the currency of the business."""

    sheet: Sheet
    own: str
    locale: Locale

    def run(self, enter: Enter) -> ImportResult:
        """Enter every rate of the sheet, or tell every cell that is wrong.

        Raises:
            Refused: the columns are not those of rates.
        """
        targets = self._targets()
        rows, numbers = filled_rows(self.sheet)
        findings = Findings(numbers)
        try:
            found = self._rates(targets, rows, findings)
        except Enough:
            return ImportResult(len(rows), bad=findings.sorted(), more=True)
        if findings.bad:
            return ImportResult(len(rows), bad=findings.sorted())
        added, updated = enter(found)
        return ImportResult(len(rows), added, updated, len(rows) - added - updated, written=True)

    def _targets(self) -> dict[str, Target]:
        targets, problems = match_columns(describing(), ENTITY, self.sheet.header)
        found = {target.name: target for target in targets}
        missing = [problem("column-missing", column=name) for name in FIELDS if name not in found]
        listed = [*problems, *unnamed(self.sheet.header, self.sheet.rows), *missing]
        if listed:
            raise Refused(listed)
        return found

    def _rates(self, targets: Mapping[str, Target], rows: Sequence[Row], findings: Findings) -> list[Rate]:
        columns: dict[str, Sequence[Any]] = {}
        for name, target in targets.items():
            cells = [row[target.position] for row in rows]
            columns[name] = read_values(target, cells, self.locale, findings)
            for at, value in enumerate(columns[name]):
                for wrong in wrong_with(name, value, self.own):
                    findings.add(at, target, cells[at], wrong)
        self._once(columns, targets["date"], rows, findings)
        read = zip(*(columns[name] for name in FIELDS), strict=True)
        return [Rate(*values) for values in read] if not findings.bad else []

    def _once(self, columns: Columns, target: Target, rows: Sequence[Row], findings: Findings) -> None:
        """Complain where a currency has two rates for a day."""
        seen: dict[tuple[str, dt.date], int] = {}
        for at, key in enumerate(zip(columns["currency"], columns["date"], strict=True)):
            first = seen.setdefault(key, at)
            if first != at and None not in key:
                said = problem("rate-twice", currency=key[0], first=findings.numbers[first])
                findings.add(at, target, rows[at][target.position], said)
