"""Texts that were pasted into the lines of a form: what each means there, before anything is saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.fields import Field as DescribedField
from engine.fields.locale import Locale
from engine.model import Entity
from engine.problems import Problem, Unfit, problem
from engine.records import Records
from engine.records.naming import Naming
from runtime_web.cards.inputs import told
from runtime_web.cards.posted import MOST_LINES
from runtime_web.lists.words import target_of

Text = Annotated[str, Field(max_length=10_000)]
_BETWEEN = re.compile(r"[;\n]")
_NUMBERED = re.compile(r"#(\d{1,18})", re.ASCII)


class SentTexts(BaseModel):
    """Rows of texts as a spreadsheet program copies them, below the names of fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)]
    rows: Annotated[tuple[tuple[Text, ...], ...], Field(min_length=1, max_length=MOST_LINES)]

    @model_validator(mode="after")
    def _even(self) -> SentTexts:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of texts than there are columns")
        return self


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means: what stands in the input, what the records picked are called, or why it does not fit."""

    text: str
    titles: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    @property
    def shape(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"text": self.text, "titles": [list(pair) for pair in self.titles], "fault": self.fault}


@dataclass(frozen=True, slots=True)
class Named:
    """The records that a name names and that may be chosen; where there are none, `closed` are those that may not be."""

    ids: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()


NOBODY = Named()


@dataclass(frozen=True)
class Pasting:
    """Reads texts for the lines of one entity as one reader writes them."""

    records: Records
    locale: Locale
    name: str

    @property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.name]

    def takes(self, column: str) -> bool:
        """Whether texts can be pasted into a field."""
        described = self.entity.fields.get(column)
        return described is not None and described.editable and self.records.rights.may_read(self.name, column)

    def read(self, sent: SentTexts) -> list[list[Meant]]:
        """What every text means, row by row."""
        columns = [
            self._column(column, [row[at].strip() for row in sent.rows]) for at, column in enumerate(sent.columns)
        ]
        return [list(row) for row in zip(*columns, strict=True)]

    def values(self, name: str, texts: Sequence[str]) -> list[Any]:
        """The value of each text of a column; what does not fit stands there as it was raised."""
        described = self.entity.fields[name]
        known = self._known(name, described, texts) if target_of(described) else {}
        return [self._value(described, text, known) for text in texts]

    def _value(self, described: DescribedField, text: str, known: Mapping[str, Named]) -> Any:
        if not target_of(described):
            try:
                return described.parse(text, self.locale)
            except Unfit as unfit:
                return unfit
        names = [(one, known.get(one, NOBODY)) for one in _names(described, text)]
        wrong = next((self._complaint(described, *pair) for pair in names if len(pair[1].ids) != 1), None)
        if wrong:
            return Unfit(wrong.code, **wrong.params)
        picked = tuple(named.ids[0] for _, named in names)
        return picked or None if described.links() else next(iter(picked), None)

    def _column(self, name: str, texts: Sequence[str]) -> list[Meant]:
        described = self.entity.fields[name]
        if target_of(described):
            known = self._known(name, described, texts)
            return [self._picked(described, text, known) for text in texts]
        return [self._plain(described, text) for text in texts]

    def _plain(self, described: DescribedField, text: str) -> Meant:
        try:
            return Meant(described.entry(described.parse(text, self.locale), self.locale))
        except Unfit as unfit:
            return Meant(text, fault=told(unfit.at()))

    def _picked(self, described: DescribedField, text: str, known: Mapping[str, Named]) -> Meant:
        found = [(name, known.get(name, NOBODY)) for name in _names(described, text)]
        wrong = next(((name, named) for name, named in found if len(named.ids) != 1), None)
        fault = told(self._complaint(described, *wrong)) if wrong else ""
        if any(len(named.ids or named.closed) != 1 for _, named in found):
            return Meant(text, fault=fault)
        # What may not be chosen is known all the same: it is refused as itself, also when it is saved.
        picked = tuple((str((named.ids or named.closed)[0]), name) for name, named in found)
        return Meant(",".join(key for key, _ in picked), picked, fault)

    def _complaint(self, described: DescribedField, name: str, named: Named) -> Problem:
        if named.closed:
            return problem("choice-not-offered", value=name[:100])
        target = target_of(described)
        entities = self.records.configuration.entities
        plural = entities[target].plural_in(self.locale.language, target) if target in entities else target
        code = "reference-ambiguous" if named.ids else "reference-not-found"
        return problem(code, value=name[:100], entity=plural)

    def _known(self, name: str, described: DescribedField, texts: Iterable[str]) -> Mapping[str, Named]:
        """The records that are named, by name, or by number as in #12, and whether they may be chosen here."""
        target = target_of(described)
        names = sorted({one for text in texts for one in _names(described, text)})
        found = Naming.through(self.records).named(target, names)
        numbered = {one: int(match[1]) for one in names if one not in found and (match := _NUMBERED.fullmatch(one))}
        there = self.records.titles(target, numbered.values()) if numbered else {}
        found |= {one: (key,) for one, key in numbered.items() if key in there}
        offer = self.records.offer(self.name, name)
        if offer is None or offer.choice.paths:
            # What depends on the record as it is being edited is checked when it is saved.
            return {one: Named(ids) for one, ids in found.items()}
        fit = self.records.offered(offer, {key for ids in found.values() for key in ids})
        chosen = {one: tuple(key for key in ids if key in fit) for one, ids in found.items()}
        return {one: Named(chosen[one], () if chosen[one] else ids) for one, ids in found.items()}


def _names(described: DescribedField, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    # Blanks are taken off afterwards: an expression that looks for them too goes through many of them again and again.
    return tuple(filter(None, map(str.strip, _BETWEEN.split(text)))) if described.links() else (text,)
