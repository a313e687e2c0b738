"""The state of a list, all of which stands in its address, so that a link, Back and an export mean the same list.

    /order?view=open&q=anna&sort=-date,number&f=status:any_of:new,paid&f=client.city:equals:Oslo&page=2&size=100

Filters name fields, of what is referred to by the way there; several of which one has to hold, or all, stand together:
`f=any(status:any_of:new;all(total:ge:100;client.city:equals:Oslo))`. Values are in neutral form (ISO dates, a point in
decimals, ids), whatever language the reader has. Links from page to page say, after the number, from which record to go
on (`page=3:after:120:9f3a62c41b07`): far pages are found from there without counting, and a list that changes meanwhile
skips and repeats nothing. A number alone is enough. What an address names that does not exist, or not for this reader,
is left out and reported, as if it were a slip of the pen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.expressions.reached import Reached, reached
from engine.fields import Field
from engine.fields.field import DURING, EXACTLY, FAILED, RECURRING
from engine.fields.locale import Locale
from engine.fields.text import exact_text
from engine.grouping import Key
from engine.model import Configuration, View
from engine.periods import is_span
from engine.problems import Unfit
from engine.query import CONCERNED, PAGE_SIZE, Compound, Condition, Criterion, Edge, Query, Sort, leaves
from engine.saved import Layout
from engine.saved.layout import USUAL
from formulas.values import ERROR_CODES
from runtime_web.lists.levels import Total, key_text, read_keys, read_totals, written_as

SIZES = (25, 50, 100, 200)
MAX_CONDITIONS = 40
DEEPEST_COMPOUND = 5
MAX_VALUES = 100
DEEPEST_PAGE = 1_000_000
WITHOUT_VALUE = ("blank", "filled")
TWO_VALUES = ("between",)
MANY_VALUES = ("any_of", "none_of")
_NEUTRAL = Locale("en")


Arguments = MultiDict[str, str]
"""A parsed query string."""


Pairs = tuple[tuple[str, str], ...]
"""Arguments in their order."""
PASSING = ("page", "exact", "at", "act")
"""What says where somebody is in a list, or of what has just been done, not which list it is."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A saved view as its reader opens it. An address that names it says only in what it differs, by a blank part too."""

    key: str
    pairs: Pairs
    layout: Layout = USUAL
    mine: bool = False

    def differing(self, pairs: Pairs) -> Iterator[tuple[str, str]]:
        """Which of these arguments are not the view's own, and blank ones for those that the view has beyond them."""
        for name in dict.fromkeys(name for name, _ in (*pairs, *self.pairs)):
            found = [pair for pair in pairs if pair[0] == name]
            if found != [pair for pair in self.pairs if pair[0] == name]:
                yield from found or [(name, "")]


