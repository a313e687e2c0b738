"""The rows of a sheet on their way in: values column by column, and the record that each row changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.exchange.columns import Target
from engine.exchange.findings import Findings
from engine.exchange.sheet import Row
from engine.model import Entity
from engine.storage.fold import fold


@dataclass
class Incoming:
    """What has been read so far. `values` has one list for each field, `records` an id where a row is an update."""

    name: str
    entity: Entity
    targets: tuple[Target, ...]
    rows: Sequence[Row]
    findings: Findings
    values: dict[str, list[Any]] = field(default_factory=dict)
    records: list[int | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.records = [None] * len(self.rows)

    def cells(self, target: Target) -> list[object]:
        """The cells of one column."""
        position = target.position
        return [row[position] for row in self.rows]

    @property
    def fresh(self) -> list[int]:
        """The rows that are new records."""
        return [row for row, record in enumerate(self.records) if record is None]

    def named(self, key: str) -> dict[Any, tuple[int, ...]]:
        """The rows themselves by the value of a key, or by folded title: as negative numbers, -1 for the first row."""
        name = key or self.entity.title_field
        if name is None or name not in self.values:
            return {}
        described = self.entity.fields[name]
        found: dict[Any, tuple[int, ...]] = {}
        for row, value in enumerate(self.values[name]):
            if value is not None:
                said = value if key else fold(described.title_text(value))
                found[said] = (*found.get(said, ()), self.records[row] or -1 - row)
        return found
