"""What somebody sees of a record while they type: no more than they saw of it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.fields.lines import LinesField
from engine.records.entitled import Entitled
from engine.records.values import Looks, Record

ByPlace = Mapping[str, Mapping[int, Looks]]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Drafted:
    """The fields that were hidden before somebody began to type: of the record under "", of its lines by their field.

    A rule may be about what is being typed: who could not see a cost must not see it for entering another name.
    """

    hidden: Mapping[str, frozenset[str]]

    @classmethod
    def before(cls, entitled: Entitled, current: Record | None) -> Drafted:
        """What is hidden of a record as it is; None for a new one, all of which is its author's."""
        if current is None or entitled.rights.unlimited:
            return cls({})
        record_id = current.id or 0
        found = {"": entitled.hidden(current.entity, [record_id]).get(record_id, NONE)}
        for name, field in entitled.rights.configuration.entities[current.entity].fields.items():
            if isinstance(field, LinesField):
                found[name] = entitled.hidden_of_lines(field.of, current.entity, record_id)
        return cls(found)

    def left(self, record: Record) -> Record:
        """The drafted record without what was hidden."""
        lines = {name: tuple(self._left(name, row) for row in rows) for name, rows in record.lines.items()}
        return replace(self._left("", record), lines=lines)

    def looks(self, found: ByPlace) -> ByPlace:
        """How the card looks, with what was hidden hidden still."""
        return {
            name: {key: one | Looks(hidden=self.hidden.get(name, NONE)) for key, one in looks.items()}
            for name, looks in found.items()
        }

    def _left(self, name: str, record: Record) -> Record:
        hidden = self.hidden.get(name, NONE)
        if not hidden:
            return record
        values = {key: None if key in hidden else value for key, value in record.values.items()}
        errors = {key: error for key, error in record.errors.items() if key not in hidden}
        return replace(record, values=values, errors=errors)