@dataclass(frozen=True, slots=True)
class ListState:
    """What a list shows. An empty `view` is the entity's first, an empty `sort` the view's own."""

    entity: str
    view: str = ""
    search: str = ""
    sort: tuple[Sort, ...] = ()
    conditions: tuple[Criterion, ...] = ()
    page: int = 1
    size: int = PAGE_SIZE
    exact: bool = False
    edge: Edge | None = None
    """Where the page begins, if it was turned to from the one beside it."""
    unknown: tuple[str, ...] = field(default=(), compare=False)
    """Parts of the address that mean nothing here."""
    report: str = ""
    """The report whose condition stands in place of the view's: the list was opened behind one of its numbers."""
    where: str = ""
    """That condition."""
    act: int | None = None
    """The act to whose records the list is narrowed, whatever its view says of others."""
    at: str = ""
    """What of a view is open that shows a part at a time, as the kind of the view writes it."""
    group: tuple[Key, ...] | None = None
    """By what it is grouped, outermost first; None as its view says."""
    totals: tuple[Total, ...] | None = None
    """What is added up; None as its view says."""
    saved: Usual | None = None
    """The saved view that was opened; `view` is the one of the configuration on which it stands."""

    @property
    def key(self) -> str:
        """What the view is called in addresses; "" for the first one."""
        return self.saved.key if self.saved else self.view

    def is_changed(self, configuration: Configuration) -> bool:
        """Whether the list differs from the saved view that was opened."""
        named = {name for name, _ in self.pairs(configuration)}
        return self.saved is not None and bool(named - {"view", *PASSING})

    def pieces(self, configuration: Configuration) -> dict[str, str]:
        """The arguments as they stand in an address, by what they say; an address with another sort differs in one."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.pairs(configuration):
            found.setdefault(name, []).append((name, value))
        return {name: urlencode(pairs, safe=":,-") for name, pairs in found.items()}

    def pairs(self, configuration: Configuration) -> Iterator[tuple[str, str]]:
        """The address's arguments, without those that say what is usual anyway."""
        if self.saved is None:
            yield from self.own_pairs(configuration)
            return
        yield "view", self.saved.key
        own = tuple(self.own_pairs(configuration))
        yield from (pair for pair in self.saved.differing(own) if pair[0] != "view")

    def own_pairs(self, configuration: Configuration) -> Iterator[tuple[str, str]]:
        """The same as if no view had been saved."""
        yield from self._named(("view", self.view), ("report", self.report), ("q", self.search), ("at", self.at))
        yield from self._named(("act", str(self.act or "")))
        yield from self._named(("sort", ",".join(map(str, self.sort))))
        for one in self.conditions:
            yield "f", criterion_text(configuration, self.entity, one)
        yield from self._named(
            ("group", "" if self.group is None else written_as(map(key_text, self.group))),
            ("totals", "" if self.totals is None else written_as(self.totals)),
            ("page", _page_text(self.page, self.edge) if self.page > 1 else ""),
            ("size", str(self.size) if self.size != PAGE_SIZE else ""),
            ("exact", "1" if self.exact else ""),
        )

    @staticmethod
    def _named(*pairs: tuple[str, str]) -> Iterator[tuple[str, str]]:
        yield from (pair for pair in pairs if pair[1])

    def arguments(self, configuration: Configuration) -> str:
        """The query string with its question mark, or "" for the usual list."""
        return joined(self.pieces(configuration))

    def without(self, field_name: str) -> ListState:
        """The same list without the single conditions on a field, from its first page."""
        kept = tuple(one for one in self.conditions if isinstance(one, Compound) or one.field != field_name)
        return replace(self, conditions=kept, page=1, edge=None, exact=False)

    def turned(self, page: int, edge: Edge | None) -> ListState:
        """Another page of the same list. The first one needs no edge."""
        return replace(self, page=page, edge=edge if page > 1 else None)

    def filtered(self, condition: Condition) -> ListState:
        """The same list with one condition on a field instead of those it had."""
        rest = self.without(condition.field)
        return replace(rest, conditions=(*rest.conditions, condition))

    def filtering(self, criteria: tuple[Criterion, ...]) -> ListState:
        """The same list with these conditions instead of its own."""
        return replace(self, conditions=criteria, page=1, edge=None, exact=False)

    def query(self, columns: tuple[str, ...], view: View) -> Query:
        """The Query of this page. The order of the view counts where the reader chose none."""
        done = () if self.act is None else (Condition("id", CONCERNED, (self.act,)),)
        return Query(
            self.entity,
            columns,
            (*done, *self.conditions),
            self.search,
            self.sort or tuple(map(Sort.parse, view.sort)),
            self.size,
            (self.page - 1) * self.size,
            exact_count=self.exact,
            edge=self.edge,
            where=self.where or ("" if done else view.where or ""),
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
    if view and view not in (described.views or {configuration.view(entity)[0]}):
        unknown.append(view)
        view = ""
    report = arguments.get("report", "")
    where = _where_of(configuration, entity, report)
    if report and not where:
        unknown.append(report)
        report = ""
    reader = _Reader(configuration, entity, readable, unknown)
    page, edge = _page(arguments.get("page", ""))
    group = read_keys(arguments.get("group", ""), reader.reached, unknown)
    totals = read_totals(arguments.get("totals", ""), reader.reached, unknown)
    act = _act(arguments.get("act", ""), unknown)
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
        report,
        where,
        act,
        _at(arguments.get("at", "")),
        group,
        totals,
    )


def _where_of(configuration: Configuration, entity: str, name: str) -> str:
    """The condition of a report that the reader sees, "" where there is none."""
    report = configuration.reports.get(name)
    return report.where or "" if report is not None and report.of == entity else ""


