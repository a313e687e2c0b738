"""The state of a list, all of which stands in its address, so that a link, Back and an export mean the same list.

    /order?view=open&q=anna&sort=-date,number&f=status:any_of:new,paid&f=date:from:2026-01-01&page=2&size=100

Values are in neutral form (ISO dates, a point in decimals, ids), whatever language the reader has. Links from page to
page say, after the number, from which record to go on (`page=3:after:120:9f3a62c41b07`): far pages are found from there
without counting, and a list that changes meanwhile skips and repeats nothing. A number alone is enough. What an address
names that does not exist, or not for this reader, is left out and reported, as if it were a slip of the pen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.fields import Field
from engine.fields.datetime import DateTimeField
from engine.fields.field import EXACTLY, FAILED
from engine.fields.locale import Locale
from engine.fields.text import exact_text
from engine.model import Configuration, Entity, View
from engine.problems import Unfit
from engine.query import PAGE_SIZE, Condition, Edge, Query, Sort
from formulas.values import ERROR_CODES

SIZES = (25, 50, 100, 200)
MAX_CONDITIONS = 20
MAX_VALUES = 100
DEEPEST_PAGE = 1_000_000
WITHOUT_VALUE = ("blank", "filled")
TWO_VALUES = ("between",)
MANY_VALUES = ("any_of", "none_of")
_NEUTRAL = Locale("en")


Arguments = MultiDict[str, str]
"""A parsed query string."""


@dataclass(frozen=True, slots=True)
class ListState:
    """What a list shows. An empty `view` is the entity's first, an empty `sort` the view's own."""

    entity: str
    view: str = ""
    search: str = ""
    sort: tuple[Sort, ...] = ()
    conditions: tuple[Condition, ...] = ()
    page: int = 1
    size: int = PAGE_SIZE
    exact: bool = False
    edge: Edge | None = None
    """Where the page begins, if it was turned to from the one beside it."""
    unknown: tuple[str, ...] = field(default=(), compare=False)
    """Parts of the address that mean nothing here."""

    def pieces(self, described: Entity) -> dict[str, str]:
        """The arguments as they stand in an address, by what they say; an address with another sort differs in one."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.pairs(described):
            found.setdefault(name, []).append((name, value))
        return {name: urlencode(pairs, safe=":,-") for name, pairs in found.items()}

    def pairs(self, described: Entity) -> Iterator[tuple[str, str]]:
        """The address's arguments, without those that say what is usual anyway."""
        if self.view:
            yield "view", self.view
        if self.search:
            yield "q", self.search
        if self.sort:
            yield "sort", ",".join(map(str, self.sort))
        for condition in self.conditions:
            yield "f", written(condition, described.fields.get(condition.field))
        if self.page > 1:
            yield "page", _page_text(self.page, self.edge)
        if self.size != PAGE_SIZE:
            yield "size", str(self.size)
        if self.exact:
            yield "exact", "1"

    def arguments(self, described: Entity) -> str:
        """The query string with its question mark, or "" for the usual list."""
        return joined(self.pieces(described))

    def without(self, field_name: str) -> ListState:
        """The same list without the conditions on a field, from its first page."""
        kept = tuple(condition for condition in self.conditions if condition.field != field_name)
        return replace(self, conditions=kept, page=1, edge=None, exact=False)

    def turned(self, page: int, edge: Edge | None) -> ListState:
        """Another page of the same list. The first one needs no edge."""
        return replace(self, page=page, edge=edge if page > 1 else None)

    def filtered(self, condition: Condition) -> ListState:
        """The same list with one condition on a field instead of those it had."""
        rest = self.without(condition.field)
        return replace(rest, conditions=(*rest.conditions, condition))

    def query(self, described: Entity, columns: tuple[str, ...], view: View, locale: Locale) -> Query:
        """The Query of this page. The order of the view counts where the reader chose none."""
        return Query(
            self.entity,
            columns,
            tuple(_exact(condition, described.fields.get(condition.field), locale) for condition in self.conditions),
            self.search,
            self.sort or tuple(map(Sort.parse, view.sort)),
            self.size,
            (self.page - 1) * self.size,
            exact_count=self.exact,
            edge=self.edge,
            where=view.where or "",
        )


def joined(pieces: Mapping[str, str]) -> str:
    """Pieces as a query string with its question mark; a piece that is "" is left out."""
    text = "&".join(piece for piece in pieces.values() if piece)
    return f"?{text}" if text else ""


def read_state(configuration: Configuration, entity: str, readable: frozenset[str], arguments: Arguments) -> ListState:
    """The state that an address's arguments describe."""
    if not arguments:
        return ListState(entity)
    described = configuration.entities[entity]
    unknown: list[str] = []
    view = arguments.get("view", "")
    if view and view not in described.views:
        unknown.append(view)
        view = ""
    reader = _Reader(described, configuration.parent_of(entity), readable, unknown)
    page, edge = _page(arguments.get("page", ""))
    return ListState(
        entity,
        view,
        arguments.get("q", "").strip()[:200],
        tuple(reader.sorts(arguments.get("sort", ""))),
        tuple(reader.conditions(arguments.getlist("f")[:MAX_CONDITIONS])),
        page,
        _size(arguments.get("size", "")),
        arguments.get("exact", "") == "1",
        edge,
        tuple(unknown),
    )


