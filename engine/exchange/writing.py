"""Writing what has been checked: new records set by set, changed ones where something differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.exchange.findings import ImportResult
from engine.exchange.incoming import Incoming
from engine.fields.sequence import SequenceField
from engine.problems import Problem, Refused
from engine.records import Batch
from engine.records.saving import with_defaults

STEP = 10_000
COMPARED = 2_000

Progress = Callable[[str, int, int], None]
Changes = list[tuple[int, dict[str, Any], dict[str, Any]]]
"""Records, each with the fields that become something else, and what it held."""


@dataclass
class Writing:
    """Writes the rows of one sheet within the transaction of a batch."""

    batch: Batch
    incoming: Incoming
    parent: str | None
    progress: Progress
    _ids: dict[int, int] = field(default_factory=dict)
    """The ids of new records, by the number that stands for them in references: -1 for the first row."""

    def run(self, *, dry_run: bool) -> ImportResult:
        """Write everything; what a dry run writes, its transaction undoes."""
        fresh, changes = self.incoming.fresh, list(self._changes())
        known = len(self.incoming.rows) - len(fresh)
        later = self._add(fresh)
        self._update(later + changes)
        return ImportResult(
            len(self.incoming.rows), len(fresh), len(changes), known - len(changes), written=not dry_run
        )

    def tell(self, problems: Iterable[Problem]) -> None:
        """Complain about the rows whose records do not meet a condition of the configuration.

        Raises:
            Refused: it is another record that does not.
        """
        rows = {record: -1 - number for number, record in self._ids.items()}
        rows |= {record: row for row, record in enumerate(self.incoming.records) if record is not None}
        columns = {target.name: target for target in self.incoming.targets}
        for found in problems:
            row = rows.get(int(found.path[0])) if found.path and found.path[0].isdigit() else None
            if row is None:
                raise Refused([found])
            target = columns.get(found.path[-1])
            if target:
                self.incoming.findings.add(row, target, self.incoming.cells(target)[row], found)
            else:
                self.incoming.findings.add_row(row, found)

    def _add(self, fresh: Sequence[int]) -> Changes:
        """Insert the new records; what is to be put into them once all are there."""
        ids = self.batch.reserve(self.incoming.name, len(fresh))
        self._ids = {-1 - row: record for row, record in zip(fresh, ids, strict=True)}
        columns = {name: [values[row] for row in fresh] for name, values in self.incoming.values.items()}
        later = [change for name in self._own_references() for change in _put_off(name, columns[name], ids)]
        defaults = with_defaults(self.incoming.entity, {})
        given = {name: value for name, value in defaults.items() if name not in columns and value is not None}
        columns |= {name: [value] * len(fresh) for name, value in given.items()}
        columns |= self._computed_defaults(columns, len(fresh))
        if self.parent:
            columns["_position"] = self._positions(columns[self.parent]) if fresh else []
        self._insert(columns, ids)
        return later

    def _computed_defaults(self, columns: Mapping[str, list[Any]], count: int) -> dict[str, list[Any]]:
        """The columns whose blanks get defaults that are expressions."""
        fields = self.incoming.entity.fields
        names = [name for name, field in fields.items() if field.default_formula is not None]
        if not names:
            return {}
        rows = ({name: values[at] for name, values in columns.items()} for at in range(count))
        filled = [self.batch.filling.filled(self.incoming.name, row) for row in rows]
        return {name: [row.get(name) for row in filled] for name in names}

    def _insert(self, columns: dict[str, list[Any]], ids: range) -> None:
        rows = list(zip(*columns.values(), strict=True))
        # A number that a later row brings must not be given to an earlier one that has none.
        step = len(rows) if any(None in columns[name] for name in self._sequences(columns)) else STEP
        for start in range(0, len(rows), step):
            chunk = rows[start : start + step]
            self.batch.add(self.incoming.name, tuple(columns), chunk, ids[start : start + step])
            self.progress("writing", start + len(chunk), len(rows))

    def _sequences(self, columns: dict[str, list[Any]]) -> list[str]:
        fields = self.incoming.entity.fields
        return [name for name in columns if isinstance(fields.get(name), SequenceField)]

    def _own_references(self) -> list[str]:
        return [target.name for target in self.incoming.targets if target.entity == self.incoming.name]

    def _positions(self, parents: Sequence[int]) -> list[int]:
        """Where each new line stands: after the lines that its parent has, in the order of the sheet."""
        present = self.batch.find(self.incoming.name, str(self.parent), list(dict.fromkeys(parents)))
        counts = Counter({parent: len(lines) for parent, lines in present.items()})
        positions = []
        for parent in parents:
            positions.append(counts[parent])
            counts[parent] += 1
        return positions

    def _changes(self) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        known = [(row, record) for row, record in enumerate(self.incoming.records) if record is not None]
        several = [target.name for target in self.incoming.targets if target.several]
        for start in range(0, len(known), COMPARED):
            chunk = known[start : start + COMPARED]
            ids = [record for _, record in chunk]
            before = self.batch.current(self.incoming.name, ids)
            for name in several:
                links = self.batch.links(self.incoming.name, name, ids)
                for record in ids:
                    before[record][name] = links.get(record)
            for row, record in chunk:
                changed = self._changed(row, before[record])
                if changed:
                    yield record, changed, before[record]
            self.progress("comparing", start + len(chunk), len(known))

    def _changed(self, row: int, before: dict[str, Any]) -> dict[str, Any]:
        """The values of a row that differ from what is there. A number that is left out stays."""
        found = {}
        for name, values in self.incoming.values.items():
            value = values[row]
            kept = value is None and isinstance(self.incoming.entity.fields.get(name), SequenceField)
            if value != before[name] and not kept:
                found[name] = value
        return found

    def _update(self, changes: Changes) -> None:
        own = self._own_references()
        for done, (record, values, before) in enumerate(changes, 1):
            now = values | {name: self._actual(values[name]) for name in own if name in values}
            self.batch.update(self.incoming.name, record, now, before)
            if done % STEP == 0 or done == len(changes):
                self.progress("updating", done, len(changes))

    def _actual(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._ids.get(one, one) for one in value)
        return self._ids.get(value, value)


def _put_off(name: str, values: list[Any], ids: range) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Blank what points at rows of the same sheet, which may stand further below."""
    for at, value in enumerate(values):
        if value is not None and (min(value) if isinstance(value, tuple) else value) < 0:
            values[at] = None
            yield ids[at], {name: value}, {}
