"""How a record stands, with its lines, and how it stood before a change: history read backwards from today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from engine.fields import Field
from engine.model import Configuration
from engine.problems import Unfit
from engine.records.told import Former
from engine.records.values import Record
from engine.storage.chronicle import Happened
from formulas import FormulaError
from formulas.values import ErrorCode

POSITION = "_position"


def loaded(described: Field, raw: Any) -> Any:
    """A value as history has written it down."""
    if isinstance(raw, dict):
        return FormulaError(cast("ErrorCode", raw["error"]))
    try:
        return described.load(raw)
    except Unfit:
        return Former(str(raw))


@dataclass
class LineStanding:
    """A line: what it holds, and whether it is there."""

    record: Record
    values: dict[str, Any]
    present: bool


@dataclass
class Standing:
    """A record at some moment. `lines` has every line that there ever was, by lines field and id."""

    configuration: Configuration
    record: Record
    trashed: bool
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, dict[int, LineStanding]] = field(default_factory=dict)

    @classmethod
    def today(
        cls, configuration: Configuration, record: Record, gone: Mapping[str, Iterable[Record]], *, trashed: bool
    ) -> Standing:
        """As it is now; `gone` are lines in the trash, by lines field."""
        lines: dict[str, dict[int, LineStanding]] = {}
        for name in {*record.lines, *gone}:
            here = lines[name] = {}
            for there, listed in ((True, record.lines.get(name, ())), (False, gone.get(name, ()))):
                for line in listed:
                    here[line.id or 0] = LineStanding(line, dict(line.values), there)
        return cls(configuration, record, trashed, dict(record.values), lines)

    def before(self, happened: Happened) -> None:
        """Go back to how it stood before a change."""
        if happened.parent_id is not None:
            for line in self._lines_of(happened.entity):
                if happened.record_id in line:
                    self._line_before(line[happened.record_id], happened.kind, happened.changes)
            return
        if happened.kind in ("trashed", "restored"):
            self.trashed = happened.kind == "restored"
        self._fields_before(happened.entity, self.values, happened.changes)
        for name, lines in happened.changes.get("lines", {}).items():
            known = self.lines.get(name, {})
            for told in lines:
                if told["id"] in known:
                    self._line_before(known[told["id"]], told["kind"], told)

    def _lines_of(self, child: str) -> Iterable[dict[int, LineStanding]]:
        fields = self.configuration.entities[self.record.entity].fields
        return [lines for name, lines in self.lines.items() if getattr(fields[name], "of", "") == child]

    def _line_before(self, line: LineStanding, kind: str, told: Mapping[str, Any]) -> None:
        if kind in ("trashed", "restored", "created"):
            line.present = kind == "trashed"
        self._fields_before(line.record.entity, line.values, told)

    def _fields_before(self, entity: str, values: dict[str, Any], told: Mapping[str, Any]) -> None:
        fields = self.configuration.entities[entity].fields
        for name, (before, _) in told.get("fields", {}).items():
            if name == POSITION:
                values[name] = before
            elif name in fields and name in values:
                value = loaded(fields[name], before)
                values[name] = False if value is None and fields[name].kind == "boolean" else value