@dataclass(frozen=True)
class _Reader:
    configuration: Configuration
    entity: str
    readable: frozenset[str]
    unknown: list[str]

    def sorts(self, text: str) -> Iterator[Sort]:
        seen: set[str] = set()
        for part in text.split(",")[:5] if text else ():
            sort = Sort.parse(part.strip())
            found = self.reached(sort.field)
            if found is None or found.way or not found.field.sortable or sort.field in seen:
                self.unknown.append(part)
                continue
            seen.add(sort.field)
            yield sort

    def conditions(self, texts: list[str]) -> Iterator[Criterion]:
        count = 0
        for text in filter(None, texts):
            found = self._criterion(text)
            count += sum(1 for _ in leaves([found] if found else []))
            if found is None or count > MAX_CONDITIONS:
                self.unknown.append(text)
            else:
                yield found

    def _criterion(self, text: str, depth: int = 0) -> Criterion | None:
        """What a text says. Of several conditions that stand together all have to be known: without one it is another list."""
        compound = re.fullmatch(r"(any|all)\((.*)\)", text, re.DOTALL)
        if compound is None:
            return self._condition(text)
        pieces = apart(compound[2]) if depth < DEEPEST_COMPOUND else []
        parts = [self._criterion(piece, depth + 1) for piece in pieces]
        known = tuple(part for part in parts if part is not None)
        if not known or len(known) < len(parts):
            return None
        return Compound("any" if compound[1] == "any" else "all", known)

    def reached(self, path: str) -> Reached | None:
        """The field that a path leads to. Beyond the first step the configuration is what the reader sees of it."""
        first = path.partition(".")[0]
        own = first in self.readable or first == self.configuration.parent_of(self.entity)
        return reached(self.configuration, self.entity, path) if own else None

    def _condition(self, text: str) -> Condition | None:
        path, _, rest = text.partition(":")
        operator, _, values = rest.partition(":")
        found = self.reached(path)
        if found is None:
            return None
        try:
            return condition_of(found, operator, _split(values), _NEUTRAL)
        except Unfit:
            return None


def condition_of(found: Reached, operator: str, texts: list[str], locale: Locale) -> Condition | None:
    """The condition on a field that texts typed in a locale mean; None where there is nothing to compare with.

    Raises:
        Unfit: a text does not fit the field.
    """
    if operator not in found.comparisons:
        return None
    if operator in WITHOUT_VALUE:
        return Condition(found.path, operator)
    if operator == FAILED:
        codes = tuple(code for code in ERROR_CODES if code in texts)
        return Condition(found.path, operator, codes) if codes or not any(texts) else None
    values = [_operand(found.field, operator, text, locale) for text in texts[:MAX_VALUES] if text.strip()]
    values = [value for value in values if value is not None]
    if operator in TWO_VALUES and len(values) == 2:
        return Condition(found.path, operator, tuple(sorted(values)))
    if operator in MANY_VALUES and values:
        return Condition(found.path, operator, tuple(dict.fromkeys(values)))
    if operator in TWO_VALUES or operator in MANY_VALUES or not values:
        return None
    return Condition(found.path, operator, (values[0],))


def _operand(described: Field, operator: str, text: str, locale: Locale) -> Any:
    if operator == DURING:
        return text if is_span(text) else None
    if operator in RECURRING:
        first, last = RECURRING[operator]
        return int(text) if text in map(str, range(first, last + 1)) else None
    return exact_text(text) if operator == EXACTLY else described.operand(text, locale)


def criterion_text(configuration: Configuration, entity: str, one: Criterion, depth: int = 0) -> str:
    """A condition as it stands in an address, or several that stand together."""
    if isinstance(one, Compound):
        return f"{one.how}({';'.join(criterion_text(configuration, entity, part, depth + 1) for part in one.parts)})"
    found = reached(configuration, entity, one.field)
    text = written(one, found.field if found else None)
    return re.sub(r"([;()])", r"\\\1", text) if depth else text


def apart(text: str) -> list[str]:
    """The conditions between semicolons; those within brackets and behind a backslash end none."""
    found, depth = [""], 0
    for sign in re.findall(r"\\.|.", text, re.DOTALL):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == ";" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


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


def _act(text: str, unknown: list[str]) -> int | None:
    if re.fullmatch(r"[0-9]{1,18}", text, re.ASCII):
        return int(text)
    unknown += filter(None, [text])
    return None


def _at(text: str) -> str:
    return text if re.fullmatch(r"[0-9.-]{1,600}", text, re.ASCII) else ""


def _size(text: str) -> int:
    return int(text) if text in map(str, SIZES) else PAGE_SIZE
