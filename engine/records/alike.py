"""Records that may be the same thing entered twice: of an equal number or address, or of a similar name.

Whoever is told of one sees it anyway: all of it is asked as they may see it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.fields import Field
from engine.fields.field import Value
from engine.model import Entity
from engine.query import Condition, Query
from engine.records.door import Records
from engine.storage.fold import fold

TELLING = ("tax_id", "phone", "email")
"""Types of fields whose values two records seldom share."""
MOST = 5
"""So many records are told of for a field."""
CANDIDATES = 60
NEAR = 0.86
"""Names that are at least so similar are told of."""
PIECE = 4
"""So many letters at either end of a word find names in which a letter in its middle is another."""
_WORD = re.compile(r"\w+")
_LATIN_FORMS = (
    "ab ag ao as co company corp gmbh inc ip kft limited llc llp ltd nv oao ooo oy oyj plc sa sarl shpk spa srl sro"
)
_CYRILLIC_FORMS = "ао зао ип нко оао ооо пао чп"
_SMALL = "and dhe et ja och si the und и"
_EMPTY = frozenset(f"{_LATIN_FORMS} {_CYRILLIC_FORMS} {_SMALL}".split())
"""Words that say which form a firm has or join others, and nothing of its name."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that is like the one being entered: by the value of a field, or, `similar`, by a name that is near."""

    field: str
    """The field that was entered."""
    by: str
    """The field of the other record that is equal or near."""
    id: int
    title: str
    similar: bool


def telling_fields(records: Records, entity: str) -> tuple[str, ...]:
    """The fields of an entity by which a record is known again, as far as the principal may see them."""
    return (*_equal_fields(records, entity), *_name_field(records, entity))


def alike(records: Records, entity: str, values: Mapping[str, Value], besides: int | None = None) -> tuple[Alike, ...]:
    """The records that are like one with these values, `besides` that one itself; those that are equal first.

    Raises:
        KeyError: there is no such entity.
    """
    looking = _Looking(records, entity, besides)
    found = [one for name in _equal_fields(records, entity) for one in looking.equal(name, values.get(name))]
    for name in _name_field(records, entity):
        equal = {one.id for one in found}
        found += [one for one in looking.near(name, values.get(name)) if one.id not in equal]
    return tuple(found)


@dataclass(frozen=True)
class _Looking:
    records: Records
    entity: str
    besides: int | None

    @property
    def described(self) -> Entity:
        return self.records.configuration.entities[self.entity]

    def equal(self, name: str, value: Value) -> Iterator[Alike]:
        """Those with an equal value; a phone is looked for in all fields for phones."""
        if value in (None, ""):
            return
        kind, told = self.described.fields[name].kind, set[int]()
        same = [other for other, field in self.described.fields.items() if kind in TELLING and field.kind == kind]
        for other in dict.fromkeys((name, *same)):
            if other != name and other not in telling_fields(self.records, self.entity):
                continue
            for key, title in self._with(other, value):
                if key not in told:
                    told.add(key)
                    yield Alike(name, other, key, title, similar=False)

    def _with(self, name: str, value: Value) -> Iterator[tuple[int, str]]:
        operator = _operator(self.described.fields[name])
        asked = (Condition(name, operator, (value,)),)
        page = self.records.page(Query(self.entity, ("_title", name), asked, limit=MOST + 1, counted=False))
        for row in page.rows:
            key, title, stored = (load(item) if load else item for load, item in zip(page.loaders, row, strict=True))
            if key != self.besides and _plain(stored) == _plain(value):
                yield key, title or f"#{key}"

    def near(self, name: str, value: Value) -> list[Alike]:
        """Those with a similar name, the nearest first."""
        wanted = _words(value) if isinstance(value, str) else ()
        if not wanted:
            return []
        found: dict[int, tuple[float, str]] = {}
        for key, title, other in self._candidates(name, wanted):
            nearness = _nearness(wanted, _words(other))
            if nearness >= NEAR and key != self.besides:
                found[key] = (nearness, title)
        best = sorted(found.items(), key=lambda one: (-one[1][0], one[0]))[:MOST]
        return [Alike(name, name, key, title, similar=True) for key, (_nearness, title) in best]

    def _candidates(self, name: str, words: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
        for piece in _pieces(words):
            asked = (Condition(name, "contains", (piece,)),)
            query = Query(self.entity, ("_title", name), asked, search=piece, limit=CANDIDATES, counted=False)
            page = self.records.page(query)
            for row in page.rows:
                key, title, other = (load(item) if load else item for load, item in zip(page.loaders, row, strict=True))
                yield key, title or f"#{key}", other or ""


def _equal_fields(records: Records, entity: str) -> Iterator[str]:
    for name, field in records.configuration.entities[entity].fields.items():
        known = field.kind in TELLING or (field.unique and field.kind != "sequence")
        if known and field.column() and field.editable and _operator(field) and records.rights.may_read(entity, name):
            yield name


def _name_field(records: Records, entity: str) -> Iterator[str]:
    """The field with the name, of things; documents are called alike by their nature."""
    described = records.configuration.entities[entity]
    name = described.title_field
    if described.kind != "catalog" or name is None or not records.rights.may_read(entity, name):
        return
    if described.fields[name].kind == "text" and described.fields[name].editable:
        yield name


def _operator(field: Field) -> str:
    return next((one for one in ("equals", "eq", "starts") if one in field.operators), "")


def _plain(value: Value) -> Value:
    return fold(value) if isinstance(value, str) else value


def _words(text: str) -> tuple[str, ...]:
    """The words of a name, folded and sorted; what says nothing is none, unless there is nothing else."""
    words = _WORD.findall(fold(text))
    return tuple(sorted(word for word in words if word not in _EMPTY) or sorted(words))


def _pieces(words: tuple[str, ...]) -> tuple[str, ...]:
    """What names like this contain: the beginning and the end of its longest words."""
    longest = sorted(words, key=len, reverse=True)[:2]
    pieces = [piece for word in longest for piece in (word[:PIECE], word[-PIECE:])]
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) > 1))


def _nearness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How similar two names are, from 0 to 1; short ones must be equal."""
    first, second = " ".join(one), " ".join(other)
    if first == second:
        return 1.0
    if min(len(first), len(second)) <= PIECE:
        return 0.0
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0
