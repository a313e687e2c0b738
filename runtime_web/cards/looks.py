"""What of a card is closed or hidden, as the record is, or as it is being typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.fields.lines import LinesField
from engine.records import Edit, LineEdit, Looks, Missing, Preview, Record, Records
from runtime_web.cards.layout import NEW_LINE
from runtime_web.cards.posted import Posted
from runtime_web.cards.start import Start

PLAIN = Looks()
ByLine = Mapping[str, Looks]
"""Of the record under "", of a line under its field and key: lines.n1."""


@dataclass(frozen=True)
class Looking:
    """Asks for one entity, whose lines are records of `children`."""

    records: Records
    name: str
    children: tuple[str, ...]

    @property
    def hides(self) -> bool:
        """Whether anything on the card is shown, or must be filled in, only under a condition."""
        looks = self.records.rights.looks(self.records.tables.computation)
        listed = (looks[name] for name in (self.name, *self.children) if name in looks)
        return any(rule.written.kind in ("visible", "required") for rules in listed for rule in rules.rules)

    def there(self, record: Record) -> ByLine:
        """The card of a record that is there."""
        record_id = record.id or 0
        own = self.records.looks(self.name, [record_id])
        found = {"": own[record_id]} if record_id in own else {}
        found |= self._new_lines("update")
        for name, rows in record.lines.items():
            ids = [row.id or 0 for row in rows]
            for key, looks in self.records.looks(rows[0].entity, ids).items() if rows else ():
                found[f"{name}.{key}"] = looks
        return found

    def opened(self, start: Start) -> ByLine:
        """A form as it opens."""
        if start.record.id is not None:
            return self.there(start.record)
        if not self.hides:
            return self._new(start)
        fields = self.records.configuration.entities[self.name].fields
        values = {key: value for key, value in start.record.values.items() if key in fields and fields[key].editable}
        lines = {
            name: tuple(LineEdit(None, row.record.values, key=row.key) for row in rows)
            for name, rows in start.rows.items()
        }
        seen = looks_in(self.records.preview(self.name, None, Edit(values, None, lines)))
        return {**self._new_lines("create"), **seen}

    def _new_lines(self, action: Literal["create", "update"]) -> dict[str, Looks]:
        """What cannot be entered in a line that somebody adds."""
        fields = self.records.configuration.entities[self.name].fields
        listed = {name: field.of for name, field in fields.items() if isinstance(field, LinesField)}
        found = {f"{name}.{NEW_LINE}": self.records.looks_new(of, action) for name, of in listed.items()}
        return {line: looks for line, looks in found.items() if looks != PLAIN}

    def _new(self, start: Start) -> ByLine:
        """What of a new record cannot be entered, whatever is."""
        closed = {name: self.records.looks_new(name) for name in (self.name, *self.children)}
        found = {"": closed[self.name], **self._new_lines("create")}
        for name, rows in start.rows.items():
            found.update((f"{name}.{row.key}", closed[row.record.entity]) for row in rows)
        return {line: looks for line, looks in found.items() if looks != PLAIN}

    def typed(self, posted: Posted, record: Record) -> ByLine:
        """A form that is shown again: hidden by what was typed, closed by what the record was."""
        before = self.there(record) if record.id else {"": self.records.looks_new(self.name)}
        if not self.hides:
            return before
        try:
            seen = looks_in(self.records.preview(self.name, record.id, posted.reading.edit(new=record.id is None)))
        except Missing:
            # Somebody deleted it meanwhile, which the form says.
            return before
        locked = {line: looks.locked for line, looks in before.items()}
        return {line: replace(looks, locked=locked.get(line, frozenset())) for line, looks in seen.items()}


def looks_in(preview: Preview | None) -> ByLine:
    """How the card would look after a save."""
    found: dict[str, Looks] = {}
    for name, looks in preview.looks.items() if preview else ():
        for record_id, one in looks.items():
            key = preview.keys.get(name, {}).get(record_id, "") if preview else ""
            if key or not name:
                found[f"{name}.{key}" if name else ""] = one
    return found
