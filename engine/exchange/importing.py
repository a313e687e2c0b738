"""Importing a sheet: every cell read and checked first, then all rows written in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from engine.audit import Audit
from engine.exchange.checking import check_required, check_unique
from engine.exchange.columns import Headings, Target, match_columns, unnamed
from engine.exchange.findings import Enough, Findings, ImportResult
from engine.exchange.incoming import Incoming
from engine.exchange.pause import collection_paused
from engine.exchange.reading import filled_rows, read_names, read_values
from engine.exchange.resolving import Ids, Resolver
from engine.exchange.sheet import Sheet
from engine.exchange.writing import Progress, Writing
from engine.fields.locale import Locale
from engine.problems import Problem, Refused, problem
from engine.records import Batch, Records

_NOT_A_KEY = ("reference", "boolean", "codes")


def _quiet(phase: str, done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Import:
    """One import of a sheet into an entity.

    Args:
        records: the door, as whoever imports.
        locale: how numbers and dates are written where a cell holds them as text.
        match: the field whose value finds records to update; without it every row is a new record.
        progress: told a phase and how many of how many steps are done.
    """

    records: Records
    entity: str
    sheet: Sheet
    locale: Locale
    match: str = ""
    progress: Progress = _quiet

    @collection_paused()
    def run(self, *, dry_run: bool = False) -> ImportResult:
        """Check everything, then write everything unless something is wrong; a dry run is undone at its end.

        Raises:
            Refused: the columns do not match the entity.
        """
        targets, matched = self._targets()
        rows, numbers = filled_rows(self.sheet)
        findings = Findings(numbers)
        incoming = Incoming(self.entity, self.records.configuration.entities[self.entity], targets, rows, findings)
        try:
            self._read(incoming)
            return self._write(incoming, matched, dry_run=dry_run)
        except Enough:
            return ImportResult(len(rows), bad=findings.sorted(), more=True)

    def _write(self, incoming: Incoming, matched: Target | None, *, dry_run: bool) -> ImportResult:
        findings = incoming.findings
        result = ImportResult(len(incoming.rows))
        writing: Writing | None = None
        try:
            with self.records.batch(trial=dry_run, kind="import") as batch:
                self._check(batch, incoming, matched)
                if not findings.bad:
                    writing = Writing(batch, incoming, self._parent, self.progress)
                    result = writing.run(dry_run=dry_run)
                    self._note(batch, result)
        except Refused as refused:
            if writing is None:
                raise
            writing.tell(refused.problems)
        return replace(result, written=False, bad=findings.sorted()) if findings.bad else result

    def _note(self, batch: Batch, result: ImportResult) -> None:
        """Write down who has brought what in; what a dry run notes is undone with it."""
        told = {"entity": self.entity, "added": str(result.added), "updated": str(result.updated)}
        by = self.records.principal.id
        Audit(self.records.database).note("import", by=by, details=told, connection=batch.connection)

    @property
    def _parent(self) -> str | None:
        return self.records.configuration.parent_of(self.entity)

    def _targets(self) -> tuple[tuple[Target, ...], Target | None]:
        """The columns, and the one by which records are found."""
        configuration = self.records.configuration
        targets, problems = match_columns(configuration, self.entity, self.sheet.header)
        listed = [*problems, *unnamed(self.sheet.header, self.sheet.rows)]
        meant = Headings(configuration, self.entity).meant(self.match) if self.match else set()
        matched = next((target for target in targets if target.name in meant), None)
        listed += _unmatched(self.match, matched)
        if listed:
            raise Refused(listed)
        return targets, matched

    def _read(self, incoming: Incoming) -> None:
        plain = [target for target in incoming.targets if not target.entity]
        for done, target in enumerate(plain, 1):
            cells = incoming.cells(target)
            incoming.values[target.name] = read_values(target, cells, self.locale, incoming.findings)
            self.progress("reading", done, len(plain))

    def _check(self, batch: Batch, incoming: Incoming, matched: Target | None) -> None:
        pointing = [target for target in incoming.targets if target.entity]
        steps = len(pointing) + 2
        if matched:
            _match(batch, incoming, matched)
        for done, target in enumerate(pointing, 1):
            self._resolve(batch, incoming, target)
            self.progress("checking", done, steps)
        check_unique(batch, incoming, matched)
        self.progress("checking", steps - 1, steps)
        check_required(incoming, self._parent)
        self.progress("checking", steps, steps)

    def _resolve(self, batch: Batch, incoming: Incoming, target: Target) -> None:
        def held(row: int) -> Ids:
            record = incoming.records[row]
            if record is None:
                return ()
            if target.several:
                return batch.links(incoming.name, target.name, [record]).get(record, ())
            value = batch.current(incoming.name, [record])[record][target.name]
            return () if value is None else (value,)

        within = incoming.named(target.key) if target.entity == incoming.name else {}
        cells = incoming.cells(target)
        names = read_names(target, cells, incoming.findings)
        resolver = Resolver(batch, target, self.locale, within, held)
        incoming.values[target.name] = resolver.values(names, cells, incoming.findings)


def _unmatched(match: str, matched: Target | None) -> Iterator[Problem]:
    """Why records cannot be found by this field."""
    if not match:
        return
    if matched is None:
        yield problem("match-column-missing", column=match)
    elif matched.field is None or not (stored := matched.field.column()) or stored.kind in _NOT_A_KEY:
        kind = matched.field.kind if matched.field else "reference"
        yield problem("match-unsuitable", column=match, type=kind)


def _match(batch: Batch, incoming: Incoming, target: Target) -> None:
    """Find the record that each row updates."""
    values = incoming.values[target.name]
    found = batch.find(incoming.name, target.name, [value for value in dict.fromkeys(values) if value is not None])
    seen: dict[Any, int] = {}
    for row, value in enumerate(values):
        if value is None:
            continue
        ids, cell = found.get(value, ()), incoming.rows[row][target.position]
        first = seen.setdefault(value, row)
        if first != row:
            number = incoming.findings.numbers[first]
            incoming.findings.add(row, target, cell, problem("match-twice", value=str(value), first=number))
        elif len(ids) > 1:
            incoming.findings.add(row, target, cell, problem("match-ambiguous", value=str(value), count=len(ids)))
        elif ids:
            incoming.records[row] = ids[0]
