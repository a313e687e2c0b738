"""What a call asks of a list, in its query string, as a Query.

    ?where={"total":{"ge":"100"},"client.city":{"contains":"os"}}&q=anna&sort=-date,number&fields=number,total&limit=100

In `where` each comparison is met; `$any` and `$all` hold lists of objects like it of which one is met, or all are:
{"$any":[{"status":{"any_of":["new"]}},{"total":{"ge":"100"}}]}. Values stand in the canonical form of their fields, as
in records. Whatever is not understood is refused, and a field that the caller may not read like one that does not exist.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from engine.expressions.reached import Reached, reached
from engine.fields import Field
from engine.fields.column import USERS
from engine.fields.date import DateField
from engine.fields.field import DURING, EXACTLY, FAILED, RECURRING
from engine.fields.locale import Locale
from engine.fields.text import exact_text
from engine.model import Configuration, Entity
from engine.periods import is_span
from engine.problems import Problem, Unfit, nearest, problem
from engine.query import Compound, Condition, Criterion, Edge, Query, Sort
from engine.storage.conditions import MAX_SEARCH, MAX_WORDS
from formulas.values import ERROR_CODES
from runtime_web.api.answers import Halt
from runtime_web.api.bodies import read_json
from runtime_web.api.loading import load
from runtime_web.api.shapes import stored_columns

PARAMETERS = ("where", "q", "view", "sort", "fields", "limit", "cursor", "count", "trashed")
COUNTS = ("capped", "exact", "none")
MOST_RECORDS = 500
MOST_CONDITIONS = 40
DEEPEST_COMPOUND = 5
COMPOUNDS: Mapping[str, Literal["any", "all"]] = {"$any": "any", "$all": "all"}
MOST_VALUES = 100
MOST_SORTS = 5
FARTHEST = 10_000_000
WITHOUT_VALUE = ("blank", "filled")
IDS = "id"
_NEUTRAL = Locale("en")
_DAY = DateField(type="date")
Arguments = MultiDict[str, str]
Readable = Callable[[str], frozenset[str]]
"""The fields of an entity that a call may read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for: the query, and the fields to show."""

    query: Query
    fields: tuple[str, ...]


def asked(configuration: Configuration, entity: str, readable: Readable, arguments: Arguments) -> Asked:
    """What the arguments of a list mean to a caller who may read these fields of an entity.

    Raises:
        Halt: 400, with every Problem found.
    """
    reader = _Reader(configuration, entity, readable, arguments)
    found = reader.asked()
    if reader.problems:
        raise Halt(400, *reader.problems)
    return found


def cursor_text(edge: Edge, offset: int) -> str:
    """An edge between two pages, for the next call. It names a record and no value."""
    said = json.dumps([offset, edge.id, edge.mark, edge.backwards], separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


@dataclass
class _Reader:
    configuration: Configuration
    name: str
    fields_of: Readable
    arguments: Arguments
    problems: list[Problem] = field(default_factory=list)

    @property
    def entity(self) -> Entity:
        return self.configuration.entities[self.name]

    @property
    def readable(self) -> frozenset[str]:
        return self.fields_of(self.name)

    def asked(self) -> Asked:
        self._only_known()
        shown = self._fields()
        offset, edge = self._cursor()
        _, view = self.configuration.view(self.name, self._view() or None)
        count = self._one_of("count", COUNTS)
        query = Query(
            self.name,
            stored_columns(self.configuration, self.name, shown),
            tuple(self._conditions()),
            self._search(),
            self._sorts(),
            self._limit(),
            offset,
            trashed=self._one_of("trashed", ("false", "true")) == "true",
            exact_count=count == "exact",
            counted=count != "none",
            edge=edge,
            where=(view.where or "") if self._view() else "",
        )
        return Asked(query, shown)

    def _only_known(self) -> None:
        for name in self.arguments:
            if name not in PARAMETERS:
                self._wrong("parameter-unknown", name, nearest=nearest(name[:60], PARAMETERS))
            elif len(self.arguments.getlist(name)) > 1:
                self._invalid(name, "one value")

    def _view(self) -> str:
        name = self.arguments.get("view", "")
        if name and name not in self.entity.views:
            self._invalid("view", "the name of a view")
            return ""
        return name

    def _fields(self) -> tuple[str, ...]:
        named = self.arguments.get("fields")
        if named is None:
            view = self.entity.views[self._view()] if self._view() else None
            names = view.columns if view else tuple(self.entity.fields)
            return tuple(name for name in names if name in self.readable and self._shown(name))
        names = tuple(dict.fromkeys(named.split(",")))
        for name in names:
            if name not in self.readable or not self._shown(name):
                self._wrong("field-not-usable", "fields", field=name)
        return tuple(name for name in names if name in self.readable and self._shown(name))

    def _shown(self, name: str) -> bool:
        described = self.entity.fields[name]
        return bool(described.column() or described.links())

    def _sorts(self) -> tuple[Sort, ...]:
        written = self.arguments.get("sort")
        if written is None:
            _, view = self.configuration.view(self.name, self._view() or None)
            return tuple(sort for sort in map(Sort.parse, view.sort) if sort.field in self.readable)
        sorts = [Sort.parse(part) for part in written.split(",")]
        if len(sorts) > MOST_SORTS:
            self._invalid("sort", f"{MOST_SORTS} fields at most")
        known = [sort for sort in sorts if sort.field in self.readable and self.entity.fields[sort.field].sortable]
        for sort in sorts:
            if sort not in known or sum(other.field == sort.field for other in sorts) > 1:
                self._wrong("field-not-usable", "sort", field=sort.field)
        return tuple(known[:MOST_SORTS])

    def _search(self) -> str:
        text = self.arguments.get("q", "")
        if len(text) > MAX_SEARCH or len(text.split()) > MAX_WORDS:
            self._invalid("q", f"{MAX_WORDS} words and {MAX_SEARCH} characters at most")
        return text[:MAX_SEARCH]

    def _limit(self) -> int:
        text = self.arguments.get("limit", "50")
        if re.fullmatch("[0-9]{1,3}", text, re.ASCII) and 1 <= int(text) <= MOST_RECORDS:
            return int(text)
        self._invalid("limit", f"a whole number from 1 to {MOST_RECORDS}")
        return 1

    def _cursor(self) -> tuple[int, Edge | None]:
        text = self.arguments.get("cursor")
        if text is None:
            return 0, None
        try:
            said = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
            offset, key, mark, backwards = said
            if _is_place(offset, FARTHEST) and _is_place(key, 2**63 - 1) and re.fullmatch("[0-9a-f]{12}", mark):
                return offset, Edge(key, mark, backwards is True)
        except (ValueError, TypeError, binascii.Error, RecursionError):
            pass
        self._invalid("cursor", "what an answer gave as next or previous")
        return 0, None

    def _one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self.arguments.get(name, allowed[0])
        if text in allowed:
            return text
        self._invalid(name, ", ".join(allowed))
        return allowed[0]

    # Conditions

    def _conditions(self) -> Iterator[Criterion]:
        written = self.arguments.get("where")
        if written is None:
            return
        try:
            said = read_json(written)
        except Halt:
            said = None
        if not _is_where(said):
            self._invalid("where", 'an object such as {"total":{"ge":"100"}}')
        elif _comparisons(said) > MOST_CONDITIONS:
            self._invalid("where", f"{MOST_CONDITIONS} comparisons at most")
        else:
            yield from self._criteria(said)

    def _criteria(self, said: Mapping[str, Any]) -> Iterator[Criterion]:
        for name, part in said.items():
            if name in COMPOUNDS:
                yield Compound(COMPOUNDS[name], tuple(_together(tuple(self._criteria(one))) for one in part))
                continue
            found = (self._condition(name, operator, value) for operator, value in part.items())
            yield from (condition for condition in found if condition)

    def _condition(self, name: str, operator: str, value: Any) -> Condition | None:
        found = self._reached(name)
        operators = found.comparisons if found else ("any_of",) if name == IDS else ()
        if not operators:
            self._wrong("field-not-usable", "where", name, field=name)
        elif operator not in operators:
            self._wrong(
                "comparison-unknown", "where", name, field=name, operator=operator, operators=", ".join(operators)
            )
        else:
            try:
                return Condition(name, operator, self._operands(found, operator, value))
            except Unfit as unfit:
                self.problems.append(unfit.at("where", name, operator))
        return None

    def _reached(self, path: str) -> Reached | None:
        """The field at a path, if the caller may read all that it names."""
        found = reached(self.configuration, self.name, path)
        if found is None:
            return None
        named = [(hop.near, hop.field) for hop in found.way] + [(found.entity, found.name)]
        return found if all(self._may_read(entity, name) for entity, name in named) else None

    def _may_read(self, entity: str, name: str) -> bool:
        if entity == USERS:
            return True
        readable = self.fields_of(entity)
        return name in readable or (bool(readable) and name == self.configuration.parent_of(entity))

    def _operands(self, found: Reached | None, operator: str, value: Any) -> tuple[Any, ...]:
        if operator in WITHOUT_VALUE or (operator == FAILED and value is True):
            if value is not True:
                raise Unfit("value-wrong-kind")
            return ()
        several = operator in ("any_of", "none_of", "between", FAILED)
        parts = value if several else [value]
        if not isinstance(parts, list) or not parts or (operator == "between" and len(parts) != 2):
            raise Unfit("value-wrong-kind")
        if len(parts) > MOST_VALUES:
            raise Unfit("too-many-items", count=len(parts), maximum=MOST_VALUES)
        loaded = [operand(found.field if found else None, operator, part) for part in parts]
        return tuple(sorted(loaded)) if operator == "between" else tuple(dict.fromkeys(loaded))

    # Findings

    def _wrong(self, code: str, parameter: str, *path: str, **params: str | None) -> None:
        said: Mapping[str, Any] = {"parameter": parameter[:100], **params} if code == "parameter-unknown" else params
        found = problem(code, path=(parameter, *path), **said)
        if found not in self.problems:
            self.problems.append(found)

    def _invalid(self, parameter: str, expected: str) -> None:
        value = self.arguments.get(parameter, "")[:50]
        found = problem("parameter-invalid", path=(parameter,), parameter=parameter, value=value, expected=expected)
        if found not in self.problems:
            self.problems.append(found)


def _is_where(said: object, depth: int = 0) -> bool:
    """Whether it has the form of conditions; an object within others says something."""
    if not isinstance(said, dict) or depth > DEEPEST_COMPOUND or (depth and not said):
        return False
    return all(
        isinstance(part, list) and bool(part) and all(_is_where(one, depth + 1) for one in part)
        if name in COMPOUNDS
        else isinstance(part, dict) and (not depth or bool(part))
        for name, part in said.items()
    )


def _together(criteria: tuple[Criterion, ...]) -> Criterion:
    """Conditions all of which are met, as one."""
    return criteria[0] if len(criteria) == 1 else Compound("all", criteria)


def _comparisons(said: Mapping[str, Any]) -> int:
    return sum(sum(map(_comparisons, part)) if name in COMPOUNDS else len(part) for name, part in said.items())


def operand(described: Field | None, operator: str, value: Any) -> Any:
    """The value that a comparison names, in the canonical form of a field; None for a field stands for ids.

    Raises:
        Unfit: it does not fit, or is blank.
    """
    if value is None or value == "":
        raise Unfit("value-wrong-kind")
    if operator in _OF_ITS_OWN:
        return _OF_ITS_OWN[operator](value)
    if described is None or described.kind in ("reference", "user", "multi_reference"):
        return _key(value)
    if described.kind == "multi_choice":
        (loaded,) = load(described, [value])
    elif described.kind == "datetime":
        loaded = _DAY.load(value)
    elif (stored := described.column()) is not None and stored.folded and isinstance(value, str):
        loaded = described.operand(value, _NEUTRAL)
    else:
        loaded = load(described, value)
    if loaded is None or isinstance(loaded, tuple):
        raise Unfit("value-wrong-kind")
    return loaded


def _exactly(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("value-wrong-kind")
    return exact_text(value)


def _recurring(operator: str, value: Any) -> int:
    first, last = RECURRING[operator]
    if isinstance(value, bool) or not isinstance(value, int) or not first <= value <= last:
        raise Unfit("value-wrong-kind")
    return value


def _span(value: Any) -> str:
    if not isinstance(value, str) or not is_span(value):
        raise Unfit("value-wrong-kind")
    return value


def _code(value: Any) -> str:
    if value not in ERROR_CODES:
        raise Unfit("value-wrong-kind")
    return str(value)


_OF_ITS_OWN: Mapping[str, Callable[[Any], Any]] = {
    EXACTLY: _exactly,
    FAILED: _code,
    DURING: _span,
    **{part: partial(_recurring, part) for part in RECURRING},
}
"""Operators whose operands are not values of the field."""


def _key(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Unfit("value-wrong-kind")
    return value


def _is_place(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
