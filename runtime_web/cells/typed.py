"""What rows of a grid mean: the texts of controls, texts such as people read and spreadsheet programs copy, and rows
that are to be like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.fields import Field
from engine.fields.locale import Locale
from engine.model import Entity
from engine.problems import Problem, Unfit, problem
from engine.records import Missing, Record, Records, RowEdit
from engine.records.seen import Seen
from runtime_web.cards.inputs import typed_text
from runtime_web.cards.pasting import Pasting
from runtime_web.cards.posted import opened
from runtime_web.cells.sent import SentCells, SentRow

Read = tuple[dict[str, Any], list[Problem]]


@dataclass(frozen=True)
class Typed:
    """Reads rows for one entity as one reader writes them."""

    records: Records
    locale: Locale
    name: str

    @property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.name]

    def read(self, sent: SentCells) -> tuple[list[RowEdit], list[Problem]]:
        """The edits of rows, as far as their texts mean something, and what is wrong with the others."""
        read = self._words(sent) if sent.typed == "words" else [self._inputs(row) for row in sent.rows]
        models = self._models(sent)
        edits: list[RowEdit] = []
        faults: list[Problem] = []
        for row, (values, wrong) in zip(sent.rows, read, strict=True):
            if row.like is not None and row.like in models:
                values.update((name, models[row.like].values.get(name)) for name in sent.fields)
            elif row.like is not None:
                wrong.append(problem("record-gone", path=(row.key,)))
            faults += wrong
            edits.append(RowEdit(row.key, row.id, values, self._base(row)))
        return edits, faults

    def _base(self, row: SentRow) -> Mapping[str, Any]:
        """What was seen there; of a field that is not named nobody has said that they looked at it."""
        seen = {name: Seen(word) for name, word in row.seen.items()}
        return {**seen, **opened(self.entity, row.base or {})}

    def _models(self, sent: SentCells) -> Mapping[int, Record]:
        """The records that others are to be like; those absent that are not there."""
        found: dict[int, Record] = {}
        for record_id in {row.like for row in sent.rows if row.like is not None}:
            try:
                found[record_id] = self.records.get(self.name, record_id)
            except Missing:
                continue
        return found

    def _inputs(self, row: SentRow) -> Read:
        """The values of a row whose texts come from the controls of a form."""
        values: dict[str, Any] = {}
        wrong: list[Problem] = []
        for name, texts in row.texts.items():
            described = self.entity.fields[name]
            try:
                values[name] = described.parse(typed_text(described, texts), self.locale)
            except Unfit as unfit:
                wrong.append(unfit.at(row.key, name))
        return values, wrong

    def _words(self, sent: SentCells) -> list[Read]:
        """The values of rows whose texts name records by their titles and choices by their labels, column by column."""
        found: list[Read] = [({}, []) for _ in sent.rows]
        pasting = Pasting(self.records, self.locale, self.name)
        for name in sorted({name for row in sent.rows for name in row.values}):
            rows = [(at, row.key, " ".join(row.texts[name])) for at, row in enumerate(sent.rows) if name in row.values]
            values = self._column(pasting, name, [text.strip() for _, _, text in rows])
            for (at, key, _), value in zip(rows, values, strict=True):
                if isinstance(value, Unfit):
                    found[at][1].append(value.at(key, name))
                else:
                    found[at][0][name] = value
        return found

    def _column(self, pasting: Pasting, name: str, texts: list[str]) -> Iterator[Any]:
        """The values of a column's texts; what does not fit comes as it was raised. Equal texts are read once."""
        described, once = self.entity.fields[name], list(dict.fromkeys(texts))
        plain = [_without_unit(described, text, self.locale) for text in once]
        known = dict(zip(once, pasting.values(name, plain), strict=True))
        return (known[text] for text in texts)


def _without_unit(described: Field, text: str, locale: Locale) -> str:
    """A number without the unit or currency that a spreadsheet program shows beside it."""
    if not described.align_end or described.kind == "percent":
        return text
    units = (described.unit_in(locale.language), getattr(described, "fixed_currency", None) or "")
    for unit in filter(None, units):
        text = text.removeprefix(unit).removesuffix(unit).strip()
    return text