@dataclass(frozen=True)
class _Reader:
    described: Entity
    parent: str | None
    readable: frozenset[str]
    unknown: list[str]

    def sorts(self, text: str) -> Iterator[Sort]:
        seen: set[str] = set()
        for part in text.split(",")[:5] if text else ():
            sort = Sort.parse(part.strip())
            found = self._field(sort.field)
            if found is None or not found.sortable or sort.field in seen:
                self.unknown.append(part)
                continue
            seen.add(sort.field)
            yield sort

    def conditions(self, texts: list[str]) -> Iterator[Condition]:
        for text in texts:
            condition = self._condition(text)
            if condition is None:
                self.unknown.append(text)
            else:
                yield condition

    def _field(self, name: str) -> Field | None:
        return self.described.fields.get(name) if name in self.readable else None

    def _condition(self, text: str) -> Condition | None:
        name, _, rest = text.partition(":")
        operator, _, values = rest.partition(":")
        if name == self.parent and self.parent:
            keys = tuple(int(part) for part in _split(values) if part.isascii() and part.isdigit())
            return Condition(name, "any_of", keys) if keys else None
        found = self._field(name)
        if found is None:
            return None
        try:
            return condition_of(name, found, operator, _split(values), _NEUTRAL)
        except Unfit:
            return None


def condition_of(name: str, described: Field, operator: str, texts: list[str], locale: Locale) -> Condition | None:
    """The condition that texts typed in a locale mean; None where there is nothing to compare with.

    Raises:
        Unfit: a text does not fit the field.
    """
    if operator not in described.comparisons:
        return None
    if operator in WITHOUT_VALUE:
        return Condition(name, operator)
    if operator == FAILED:
        codes = tuple(code for code in ERROR_CODES if code in texts)
        return Condition(name, operator, codes) if codes or not any(texts) else None
    values = [_operand(described, operator, text, locale) for text in texts[:MAX_VALUES] if text.strip()]
    values = [value for value in values if value is not None]
    if operator in TWO_VALUES and len(values) == 2:
        return Condition(name, operator, tuple(sorted(values)))
    if operator in MANY_VALUES and values:
        return Condition(name, operator, tuple(dict.fromkeys(values)))
    if operator in TWO_VALUES or operator in MANY_VALUES or not values:
        return None
    return Condition(name, operator, (values[0],))


def _operand(described: Field, operator: str, text: str, locale: Locale) -> Any:
    return exact_text(text) if operator == EXACTLY else described.operand(text, locale)


def written(condition: Condition, described: Field | None) -> str:
    """A condition as it stands in an address."""
    if not condition.values:
        return f"{condition.field}:{condition.operator}"
    values = ",".join(re.sub(r"([\\,])", r"\\\1", neutral(value, described)) for value in condition.values)
    return f"{condition.field}:{condition.operator}:{values}"


def neutral(value: Any, described: Field | None) -> str:
    """An operand in the form that no locale changes."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if described is None or isinstance(value, int):
        return str(value)
    return described.entry(value, _NEUTRAL)


def _split(text: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r"(?:[^\\,]|\\.)+", text)]


def _exact(condition: Condition, described: Field | None, locale: Locale) -> Condition:
    """Days that moments are compared with become the moments in which they begin and end for this reader."""
    if not isinstance(described, DateTimeField) or not condition.values:
        return condition
    first, last = condition.values[0], condition.values[-1]
    begin, end = locale.day_span(first)[0], locale.day_span(last)[1] - dt.timedelta(seconds=1)
    if condition.operator == "from":
        return replace(condition, values=(begin,))
    if condition.operator == "until":
        return replace(condition, values=(end,))
    return replace(condition, operator="between", values=(begin, end))


def _page(text: str) -> tuple[int, Edge | None]:
    """A page's number and where it begins: 3, 3:after:120:9f3a62c41b07, 3:before:171:c41b079f3a62."""
    number, _, rest = text.partition(":")
    page = _whole(number, 1, DEEPEST_PAGE)
    said = re.fullmatch(r"(after|before):([0-9]{1,18}):([0-9a-f]{12})", rest)
    return page, Edge(int(said[2]), said[3], said[1] == "before") if said and page > 1 else None


def _page_text(page: int, edge: Edge | None) -> str:
    return f"{page}:{'before' if edge.backwards else 'after'}:{edge.id}:{edge.mark}" if edge else str(page)


def _whole(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isascii() and text.isdigit() and len(text) < 10 else least


def _size(text: str) -> int:
    return int(text) if text in map(str, SIZES) else PAGE_SIZE
